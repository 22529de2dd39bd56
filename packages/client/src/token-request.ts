import { FluxoError } from './errors.js';
import { postForm, type Answer } from './post-form.js';
import { repeatWhileUnavailable } from './retry.js';
import type { Settings } from './settings.js';
import type { Tokens } from './token-store.js';

/**
 * RFC 6749 §4.1.3. Sent once and never repeated (§4.1.2: a code "MUST NOT" be used more than once): if its
 * answer is lost, the person connects again.
 */
export async function exchangeCode(
  settings: Settings,
  exchange: { readonly code: string; readonly codeVerifier: string },
): Promise<Tokens> {
  const askedAt = settings.now();
  const answer = await postForm(settings, settings.tokenUrl, {
    grant_type: 'authorization_code',
    code: exchange.code,
    redirect_uri: settings.redirectUri,
    code_verifier: exchange.codeVerifier,
  });
  return tokensFrom(answer, askedAt);
}

/**
 * RFC 6749 §6. A lost answer is asked for again with the *same* refresh token: Fluxo then gives the same
 * successor again, whether or not the first request had arrived.
 */
export async function rotate(settings: Settings, refreshToken: string): Promise<Tokens> {
  return repeatWhileUnavailable(async () => {
    const askedAt = settings.now();
    const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken };
    return tokensFrom(await postForm(settings, settings.tokenUrl, parameters), askedAt);
  });
}

/** RFC 7009 §2.1. §2.2.1: after a 503 the token must be taken to live still, so this is repeated too. */
export async function revokeToken(settings: Settings, refreshToken: string): Promise<void> {
  const parameters = { token: refreshToken, token_type_hint: 'refresh_token' };
  await repeatWhileUnavailable(() => postForm(settings, settings.revokeUrl, parameters));
}

function tokensFrom(answer: Answer, askedAt: number): Tokens {
  const session = sessionFrom(answer, askedAt);
  return { ...session, refreshToken: stringIn(answer.body, 'refresh_token') };
}

/** What every token answer has (RFC 6749 §5.1). */
export function sessionFrom({ status, body }: Answer, askedAt: number): Omit<Tokens, 'refreshToken'> {
  if (body === undefined) {
    // A success that was cut off on its way is a lost answer.
    throw new FluxoError('unavailable', 'The token answer arrived incomplete.', { status });
  }
  const accessToken = stringIn(body, 'access_token');
  const wid = stringIn(body, 'wid');
  const tokenType = stringIn(body, 'token_type');
  const expiresInSeconds = body['expires_in'];
  if (typeof expiresInSeconds !== 'number' || expiresInSeconds <= 0) {
    throw new FluxoError('invalid_response', 'The token answer lacks expires_in.', { status });
  }
  // Counted from the question, not from the answer: a session taken to live too long fails a call.
  const expiresAt = askedAt + expiresInSeconds * 1_000;
  return { accessToken, obtainedAt: askedAt, expiresAt, wid, tokenType };
}

function stringIn(body: Answer['body'], field: string): string {
  const value = body?.[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new FluxoError('invalid_response', `The token answer lacks ${field}.`);
}
