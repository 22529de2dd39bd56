import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OAuthError } from '../errors/oauth-error.js';
import { CALLBACK, sampleEnvironment } from '../sample.test.support.js';
import { errorUrl, successUrl } from './answer-url.js';

const ANSWERER = { environment: sampleEnvironment(), issuer: 'https://acme.my.example.com' };
const TARGET = { family: 'dialect' as const, redirectUri: CALLBACK, state: null };
const DENIED = new OAuthError('access_denied', 'The user did not allow access.');

describe('the answer at the redirect URL', () => {
  it('has code, domain and lane', () => {
    expect(successUrl(TARGET, 'fxc123', ANSWERER)).toBe(`${CALLBACK}?code=fxc123&domain=acme&lane=my`);
  });

  it('has error, description, domain and lane', () => {
    expect(errorUrl(TARGET, DENIED, ANSWERER)).toBe(
      `${CALLBACK}?error=access_denied&error_description=The%20user%20did%20not%20allow%20access.&domain=acme&lane=my`,
    );
  });

  it('names the issuer on the standard path only, on success and on error', () => {
    const standard = { ...TARGET, family: 'standard' as const };
    for (const answer of [successUrl(standard, 'c', ANSWERER), errorUrl(standard, DENIED, ANSWERER)]) {
      expect(new URL(answer).searchParams.get('iss')).toBe(ANSWERER.issuer);
    }
    for (const answer of [successUrl(TARGET, 'c', ANSWERER), errorUrl(TARGET, DENIED, ANSWERER)]) {
      expect(new URL(answer).searchParams.has('iss')).toBe(false);
    }
  });

  it.each([
    'https://app.example.com/cb?tenant=7&x=%20+',
    'com.example.app:/cb',
    'https://app.example.com/cb?',
  ])('leaves %s as it was written and adds to it', (redirectUri) => {
    const answer = successUrl({ ...TARGET, redirectUri }, 'c', ANSWERER);
    expect(answer.startsWith(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}code=c`)).toBe(true);
    expect(new URL(answer).searchParams.get('code')).toBe('c');
  });

  it('has the state byte for byte as it came, percent-encoding included', () => {
    const state = '%7e%7E~+%20%0D%0A%3Cscript%3E%E2%82%AC%FF';
    expect(successUrl({ ...TARGET, state }, 'c', ANSWERER).endsWith(`&state=${state}`)).toBe(true);
  });

  it('never lets a state end the query, add to it, or break the line', () => {
    // An HTTP request line arrives as Latin-1: any of these characters may have been in it. An ampersand
    // would have ended the parameter.
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('#', '?', '\r', '\n', '"', '<', '\\', ' ', '+', '='),
    );
    const raw = fc.string({ unit: byte.filter((character) => !'&%'.includes(character)), minLength: 1 });
    fc.assert(
      fc.property(raw, (state) => {
        const answer = successUrl({ ...TARGET, state }, 'c', ANSWERER);
        expect(answer).toMatch(/^[\x21-\x7e]+$/);
        const url = new URL(answer);
        expect(url.hash).toBe('');
        expect([...url.searchParams.keys()]).toEqual(['code', 'domain', 'lane', 'state']);
        const back = answer.slice(answer.indexOf('&state=') + '&state='.length);
        expect(
          back.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        ).toBe(state);
      }),
    );
  });
});

describe('an error description', () => {
  const described = (text: string): string | null =>
    new URL(errorUrl(TARGET, new OAuthError('invalid_request', text), ANSWERER)).searchParams.get(
      'error_description',
    );

  it('has only the characters that RFC 6749 lets it have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(described(text)).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
      }),
    );
  });

  it('keeps its apostrophes', () => {
    expect(described('It can’t be.')).toBe("It can't be.");
  });
});
