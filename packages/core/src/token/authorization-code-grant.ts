import { hash } from 'node:crypto';
import type { Application } from '../applications/application.js';
import { OAuthError } from '../errors/oauth-error.js';
import { newOrderedId } from '../essentials.js';
import { grantExpiresAt } from '../grants/grant-expiry.js';
import type { RedemptionOutcome, RedemptionRefusal } from '../grants/grant-store.js';
import type { SessionId } from '../ids.js';
import { secondsLeft } from '../sessions/session.js';
import { digestOf } from '../tokens/digest.js';
import { mintIdentifiedSecret, parseIdentifiedSecret, SECRET_BYTES } from '../tokens/identified-secret.js';
import { formatRefreshToken, refreshTokenOf } from '../tokens/refresh-token.js';
import {
  requireParameter,
  tokenTypeOf,
  type ClientRequest,
  type TokenAnswer,
  type TokenContext,
} from './token-request.js';

/** RFC 7636 §4.1. */
const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** Trades a code for a session and a refresh token (RFC 6749 §4.1.3). @throws OAuthError */
export async function redeemAuthorizationCode(
  application: Application,
  { family, parameters }: ClientRequest,
  context: TokenContext,
): Promise<TokenAnswer> {
  const code = parseIdentifiedSecret('code', requireParameter(parameters, 'code'));
  const codeChallenge = challengeOf(parameters.get('code_verifier'));
  if (code === undefined) throw refused('unknown');
  const { environment, essentials, now } = context;
  const sessionId = newOrderedId<SessionId>(essentials);
  const session = mintIdentifiedSecret('session', sessionId, essentials.random);
  const refreshToken = refreshTokenOf(code.id, 1, essentials.random.bytes(SECRET_BYTES));
  const outcome = await context.grants.redeemAuthorizationCode({
    grantId: code.id,
    clientId: application.clientId,
    codeDigest: code.digest,
    redirectUri: parameters.get('redirect_uri') ?? null,
    codeChallenge,
    refreshDigest: digestOf(refreshToken.secret),
    keyId: essentials.keyRing.signing.id,
    session: {
      id: sessionId,
      digest: session.digest,
      idleTimeoutMs: environment.settings.sessionIdleTimeoutMs,
    },
    policy: application.refreshPolicy,
    now,
  });
  const grant = redeemed(outcome);
  const { sessionIdleTimeoutMs, sessionTotalAgeMs } = environment.settings;
  const expiresAt = Math.min(
    now + Math.min(sessionIdleTimeoutMs, sessionTotalAgeMs),
    grantExpiresAt(grant, application.refreshPolicy, grant.userLastActiveAt),
  );
  return {
    token_type: tokenTypeOf(application, family),
    access_token: session.text,
    refresh_token: formatRefreshToken(refreshToken, essentials.keyRing.signing),
    expires_in: secondsLeft(expiresAt, now),
    wid: grant.userId,
  };
}

function challengeOf(verifier: string | undefined): string | null {
  if (verifier === undefined) return null;
  if (!CODE_VERIFIER.test(verifier)) {
    throw new OAuthError(
      'invalid_request',
      'The code_verifier must be 43 to 128 letters, digits, "-", ".", "_" or "~".',
      { check: 'code-verifier-form' },
    );
  }
  return hash('sha256', verifier, 'base64url');
}

function redeemed(outcome: RedemptionOutcome): Extract<RedemptionOutcome, { kind: 'redeemed' }>['grant'] {
  if (outcome.kind === 'redeemed') return outcome.grant;
  if (outcome.kind === 'refused') throw refused(outcome.reason);
  throw new OAuthError('invalid_grant', 'The code was used before; the access it gave has been revoked.', {
    check: 'code-unused',
  });
}

/** Each fault gets the text that helps its developer; by then the client has proven itself. */
const REFUSALS: Readonly<Record<RedemptionRefusal, readonly ['invalid_grant' | 'invalid_request', string]>> =
  {
    unknown: [
      'invalid_grant',
      'The code is not one that was issued to this application: send it whole, decoded once, to where it came from.',
    ],
    'redirect-uri-missing': [
      'invalid_grant',
      'redirect_uri is missing: it was sent in the authorization request, so it must be repeated here.',
    ],
    'redirect-uri-differs': ['invalid_grant', 'redirect_uri is not the one of the authorization request.'],
    'verifier-missing': [
      'invalid_grant',
      'code_verifier is missing: the authorization request had a code_challenge.',
    ],
    'verifier-unexpected': [
      'invalid_request',
      'code_verifier was sent, but the authorization request had no code_challenge.',
    ],
    'verifier-differs': [
      'invalid_grant',
      'code_verifier does not fit the code_challenge of the authorization request.',
    ],
    'code-expired': ['invalid_grant', 'The code is older than 120 seconds.'],
    ended: ['invalid_grant', 'The access was ended before the code was used.'],
  };

function refused(reason: RedemptionRefusal): OAuthError {
  const [code, description] = REFUSALS[reason];
  return new OAuthError(code, description, { check: `redeem-${reason}` });
}
