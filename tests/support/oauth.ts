import { createHash, randomBytes } from 'node:crypto';
import {
  basic,
  credentials,
  REDIRECT_URI,
  type HttpAnswer,
  type HttpCall,
  type TestApplication,
  type TestTenant,
  type Tokens,
} from './tenant.js';
import type { Visitor } from './visitor.js';

export const DIALECT_TOKEN = '/integrations/oauth2/api/v1/token';
export const STANDARD_TOKEN = '/oauth2/token';
export const FAMILIES = [
  ['dialect', '/integrations/oauth2/api/v1'],
  ['standard', '/oauth2'],
] as const;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The tokens of an answer that must be a success. */
export function tokensOf(answer: HttpAnswer): Tokens {
  if (answer.status !== 200) throw new Error(`No tokens came: ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body) as Tokens;
}

/** `400 invalid_grant`: status and error of an answer, for one short comparison; `200` for a success. */
export function verdictOf(answer: HttpAnswer): string {
  if (answer.status === 200) return '200';
  return `${answer.status} ${(JSON.parse(answer.body) as { readonly error?: string }).error ?? ''}`;
}

export interface Pkce {
  readonly verifier: string;
  /** For the authorization request. */
  readonly challenge: { readonly code_challenge: string; readonly code_challenge_method: 'S256' };
}

export function pkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  return { verifier, challenge: { code_challenge, code_challenge_method: 'S256' } };
}

/** A person who is signed in, once for many connections: each sign-in hashes a password. */
export async function signedIn(tenant: TestTenant, username = 'ana'): Promise<Visitor> {
  const visitor = tenant.visitor();
  await visitor.signIn(username);
  return visitor;
}

/** Allows the application and exchanges the code, with PKCE where the application needs it. */
export async function connectAs(
  visitor: Visitor,
  app: TestApplication,
  params: Readonly<Record<string, string>> = {},
): Promise<Tokens> {
  if (app.application.kind !== 'spa') {
    return tokensOf(await visitor.tenant.exchange(app, await visitor.allow(app, params)));
  }
  const { verifier, challenge } = pkce();
  const code = await visitor.allow(app, { ...params, ...challenge });
  return tokensOf(await visitor.tenant.exchange(app, code, { code_verifier: verifier }));
}

/** The token request of a code, to be sent in whatever way a test wants. */
export function codeForm(code: string): Record<string, string> {
  return { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI };
}

export function refreshForm(refreshToken: string): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: refreshToken };
}

export function postJson(
  tenant: TestTenant,
  body: string | object,
  { path = DIALECT_TOKEN, headers = {} }: Pick<Partial<HttpCall>, 'path' | 'headers'> = {},
): Promise<HttpAnswer> {
  return tenant.send({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export async function introspect(
  tenant: TestTenant,
  app: TestApplication,
  token: string,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await tenant.postForm('/oauth2/introspect', { token, ...credentials(app) });
  if (answer.status !== 200) throw new Error(`Introspection failed: ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body) as Readonly<Record<string, unknown>>;
}

export function revokeToken(tenant: TestTenant, app: TestApplication, token: string): Promise<HttpAnswer> {
  return tenant.postForm('/oauth2/revoke', { token }, { authorization: basic(app) });
}

/** What became of a connection, seen from outside: the API with its session, the refresh of its token. */
export async function statusOf(
  tenant: TestTenant,
  tokens: Pick<Tokens, 'access_token'>,
): Promise<'alive' | 'dead'> {
  const { status } = await tenant.callApi(tokens.access_token);
  if (status !== 200 && status !== 401) throw new Error(`The API answered ${status}.`);
  return status === 200 ? 'alive' : 'dead';
}

/** Refreshing on a stage: the tokens that must come, or the verdict. */
export function refreshingOn(stage: { readonly acme: TestTenant }) {
  return {
    refresh: async (app: TestApplication, { refresh_token }: Tokens): Promise<Tokens> =>
      tokensOf(await stage.acme.refresh(app, refresh_token)),
    verdict: async (app: TestApplication, { refresh_token }: Tokens): Promise<string> =>
      verdictOf(await stage.acme.refresh(app, refresh_token)),
  };
}
