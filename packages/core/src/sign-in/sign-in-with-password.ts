import type { Flow } from '../authorize/flow.js';
import type { SessionId } from '../ids.js';
import { passwordCounts, type SingleSignOnRule } from '../identity-providers/route-sign-in.js';
import type { UserStore } from '../users/user-store.js';
import { usernameKey } from '../users/user.js';
import { MAX_PASSWORD_BYTES, type PasswordHasher } from './password-hasher.js';
import { signInWithinFlow, type WithinFlowContext, type WithinFlowOutcome } from './sign-in-within-flow.js';
import { flowRule, signInRules, type ThrottleRule, type ThrottleStore } from './throttle.js';

export interface SignInContext extends WithinFlowContext {
  readonly users: UserStore;
  readonly throttle: ThrottleStore;
  readonly passwordHasher: PasswordHasher;
  readonly singleSignOn: SingleSignOnRule;
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
  | WithinFlowOutcome
  | { readonly kind: 'not-recognized' }
  | { readonly kind: 'throttled'; readonly retryAt: number };

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
  const right = await verifyOrGiveBack(found?.passwordHash ?? undefined, attempt, { context, rules, now });
  if (found === undefined || !right || found.user.disabledAt !== null) return { kind: 'not-recognized' };

  // Only now, and with the same words: before the password nobody learns who is an administrator.
  if (!passwordCounts(context.singleSignOn, found.user)) return { kind: 'not-recognized' };

  const { flow, userAgent, previousSessionId } = attempt;
  const proven = {
    flow,
    userId: found.user.id,
    proof: { kind: 'password' },
    userAgent,
    previousSessionId,
  } as const;
  const outcome = await signInWithinFlow(proven, context);
  await context.throttle.giveBack([...rules, flowRule(attempt.network)], now);
  return outcome;
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
