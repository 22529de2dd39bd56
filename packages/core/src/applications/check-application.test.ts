import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/oauth-error.js';
import { CALLBACK } from '../sample.test.support.js';
import { checkApplication, type ApplicationInput } from './check-application.js';

const WEB: ApplicationInput = { kind: 'web', name: 'Reports', redirectUrls: [CALLBACK] };
const SPA: ApplicationInput = { ...WEB, kind: 'spa' };

function check(input: ApplicationInput) {
  return checkApplication(input, () => false);
}

/** The field that was refused. */
function refused(input: ApplicationInput): string {
  try {
    check(input);
  } catch (error) {
    if (error instanceof InputError) return error.field;
    throw error;
  }
  return 'none';
}

describe('an application', () => {
  it('of which only the necessary was said has safe defaults', () => {
    expect(check(WEB)).toEqual({
      kind: 'web',
      name: 'Reports',
      description: null,
      descriptionUrl: null,
      privacyUrl: null,
      termsUrl: null,
      developerName: null,
      developerEmail: null,
      redirectUrls: [CALLBACK],
      refreshPolicy: { rotation: false, absoluteDays: null, inactivityDays: null },
      rememberConsent: false,
      tokenType: 'by-endpoint',
      enabled: true,
      introspectEnvironment: false,
      adminApi: false,
    });
  });

  it('that was checked passes again unchanged', () => {
    for (const input of [WEB, SPA]) expect(check(check(input))).toEqual(check(input));
  });

  it('has 1 to 20 redirect URLs, each once', () => {
    const urls = (count: number) => Array.from({ length: count }, (_, index) => `${CALLBACK}${index}`);
    expect(refused({ ...WEB, redirectUrls: [] })).toBe('redirectUrl');
    expect(refused({ ...WEB, redirectUrls: urls(21) })).toBe('redirectUrl');
    expect(check({ ...WEB, redirectUrls: urls(20) }).redirectUrls).toHaveLength(20);
    expect(check({ ...WEB, redirectUrls: [CALLBACK, CALLBACK] }).redirectUrls).toEqual([CALLBACK]);
    const http = 'http://app.example.com/';
    expect(refused({ ...WEB, redirectUrls: [CALLBACK, CALLBACK, http] })).toBe('redirectUrl.2');
  });

  it.each<[string, Partial<ApplicationInput>]>([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(65) }],
    ['name', { name: 'Re\u202Eports' }],
    ['description', { description: 'x'.repeat(401) }],
    ['developerName', { developerName: 'a\nb' }],
    ['developerEmail', { developerEmail: 'nobody' }],
    ['developerEmail', { developerEmail: 'a@b' }],
    ['developerEmail', { developerEmail: '"<a>"@b.example' }],
    ['descriptionUrl', { descriptionUrl: 'javascript:alert(1)' }],
    ['descriptionUrl', { descriptionUrl: 'app.example.com' }],
    ['privacyUrl', { privacyUrl: 'http://app.example.com/privacy' }],
    ['privacyUrl', { privacyUrl: 'data:text/html,x' }],
    ['termsUrl', { termsUrl: 'https://google.com@evil.example/' }],
    ['termsUrl', { termsUrl: 'https://:google.com@evil.example/' }],
    ['termsUrl', { termsUrl: `https://app.example.com/${'x'.repeat(1000)}` }],
  ])('with a bad %s is refused: %j', (field, bad) => {
    expect(refused({ ...WEB, ...bad })).toBe(field);
  });

  it.each(['https://app.example.com/privacy', 'http://localhost:3000/privacy', 'http://[::1]/p'])(
    'may link to %s',
    (privacyUrl) => {
      expect(check({ ...WEB, privacyUrl }).privacyUrl).toBe(privacyUrl);
    },
  );

  it('an empty text counts as none', () => {
    expect(check({ ...WEB, description: '', termsUrl: '', developerEmail: '' })).toMatchObject({
      ...{ description: null, termsUrl: null, developerEmail: null },
    });
  });
});

describe('the refresh policy', () => {
  it.each([0, -1, 1.5, 3651, Number.NaN, Infinity])('takes no %d days', (days) => {
    expect(refused({ ...WEB, refreshPolicy: { absoluteDays: days } })).toBe('refreshAbsoluteDays');
    expect(refused({ ...WEB, refreshPolicy: { inactivityDays: days } })).toBe('refreshInactivityDays');
    expect(refused({ ...SPA, refreshPolicy: { absoluteDays: days } })).toBe('refreshAbsoluteDays');
  });

  it('of a web application is what was said', () => {
    const refreshPolicy = { rotation: true, absoluteDays: 1, inactivityDays: 3650 };
    expect(check({ ...WEB, refreshPolicy }).refreshPolicy).toEqual(refreshPolicy);
  });

  it('of a spa always rotates', () => {
    expect(check(SPA).refreshPolicy).toEqual({ rotation: true, absoluteDays: 30, inactivityDays: null });
    expect(refused({ ...SPA, refreshPolicy: { rotation: false } })).toBe('refreshRotation');
  });

  it('of a spa has at least one expiry', () => {
    const none = { absoluteDays: null, inactivityDays: null };
    expect(refused({ ...SPA, refreshPolicy: none })).toBe('refreshAbsoluteDays');
    expect(refused({ ...SPA, refreshPolicy: { absoluteDays: null } })).toBe('refreshAbsoluteDays');
    expect(check({ ...SPA, refreshPolicy: { inactivityDays: 7 } }).refreshPolicy).toEqual({
      ...{ rotation: true, absoluteDays: null, inactivityDays: 7 },
    });
    expect(check({ ...SPA, refreshPolicy: { absoluteDays: 7 } }).refreshPolicy.absoluteDays).toBe(7);
  });
});

describe('a remembered consent', () => {
  it('is for web applications with https URLs only', () => {
    const rememberConsent = true;
    expect(check({ ...WEB, rememberConsent }).rememberConsent).toBe(true);
    expect(refused({ ...SPA, rememberConsent })).toBe('rememberConsent');
    expect(refused({ ...WEB, rememberConsent, redirectUrls: ['http://localhost/cb'] })).toBe(
      'rememberConsent',
    );
    expect(refused({ ...WEB, rememberConsent, redirectUrls: [CALLBACK, 'http://127.0.0.1/cb'] })).toBe(
      'rememberConsent',
    );
  });
});
