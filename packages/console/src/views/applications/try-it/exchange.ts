import type { Attempt } from './pkce.js';

export type Family = 'dialect' | 'standard';

const AUTHORIZE: Readonly<Record<Family, string>> = {
  dialect: '/integrations/oauth2/authorize',
  standard: '/oauth2/authorize',
};

const TOKEN: Readonly<Record<Family, string>> = {
  dialect: '/integrations/oauth2/api/v1/token',
  standard: '/oauth2/token',
};

export interface TryValues {
  readonly origin: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly family: Family;
}

export function linkOf({ origin, clientId, redirectUri, family }: TryValues, attempt: Attempt): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state: attempt.state,
    code_challenge: attempt.codeChallenge,
    code_challenge_method: 'S256',
  });
  return `${origin}${AUTHORIZE[family]}?${query.toString()}`;
}

export type CameBack =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string | null }
  | { readonly kind: 'not-a-url' | 'other-url' | 'other-state' | 'no-code' };

/** What an application reads from the address that the person came back to, in the order in which it must. */
export function readAnswer(pasted: string, values: TryValues, attempt: Attempt): CameBack {
  if (!URL.canParse(pasted.trim())) return { kind: 'not-a-url' };
  const url = new URL(pasted.trim());
  const registered = new URL(values.redirectUri);
  if (url.origin !== registered.origin || url.pathname !== registered.pathname) return { kind: 'other-url' };
  const answer = url.searchParams;
  // RFC 6749 §10.12: who is answering comes before what the answer says.
  if (answer.get('state') !== attempt.state) return { kind: 'other-state' };
  const error = answer.get('error');
  if (error !== null) return { kind: 'refused', error, description: answer.get('error_description') };
  const code = answer.get('code');
  return code === null ? { kind: 'no-code' } : { kind: 'code', code };
}

/** A request and its answer, as they are shown: secrets in the request are masked. */
export interface Step {
  readonly request: string;
  readonly status: number;
  readonly answer: string;
  readonly body: unknown;
}

const MASK = '••••••••';

interface TokenRequest {
  readonly values: TryValues;
  readonly attempt: Attempt;
  readonly code: string;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
}

/** The real exchange (RFC 6749 §4.1.3). @throws TypeError where no answer came */
export async function exchangeCode({ values, attempt, code, clientSecret }: TokenRequest): Promise<Step> {
  const path = TOKEN[values.family];
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: values.redirectUri,
    code_verifier: attempt.codeVerifier,
    client_id: values.clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
  });
  const shown = Array.from(form, ([name, value]) => `${name}=${name === 'client_secret' ? MASK : value}`);
  const request = [`POST ${path}`, 'Content-Type: application/x-www-form-urlencoded', '', shown.join('\n&')];
  return ask(request.join('\n'), path, { method: 'POST', body: form });
}

/** What all this was for: a call in the person's name. @throws TypeError where no answer came */
export function searchProjects(sessionId: string): Promise<Step> {
  const path = '/attask/api/v14.0/proj/search';
  return ask(`GET ${path}\nsessionID: ${sessionId}`, path, { headers: { sessionID: sessionId } });
}

async function ask(request: string, path: string, init: RequestInit): Promise<Step> {
  // Without our own cookie: an application hasn't got it either.
  const response = await fetch(path, { ...init, credentials: 'omit', cache: 'no-store' });
  const text = await response.text();
  const body = parsed(text);
  return {
    request,
    status: response.status,
    answer: body === undefined ? text : JSON.stringify(body, null, 2),
    body,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The session of a successful exchange. */
export function sessionIdOf({ body }: Step): string | undefined {
  if (typeof body !== 'object' || body === null || !('access_token' in body)) return undefined;
  return typeof body.access_token === 'string' ? body.access_token : undefined;
}
