import { describe, expect, it } from 'vitest';
import type { Application } from '../applications/application.js';
import { OAuthError } from '../errors/oauth-error.js';
import { ParameterSet, parseFormEncoded } from '../parameters.js';
import { CALLBACK, sampleApplication, sampleIds } from '../sample.test.support.js';
import { proveRedirect, readClientId, readRequest, readState } from './authorization-request.js';

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const PKCE = `code_challenge=${CHALLENGE}&code_challenge_method=S256`;

function setOf(query: string): ParameterSet {
  return new ParameterSet(parseFormEncoded(query).parameters);
}

function read(query: string, overrides: Partial<Application> = {}) {
  const application = sampleApplication(overrides);
  const client = { application, redirectUri: CALLBACK, redirectUriSent: true };
  return readRequest(client, setOf(query), 'dialect');
}

/** `code check` of the fault that goes to the redirect URL. */
function faultOf(query: string, overrides: Partial<Application> = {}): string {
  try {
    read(query, overrides);
  } catch (error) {
    if (error instanceof OAuthError) return `${error.code} ${error.evidence?.check ?? ''}`;
    throw error;
  }
  return 'none';
}

describe('the client_id', () => {
  it('is 32 lower-case hex characters', () => {
    expect(readClientId(setOf(`client_id=${sampleIds.client}`))).toBe(sampleIds.client);
  });

  it.each([
    ['', { kind: 'client-id-missing' }],
    ['client_id=', { kind: 'client-id-missing' }],
    ['client_id=abc', { kind: 'client-id-malformed', received: 'abc' }],
    [`client_id=${'A'.repeat(32)}`, { kind: 'client-id-malformed', received: 'A'.repeat(32) }],
    [`client_id=${'a'.repeat(32)}%0A`, { kind: 'client-id-malformed', received: `${'a'.repeat(32)}\n` }],
    [
      `client_id=${sampleIds.client}&client_id=${sampleIds.client}`,
      { kind: 'parameter-repeated', parameter: 'client_id' },
    ],
  ])('%s is a fault for our own page', (query, problem) => {
    expect(readClientId(setOf(query))).toEqual(problem);
  });
});

describe('the redirect URL', () => {
  const application = sampleApplication();
  const sent = `redirect_uri=${encodeURIComponent(CALLBACK)}`;

  it('is proven when it is a registered one', () => {
    expect(proveRedirect(application, setOf(sent))).toEqual({
      application,
      redirectUri: CALLBACK,
      redirectUriSent: true,
    });
  });

  it('may be left out, or be empty, when exactly one is registered', () => {
    const proven = { application, redirectUri: CALLBACK, redirectUriSent: false };
    expect(proveRedirect(application, setOf(''))).toEqual(proven);
    expect(proveRedirect(application, setOf('redirect_uri='))).toEqual(proven);
  });

  it('on a loopback address keeps the port that was asked for', () => {
    const desktop = sampleApplication({ redirectUrls: ['http://127.0.0.1/cb'] });
    const proven = proveRedirect(desktop, setOf('redirect_uri=http%3A%2F%2F127.0.0.1%3A51004%2Fcb'));
    expect(proven).toMatchObject({ redirectUri: 'http://127.0.0.1:51004/cb' });
  });

  const severalUrls = sampleApplication({ redirectUrls: [CALLBACK, `${CALLBACK}2`] });
  it.each<[string, { client: Application | undefined; query: string }, string]>([
    ['an unknown client', { client: undefined, query: sent }, 'client-unknown'],
    ['a disabled client', { client: sampleApplication({ enabled: false }), query: sent }, 'client-disabled'],
    ['a doubled URL', { client: application, query: `${sent}&${sent}` }, 'parameter-repeated'],
    ['another URL', { client: application, query: `${sent}%2F` }, 'redirect-uri-mismatch'],
    [
      'no URL and none registered',
      { client: sampleApplication({ redirectUrls: [] }), query: '' },
      'redirect-uri-none-registered',
    ],
    ['no URL and several registered', { client: severalUrls, query: '' }, 'redirect-uri-missing'],
  ])('of %s is a fault for our own page', (_name, { client, query }, kind) => {
    expect(proveRedirect(client, setOf(query))).toMatchObject({ kind });
  });
});

