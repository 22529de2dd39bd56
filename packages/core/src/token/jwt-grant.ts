import type { Application } from '../applications/application.js';
import type { ApplicationKey } from '../applications/application-key.js';
import { MAX_LIVE_KEYS } from '../applications/manage-application-keys.js';
import { OAuthError, type Evidence } from '../errors/oauth-error.js';
import { newOrderedId } from '../essentials.js';
import type { GrantId, SessionId } from '../ids.js';
import { secondsLeft } from '../sessions/session.js';
import { digestOf } from '../tokens/digest.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';
import { acceptedUntil, judgeClaims, type JwtFaultReason } from './judge-jwt.js';
import type { JwtAlgorithm, JwtClaims } from './jwt-verifier.js';
import { tokenTypeOf, type ClientRequest, type SessionAnswer, type TokenContext } from './token-request.js';

/** RFC 7523 §2.1. */
export const JWT_GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Which keys may have made a signature. A key is never used for another algorithm than its own (RFC 8725 §3.1). */
const KEY_OF: ReadonlyMap<string, ApplicationKey['algorithm']> = new Map([
  ['RS256', 'RS256'],
  ['PS256', 'RS256'],
  ['ES256', 'ES256'],
  ['EdDSA', 'EdDSA'],
]);

interface SignedBy {
  readonly key: ApplicationKey;
  readonly claims: JwtClaims;
}

/**
 * Trades a JWT that a machine application signed for a session of the user who registered the key (RFC 7523 §2.1).
 * There is no refresh token: the application signs another JWT.
 * @throws OAuthError `invalid_grant`; `unauthorized_client` for another kind of application
 */
export async function exchangeJwt(
  application: Application,
  { jwt, family }: { readonly jwt: string; readonly family: ClientRequest['family'] },
  context: TokenContext,
): Promise<SessionAnswer> {
  if (application.kind !== 'machine') {
    throw new OAuthError('unauthorized_client', 'Only a machine application may send JWTs.', {
      check: 'jwt-machine',
      received: application.kind,
    });
  }
  const { environment, issuer, now } = context;
  const { key, claims } = await findSigner(jwt, application, context);
  const fault = judgeClaims(claims, {
    environmentId: environment.id,
    userId: key.registeredBy,
    audiences: audiencesOf(issuer),
    audienceRequired: family === 'standard',
    now,
  });
  if (fault !== undefined) throw refused(fault.reason, fault);
  return openSession({ key, claims }, { application, family, now }, context);
}

/** A server may be told to send its JWT to us by our name, or by the address that it is sent to (RFC 7523 §3). */
function audiencesOf(issuer: string): readonly string[] {
  const dialect = `${issuer}/integrations/oauth2/api/v1`;
  return [issuer, `${issuer}/oauth2/token`, `${dialect}/jwt/exchange`, `${dialect}/token`];
}

/** The key that made the signature. `kid` says which one to try first, and no more. */
async function findSigner(
  jwt: string,
  { clientId }: Application,
  { applications, jwtVerifier }: TokenContext,
): Promise<SignedBy> {
  const head = jwtVerifier.readHead(jwt);
  if (head === undefined) throw refused('form');
  const algorithm = KEY_OF.get(head.algorithm);
  const received = head.algorithm.slice(0, 32);
  if (algorithm === undefined)
    throw refused('algorithm', { expected: [...KEY_OF.keys()].join(', '), received });
  const credentials = await applications.findCredentials(clientId);
  const keys = (credentials?.keys ?? []).filter((key) => key.algorithm === algorithm);
  if (keys.length === 0) throw refused('no-key', { received });
  const isHinted = (key: ApplicationKey): number =>
    Number(head.keyIdHint === key.id || head.keyIdHint === key.fingerprint);
  const ordered = keys.toSorted((a, b) => isHinted(b) - isHinted(a)).slice(0, MAX_LIVE_KEYS);
  for (const key of ordered) {
    const claims = await jwtVerifier.verify(jwt, key, head.algorithm as JwtAlgorithm);
    if (claims !== undefined) return { key, claims };
  }
  throw refused('signature', { expected: ordered.map(({ id }) => id).join(', ') });
}

