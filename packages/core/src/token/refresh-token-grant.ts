import type { Application } from '../applications/application.js';
import { OAuthError, UnavailableError } from '../errors/oauth-error.js';
import { newOrderedId } from '../essentials.js';
import { grantExpiresAt } from '../grants/grant-expiry.js';
import type { GrantLife, NewSession, Refresh, RefreshOutcome } from '../grants/grant-store.js';
import type { SessionId } from '../ids.js';
import type { RingKey } from '../keys/key-ring.js';
import { secondsLeft } from '../sessions/session.js';
import { digestOf } from '../tokens/digest.js';
import { formatIdentifiedSecret, SECRET_BYTES } from '../tokens/identified-secret.js';
import {
  formatRefreshToken,
  parseRefreshToken,
  successorOf,
  successorSessionSecret,
  type RefreshToken,
} from '../tokens/refresh-token.js';
import {
  requireParameter,
  tokenTypeOf,
  type ClientRequest,
  type TokenAnswer,
  type TokenContext,
} from './token-request.js';

type Repeated = Extract<RefreshOutcome, { kind: 'repeated' }>;

/** One presented token on its way to an answer. */
interface Attempt {
  readonly presented: RefreshToken;
  readonly application: Application;
  readonly request: ClientRequest;
  readonly context: TokenContext;
}

/** Refreshes a session (RFC 6749 §6). @throws OAuthError, UnavailableError */
export async function refresh(
  application: Application,
  request: ClientRequest,
  context: TokenContext,
): Promise<TokenAnswer> {
  const presented = parseRefreshToken(
    requireParameter(request.parameters, 'refresh_token'),
    context.essentials.keyRing,
  );
  if (presented === undefined) throw refused('unknown');
  const attempt: Attempt = { presented, application, request, context };
  const key = context.essentials.keyRing.signing;
  const { session, secret } = newSession(attempt, application.refreshPolicy.rotation ? key : undefined);
  const successor = application.refreshPolicy.rotation ? successorOf(presented, key) : undefined;
  const input = refreshInput(attempt, session, successor);
  const outcome = await context.grants.rotateRefreshToken(input);
  if (outcome.kind === 'repeated') return repeat(attempt, outcome, input);
  if (outcome.kind === 'reused') {
    throw new OAuthError(
      'invalid_grant',
      'The refresh token was replaced and used again; the access has been revoked.',
      {
        check: 'refresh-token-current',
      },
    );
  }
  if (outcome.kind === 'refused') throw refused(outcome.reason);
  const refreshToken =
    successor === undefined
      ? requireParameter(request.parameters, 'refresh_token')
      : formatRefreshToken(successor, key);
  return answer(attempt, {
    grant: outcome.grant,
    session: { id: session.id, secret, createdAt: context.now },
    refreshToken,
  });
}

/** With a key the session's secret follows from the presented token, so that any node can say it again. */
function newSession(attempt: Attempt, key: RingKey | undefined): { session: NewSession; secret: Uint8Array } {
  const { essentials, environment } = attempt.context;
  const id = newOrderedId<SessionId>(essentials);
  const secret =
    key === undefined
      ? essentials.random.bytes(SECRET_BYTES)
      : successorSessionSecret(attempt.presented, id, key);
  const idleTimeoutMs = environment.settings.sessionIdleTimeoutMs;
  return { secret, session: { id, digest: digestOf(secret), idleTimeoutMs } };
}

function refreshInput(
  { presented, application, context }: Attempt,
  session: NewSession,
  successor: RefreshToken | undefined,
): Refresh {
  const key = context.essentials.keyRing.signing;
  return {
    grantId: presented.grantId,
    clientId: application.clientId,
    presented: { generation: presented.generation, digest: digestOf(presented.secret) },
    successor: successor === undefined ? undefined : { digest: digestOf(successor.secret), keyId: key.id },
    session,
    kind: application.kind,
    policy: application.refreshPolicy,
    now: context.now,
  };
}

/** The same answer again: derived, not remembered. */
async function repeat(attempt: Attempt, outcome: Repeated, input: Refresh): Promise<TokenAnswer> {
  const key = attempt.context.essentials.keyRing.find(outcome.keyId);
  // Not the client's fault and no theft: this node has not got the key that the answer was made with.
  if (key === undefined) throw new UnavailableError(`The key ${outcome.keyId} is not in FLUXO_SECRET_KEYS.`);
  const refreshToken = formatRefreshToken(successorOf(attempt.presented, key), key);
  const { session, grant } = outcome;
  const { sessionIdleTimeoutMs } = attempt.context.environment.settings;
  if (session !== undefined && session.createdAt + sessionIdleTimeoutMs > attempt.context.now) {
    const secret = successorSessionSecret(attempt.presented, session.id, key);
    return answer(attempt, { grant, session: { ...session, secret }, refreshToken });
  }
  return replaceEndedSession(attempt, { outcome, key, input, refreshToken });
}

/** The answer was lost for so long that its session ended unused: another one takes its place. */
async function replaceEndedSession(
  attempt: Attempt,
  state: {
    readonly outcome: Repeated;
    readonly key: RingKey;
    readonly input: Refresh;
    readonly refreshToken: string;
  },
): Promise<TokenAnswer> {
  const { session, secret } = newSession(attempt, state.key);
  const replaced = await attempt.context.grants.replaceSuccessorSession({
    grantId: attempt.presented.grantId,
    generation: attempt.presented.generation + 1,
    expected: state.outcome.session?.id,
    session,
    now: attempt.context.now,
  });
  if (replaced) {
    const { refreshToken, outcome } = state;
    return answer(attempt, {
      grant: outcome.grant,
      session: { id: session.id, secret, createdAt: attempt.context.now },
      refreshToken,
    });
  }
  // Somebody was faster: their session is the one to repeat.
  const again = await attempt.context.grants.rotateRefreshToken(state.input);
  if (again.kind === 'repeated' && again.session?.id !== state.outcome.session?.id) {
    return repeat(attempt, again, state.input);
  }
  throw refused('ended');
}

interface AnswerParts {
  readonly grant: GrantLife;
  readonly session: { readonly id: SessionId; readonly secret: Uint8Array; readonly createdAt: number };
  readonly refreshToken: string;
}

function answer({ application, request, context }: Attempt, parts: AnswerParts): TokenAnswer {
  const { sessionIdleTimeoutMs, sessionTotalAgeMs } = context.environment.settings;
  const expiresAt = Math.min(
    parts.session.createdAt + Math.min(sessionIdleTimeoutMs, sessionTotalAgeMs),
    grantExpiresAt(parts.grant, application.refreshPolicy, parts.grant.userLastActiveAt),
  );
  return {
    token_type: tokenTypeOf(application, request.family),
    access_token: formatIdentifiedSecret('session', parts.session.id, parts.session.secret),
    refresh_token: parts.refreshToken,
    expires_in: secondsLeft(expiresAt, context.now),
    wid: parts.grant.userId,
  };
}

const REFUSALS = {
  unknown:
    'The refresh token is not one that was issued to this application: send the latest refresh_token, not a code or an access_token.',
  expired: 'The refresh token has expired: the user must connect again.',
  ended: 'The access has been ended: the user must connect again.',
} as const;

function refused(reason: keyof typeof REFUSALS): OAuthError {
  return new OAuthError('invalid_grant', REFUSALS[reason], { check: `refresh-${reason}` });
}