describe('an authorization request', () => {
  it('becomes a goal that holds all that the answer needs', () => {
    const query = `response_type=code&state=%41+b&${PKCE}&login_hint=ada&ui_locales=pt-BR&prompt=login%20consent`;
    expect(read(query)).toEqual({
      prompt: { none: false, login: true, consent: true },
      goal: {
        kind: 'authorization',
        family: 'dialect',
        clientId: sampleIds.client,
        redirectUri: CALLBACK,
        redirectUriSent: true,
        state: '%41+b',
        codeChallenge: CHALLENGE,
        alwaysAsk: true,
        loginHint: 'ada',
        uiLocales: 'pt-BR',
      },
    });
  });

  it.each([
    'scope=openid',
    'scope=undefined',
    'scope=',
    'unknown=1&unknown=2',
    'response_mode=query',
    'prompt=',
    'state=',
    'code_challenge=&code_challenge_method=',
  ])('is not refused for %s', (extra) => {
    expect(faultOf(`response_type=code&${extra}`)).toBe('none');
  });

  it.each([
    ['', 'invalid_request response-type'],
    ['response_type=', 'invalid_request response-type'],
    ['response_type=token', 'unsupported_response_type response-type'],
    ['response_type=id_token', 'unsupported_response_type response-type'],
    ['response_type=code%20token', 'unsupported_response_type response-type'],
    ['response_type=code&response_type=code', 'invalid_request no-repeats'],
    ['response_type=code&response_mode=fragment', 'invalid_request response-mode'],
    ['response_type=code&response_mode=form_post', 'invalid_request response-mode'],
    ['response_type=code&state=1&state=1', 'invalid_request no-repeats'],
    ['response_type=code&scope=a&scope=b', 'invalid_request no-repeats'],
    ['response_type=code&prompt=none&prompt=none', 'invalid_request no-repeats'],
    [`response_type=code&state=${'x'.repeat(4097)}`, 'invalid_request state-length'],
    ['response_type=code&prompt=none%20login', 'invalid_request prompt-none-alone'],
    ['response_type=code&code_challenge_method=S256', 'invalid_request code-challenge-present'],
    [`response_type=code&code_challenge=${CHALLENGE}`, 'invalid_request code-challenge-method'],
    [
      `response_type=code&code_challenge=${CHALLENGE}&code_challenge_method=plain`,
      'invalid_request code-challenge-method',
    ],
    [
      `response_type=code&code_challenge=${CHALLENGE}&code_challenge_method=s256`,
      'invalid_request code-challenge-method',
    ],
    [
      `response_type=code&code_challenge=${CHALLENGE}%3D&code_challenge_method=S256`,
      'invalid_request code-challenge-form',
    ],
    [
      'response_type=code&code_challenge=short&code_challenge_method=S256',
      'invalid_request code-challenge-form',
    ],
    [`response_type=code&${PKCE}&${PKCE}`, 'invalid_request no-repeats'],
  ])('%s is answered at the redirect URL: %s', (query, fault) => {
    expect(faultOf(query)).toBe(fault);
  });

  it('of a spa needs a code challenge', () => {
    expect(faultOf('response_type=code', { kind: 'spa' })).toBe('invalid_request code-challenge-present');
    expect(faultOf(`response_type=code&${PKCE}`, { kind: 'spa' })).toBe('none');
  });

  it.each([
    ['', { none: false, login: false, consent: false }],
    ['none', { none: true, login: false, consent: false }],
    ['select_account', { none: false, login: true, consent: false }],
    ['create', { none: false, login: false, consent: false }],
  ])('with prompt=%s asks for %j', (prompt, expected) => {
    expect(read(`response_type=code&prompt=${prompt}`).prompt).toEqual(expected);
  });
});

describe('the state to answer with', () => {
  it('is what came, up to 4 KiB, also beside another fault', () => {
    const state = `%3Cb%3E${'x'.repeat(4089)}`;
    expect(readState(setOf(`response_type=token&state=${state}`))).toBe(state);
  });

  it.each(['', 'state=', 'state=1&state=2', `state=${'x'.repeat(4097)}`, `state=${'%78'.repeat(4097)}`])(
    'is none for %s',
    (query) => {
      expect(readState(setOf(query))).toBeNull();
    },
  );
});
