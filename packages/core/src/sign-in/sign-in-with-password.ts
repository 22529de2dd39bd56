import { newOrderedId, type Essentials } from '../essentials.js';
import type { Flow } from '../authorize/flow.js';
import type { FlowStore } from '../authorize/flow-store.js';
import type { EnvironmentId, SessionId } from '../ids.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';
import type { UserStore } from '../users/user-store.js';
import { usernameKey } from '../users/user.js';
import { MAX_PASSWORD_BYTES, type PasswordHasher } from './password-hasher.js';
import { flowRule, signInRules, type ThrottleRule, type ThrottleStore } from './throttle.js';

export interface SignInContext {
  readonly environmentId: EnvironmentId;
  readonly essentials: Essentials;
  readonly users: UserStore;
  readonly flows: FlowStore;
  readonly throttle: ThrottleStore;
  readonly passwordHasher: PasswordHasher;
  /** When a session opened now ends unused: kept with the row, so that it can be removed. */
  readonly sessionIdleTimeoutMs: number;
}

export interface PasswordSignIn {
  readonly flow: Flow;
  readonly username: string;
  readonly password: string;
  /** The network the attempt comes from, for example `203.0.113.0/24`. */
  readonly network: string;
  readonly userAgent: string | null;
  /** The session that the browser still carries; it ends, so that nobody can plant one (session fixation). */
  readonly previousSessionId: SessionId | undefined;
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly sessionId: string; readonly flow: string }
  | { readonly kind: 'not-recognized' }
  | { readonly kind: 'throttled'; readonly retryAt: number }
  /** The flow ended meanwhile, or the user was disabled between the password and the session. */
  | { readonly kind: 'flow-gone' };

/** @throws UnavailableError when as many passwords are being hashed as may be */
export async function signInWithPassword(
  attempt: PasswordSignIn,
  context: SignInContext,
): Promise<SignInOutcome> {
  const { essentials, environmentId } = context;
  const key = usernameKey(attempt.username);
  const now = essentials.clock.now(environmentId);
  const rules = signInRules(key, attempt.network);
  const retryAt = await context.throttle.take(rules, now);
  if (retryAt !== undefined) return { kind: 'throttled', retryAt };
  if (Buffer.byteLength(attempt.password) > MAX_PASSWORD_BYTES) return { kind: 'not-recognized' };

  const found = await context.users.findByUsername(key);
  const right = await verifyOrGiveBack(found?.passwordHash, attempt, { context, rules, now });
  if (found === undefined || !right || found.user.disabledAt !== null) return { kind: 'not-recognized' };

  const sessionId = newOrderedId<SessionId>(essentials);
  const session = mintIdentifiedSecret('session', sessionId, essentials.random);
  // A new token for the flow: a consent page made for somebody else can't be posted any more.
  const flow = mintIdentifiedSecret('flow', attempt.flow.id, essentials.random);
  const outcome = await context.flows.signIn({
    flowId: attempt.flow.id,
    expectedFlowDigest: attempt.flow.digest,
    newFlowDigest: flow.digest,
    userId: found.user.id,
    session: { id: sessionId, digest: session.digest, userAgent: attempt.userAgent },
    previousSessionId: attempt.previousSessionId ?? null,
    sessionIdleTimeoutMs: context.sessionIdleTimeoutMs,
    now,
  });
  await context.throttle.giveBack([...rules, flowRule(attempt.network)], now);
  if (outcome === 'gone') return { kind: 'flow-gone' };
  return { kind: 'signed-in', sessionId: session.text, flow: flow.text };
}

/** A password that was never looked at was no guess: a busy server must not lock anybody out. */
async function verifyOrGiveBack(
  passwordHash: string | undefined,
  { password }: PasswordSignIn,
  at: {
    readonly context: SignInContext;
    readonly rules: readonly ThrottleRule[];
    readonly now: number;
  },
): Promise<boolean> {
  try {
    return await at.context.passwordHasher.verify(passwordHash, password);
  } catch (error) {
    await at.context.throttle.giveBack(at.rules, at.now);
    throw error;
  }
}