async function openSession(
  { key, claims }: SignedBy,
  request: {
    readonly application: Application;
    readonly family: ClientRequest['family'];
    readonly now: number;
  },
  { environment, essentials, grants }: TokenContext,
): Promise<SessionAnswer> {
  const { application, family, now } = request;
  const { sessionIdleTimeoutMs, sessionTotalAgeMs } = environment.settings;
  const sessionId = newOrderedId<SessionId>(essentials);
  const session = mintIdentifiedSecret('session', sessionId, essentials.random);
  const { clientId } = application;
  const outcome = await grants.authorizeByKey({
    ...{ clientId, keyId: key.id, userId: key.registeredBy, now },
    grantId: newOrderedId<GrantId>(essentials),
    once: onceOf(claims, clientId, key),
    session: { id: sessionId, digest: session.digest, idleTimeoutMs: sessionIdleTimeoutMs },
    expiresAt: now + sessionTotalAgeMs,
  });
  if (outcome !== 'authorized') throw refused(outcome, { received: key.id });
  return {
    token_type: tokenTypeOf(application, family),
    access_token: session.text,
    expires_in: secondsLeft(now + Math.min(sessionIdleTimeoutMs, sessionTotalAgeMs), now),
    wid: key.registeredBy,
  };
}

/** The key by its fingerprint: registered anew, it is still the one that the JWT was used with. */
function onceOf(
  claims: JwtClaims,
  clientId: string,
  { fingerprint }: ApplicationKey,
): { readonly digest: Uint8Array; readonly expiresAt: number } | undefined {
  const { jti } = claims;
  if (typeof jti !== 'string') return undefined;
  const digest = digestOf(JSON.stringify(['jwt', clientId, fingerprint, jti]));
  return { digest, expiresAt: acceptedUntil(claims) };
}

type Refusal = JwtFaultReason | 'form' | 'algorithm' | 'no-key' | 'signature' | 'replayed' | 'gone';

/** Each fault gets the text that helps its developer; by then the client has proven itself. */
const REFUSALS: Readonly<Record<Refusal, string>> = {
  form: 'This is no signed JWT: three base64url parts, joined by dots, are sent whole.',
  algorithm: 'The alg of the JWT must be RS256, PS256, ES256 or EdDSA.',
  'no-key': 'No key that fits the alg of the JWT is registered for this application.',
  signature: 'None of the keys that are registered for this application made the signature of the JWT.',
  issuer: 'iss must be the identifier of this environment, 32 characters.',
  subject: 'sub must be the wid of the user who registered the key that signed the JWT.',
  'expiry-missing': 'exp is missing, or no number: seconds since 1970-01-01, UTC.',
  expired: 'exp has passed. Sign a new JWT for each exchange; compare the clocks if this is a new one.',
  'expiry-far': 'exp is more than one hour away.',
  'not-before': 'nbf is in the future, or no number: compare the clocks.',
  'issued-at': 'iat is in the future, or no number: compare the clocks.',
  'audience-missing':
    'aud is missing: it must be the origin of this server, or the URL of its token endpoint.',
  audience: 'aud is not this server: it must be its origin, or the URL of its token endpoint.',
  jti: 'jti must be a text of 1 to 256 characters.',
  replayed: 'A JWT with this jti was used before: sign a new one, with a jti of its own, for each exchange.',
  gone: 'The key was deleted, or its user was disabled or took the application’s access back.',
};

function refused(reason: Refusal, evidence: Omit<Evidence, 'check'> = {}): OAuthError {
  const { expected, received } = evidence;
  return new OAuthError('invalid_grant', REFUSALS[reason], {
    check: `jwt-${reason}`,
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
  });
}
