import type { Application } from '../applications/application.js';
import { explainMismatch, type RedirectMismatch } from '../applications/redirect-mismatch.js';
import { matchesRegistered } from '../applications/redirect-url.js';
import { OAuthError } from '../errors/oauth-error.js';
import { parseId, type ClientId } from '../ids.js';
import type { ParameterSet } from '../parameters.js';
import type { AuthorizationGoal, EndpointFamily } from './flow.js';

/** Faults before client and redirect URL are proven: only our own page hears of them, never a redirect (RFC 6749 §4.1.2.1). */
export type AuthorizationPageProblem =
  | { readonly kind: 'client-id-missing' | 'redirect-uri-missing' | 'redirect-uri-none-registered' }
  | { readonly kind: 'client-id-malformed' | 'client-unknown' | 'client-disabled'; readonly received: string }
  | { readonly kind: 'redirect-uri-mismatch'; readonly mismatch: RedirectMismatch }
  | { readonly kind: 'parameter-repeated'; readonly parameter: string };

/** Where an answer may go: proven to be the application's. */
export interface AnswerTarget {
  readonly family: EndpointFamily;
  readonly redirectUri: string;
  /** Percent-encoded as it came; null when none was sent, or it could not be told which. */
  readonly state: string | null;
}

export interface ProvenClient {
  readonly application: Application;
  readonly redirectUri: string;
  readonly redirectUriSent: boolean;
}

/** What the request asks of the person. */
export interface AuthorizationPrompt {
  readonly none: boolean;
  readonly login: boolean;
  readonly consent: boolean;
}

export interface ReadRequest {
  readonly goal: AuthorizationGoal;
  readonly prompt: AuthorizationPrompt;
}

export function readClientId(parameters: ParameterSet): ClientId | AuthorizationPageProblem {
  if (parameters.isRepeated('client_id')) return { kind: 'parameter-repeated', parameter: 'client_id' };
  const received = parameters.get('client_id');
  if (received === undefined) return { kind: 'client-id-missing' };
  return parseId<ClientId>(received) ?? { kind: 'client-id-malformed', received };
}

/** First phase: who asks, and where the answer may go. */
export function proveRedirect(
  application: Application | undefined,
  parameters: ParameterSet,
): ProvenClient | AuthorizationPageProblem {
  const clientId = parameters.get('client_id') ?? '';
  if (application === undefined) return { kind: 'client-unknown', received: clientId };
  if (!application.enabled) return { kind: 'client-disabled', received: clientId };
  if (parameters.isRepeated('redirect_uri')) return { kind: 'parameter-repeated', parameter: 'redirect_uri' };
  const received = parameters.get('redirect_uri');
  const { redirectUrls } = application;
  if (received !== undefined) {
    return redirectUrls.some((registered) => matchesRegistered(received, registered))
      ? { application, redirectUri: received, redirectUriSent: true }
      : { kind: 'redirect-uri-mismatch', mismatch: explainMismatch(received, redirectUrls) };
  }
  const [only, ...more] = redirectUrls;
  if (only === undefined) return { kind: 'redirect-uri-none-registered' };
  return more.length > 0
    ? { kind: 'redirect-uri-missing' }
    : { application, redirectUri: only, redirectUriSent: false };
}

const KNOWN = [
  'response_type',
  'response_mode',
  'state',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'login_hint',
  'ui_locales',
  'scope',
];
const MAX_STATE_BYTES = 4096;
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** The state to answer with; null also when it came twice or is too long to be kept. */
export function readState(parameters: ParameterSet): string | null {
  const state = parameters.getRaw('state');
  if (state === undefined || parameters.isRepeated('state')) return null;
  // The bytes that it stands for: however much of it a client percent-encodes.
  return state.replaceAll(/%[0-9a-f]{2}/gi, '_').length > MAX_STATE_BYTES ? null : state;
}

/** Second phase: faults go back to the redirect URL. @throws OAuthError */
export function readRequest(
  client: ProvenClient,
  parameters: ParameterSet,
  family: EndpointFamily,
): ReadRequest {
  // RFC 6749 §3.1: parameters must not be included more than once.
  const repeated = KNOWN.find((name) => parameters.isRepeated(name));
  if (repeated !== undefined)
    throw invalidRequest(`The parameter ${repeated} was sent more than once.`, 'no-repeats');
  const state = readState(parameters);
  if (parameters.get('state') !== undefined && state === null) {
    throw invalidRequest(`The parameter state is longer than ${MAX_STATE_BYTES} bytes.`, 'state-length');
  }
  checkResponse(parameters);
  const prompt = readPrompt(parameters.get('prompt'));
  return {
    prompt,
    goal: {
      kind: 'authorization',
      family,
      clientId: client.application.clientId,
      redirectUri: client.redirectUri,
      redirectUriSent: client.redirectUriSent,
      state,
      codeChallenge: readCodeChallenge(parameters, client.application),
      alwaysAsk: prompt.consent,
      loginHint: parameters.get('login_hint')?.slice(0, 256) ?? null,
      uiLocales: parameters.get('ui_locales')?.slice(0, 256) ?? null,
    },
  };
}

/** Codes in a query are all there is: a token never travels in a URL (RFC 9700 §2.1.2). @throws OAuthError */
function checkResponse(parameters: ParameterSet): void {
  const responseType = parameters.get('response_type');
  if (responseType === undefined)
    throw invalidRequest('The parameter response_type is missing; send code.', 'response-type');
  if (responseType !== 'code') {
    throw new OAuthError('unsupported_response_type', 'The only response_type is code.', {
      check: 'response-type',
      expected: 'code',
    });
  }
  if ((parameters.get('response_mode') ?? 'query') !== 'query') {
    throw invalidRequest('The only response_mode is query.', 'response-mode');
  }
}

/** RFC 7636 §4.3, with S256 alone: `plain` would show the verifier to whoever sees the request. @throws OAuthError */
function readCodeChallenge(parameters: ParameterSet, application: Application): string | null {
  const challenge = parameters.get('code_challenge');
  const method = parameters.get('code_challenge_method');
  if (challenge === undefined) {
    if (application.kind === 'spa') {
      throw invalidRequest(
        'A spa application must use PKCE: code_challenge is missing.',
        'code-challenge-present',
      );
    }
    if (method !== undefined) {
      throw invalidRequest(
        'code_challenge_method was sent without code_challenge.',
        'code-challenge-present',
      );
    }
    return null;
  }
  // RFC 7636 §4.3: a missing method means plain, which is not offered.
  if (method !== 'S256') throw invalidRequest('code_challenge_method must be S256.', 'code-challenge-method');
  if (!S256_CHALLENGE.test(challenge)) {
    throw invalidRequest(
      'code_challenge must be 43 base64url characters (SHA-256 of the verifier).',
      'code-challenge-form',
    );
  }
  return challenge;
}

/** OpenID Connect Core §3.1.2.1. @throws OAuthError */
function readPrompt(text: string | undefined): AuthorizationPrompt {
  const values = new Set((text ?? '').split(' ').filter((value) => value !== ''));
  if (values.has('none') && values.size > 1) {
    throw invalidRequest('prompt=none can’t be combined with other values.', 'prompt-none-alone');
  }
  return {
    none: values.has('none'),
    login: values.has('login') || values.has('select_account'),
    consent: values.has('consent'),
  };
}

function invalidRequest(description: string, check: string): OAuthError {
  return new OAuthError('invalid_request', description, { check });
}
