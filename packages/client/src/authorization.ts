import { FluxoError } from './errors.js';
import { randomValue, s256Challenge } from './pkce.js';
import type { Settings } from './settings.js';

export interface AuthorizationRequest {
  /** `login`: sign in again; `consent`: ask again; `none`: answer without showing a page. */
  readonly prompt?: 'login' | 'consent' | 'none' | undefined;
  /** The username to put into the sign-in page. */
  readonly loginHint?: string | undefined;
  /** Preferred languages of the pages, best first, as BCP 47 tags: `['pt-BR', 'en']`. */
  readonly uiLocales?: readonly string[] | undefined;
}

/**
 * What has to be remembered until the person comes back. Plain JSON. It goes into the person's own session,
 * where no other person and no URL reaches it, and is used once.
 */
export interface PendingAuthorization {
  readonly state: string;
  readonly codeVerifier: string;
}

export interface BegunAuthorization {
  /** Where to send the person's browser. */
  readonly url: string;
  readonly pending: PendingAuthorization;
}

export interface AuthorizationAnswer {
  readonly code: string;
  readonly domain: string | undefined;
  readonly lane: string | undefined;
}

export async function beginAuthorization(
  settings: Settings,
  request: AuthorizationRequest,
): Promise<BegunAuthorization> {
  const pending = { state: randomValue(), codeVerifier: randomValue() };
  const url = new URL(settings.authorizeUrl);
  const parameters = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    state: pending.state,
    // RFC 9700 §2.1.1: also for applications with a secret, against injected codes.
    code_challenge: await s256Challenge(pending.codeVerifier),
    code_challenge_method: 'S256',
    prompt: request.prompt,
    login_hint: request.loginHint,
    ui_locales: request.uiLocales?.join(' '),
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') url.searchParams.set(name, value);
  }
  return { url: url.href, pending };
}

/** Who is answering comes before what the answer says: an error of a stranger isn't believed either. */
export function readAuthorizationAnswer(
  settings: Settings,
  callbackUrl: string | URL,
  pending: PendingAuthorization,
): AuthorizationAnswer {
  const answer = singleParameters(settings, callbackUrl);
  // RFC 6749 §10.12: without this, anybody's code could be planted into this person's session.
  if (answer.get('state') !== pending.state) {
    throw new FluxoError('state_mismatch', 'The callback does not belong to this pending authorization.');
  }
  checkIssuer(settings, answer.get('iss'));
  const error = answer.get('error');
  if (error !== undefined) {
    throw new FluxoError('authorization_refused', 'Fluxo answered that access is not given.', {
      error,
      errorDescription: answer.get('error_description'),
    });
  }
  const code = answer.get('code');
  if (code === undefined) throw new FluxoError('invalid_callback', 'The callback has no code.');
  return { code, domain: answer.get('domain'), lane: answer.get('lane') };
}

/** RFC 9207 §2.4, against mix-up: another server's code must not be sent to this one, nor this one's secret there. */
function checkIssuer(settings: Settings, issuer: string | undefined): void {
  const missing = issuer === undefined && settings.issuerRequired;
  if (missing || (issuer !== undefined && issuer !== settings.origin)) {
    throw new FluxoError('issuer_mismatch', 'The callback does not come from this authorization server.');
  }
}

/** RFC 6749 §3.1: a parameter must not come twice; an empty one counts as absent. */
function singleParameters(settings: Settings, callbackUrl: string | URL): Map<string, string> {
  if (!URL.canParse(String(callbackUrl), settings.redirectUri)) {
    throw new FluxoError('invalid_callback', 'The callback is not a URL.');
  }
  const found = new Map<string, string>();
  for (const [name, value] of new URL(callbackUrl, settings.redirectUri).searchParams) {
    if (found.has(name)) throw new FluxoError('invalid_callback', 'The callback has a parameter twice.');
    if (value !== '') found.set(name, value);
  }
  return found;
}
