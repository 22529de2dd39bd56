import { passwordCounts, type SingleSignOnRule } from '../identity-providers/route-sign-in.js';
import type { UserId } from '../ids.js';
import type { UserStore, UserWithPassword } from '../users/user-store.js';
import { usernameKey } from '../users/user.js';
import type { BrowserSessionRequest } from './open-browser-session.js';
import { passFirstFactor, type FirstFactorContext, type FirstFactorOutcome } from './pass-first-factor.js';
import { MAX_PASSWORD_BYTES, type PasswordHasher } from './password-hasher.js';
import { findKnownDevice } from './known-device.js';
import {
  flowRule,
  knownDeviceRules,
  signInRules,
  type ThrottleRule,
  type ThrottleStore,
} from './throttle.js';

export interface SignInContext extends FirstFactorContext {
  readonly users: UserStore;
  readonly throttle: ThrottleStore;
  readonly passwordHasher: PasswordHasher;
  readonly singleSignOn: SingleSignOnRule;
}

export interface PasswordSignIn extends Pick<
  BrowserSessionRequest,
  'flow' | 'userAgent' | 'previousSessionId'
> {
  readonly username: string;
  readonly password: string;
  /** The network the attempt comes from, for example `203.0.113.0/24`. */
  readonly network: string;
  /** What the browser keeps from earlier sign-ins, to this account or others. */
  readonly knownDevices: readonly string[];
}

export type SignInOutcome =
  | FirstFactorOutcome
  | ({ readonly kind: 'not-recognized'; readonly check: SignInCheck } & AboutUser)
  | ({ readonly kind: 'throttled'; readonly retryAt: number } & AboutUser);

/** Which check refused, for the activity log: whoever tried hears one and the same. */
export type SignInCheck = 'user-known' | 'user-enabled' | 'password' | 'password-length' | 'password-counts';

/** Absent where nobody has the name that was typed. */
interface AboutUser {
  readonly userId?: UserId;
}

/** @throws UnavailableError when as many passwords are being hashed as may be */
export async function signInWithPassword(
  attempt: PasswordSignIn,
  context: SignInContext,
): Promise<SignInOutcome> {
  const { essentials, environmentId } = context;
  const key = usernameKey(attempt.username);
  const now = essentials.clock.now(environmentId);
  const found = await context.users.findByUsername(key);
  const rules = rulesFor(attempt, key, { found, context });
  const retryAt = await context.throttle.take(rules, now);
  const about = found === undefined ? {} : { userId: found.user.id };
  const refused = (check: SignInCheck): SignInOutcome => ({ kind: 'not-recognized', check, ...about });
  if (retryAt !== undefined) return { kind: 'throttled', retryAt, ...about };
  if (Buffer.byteLength(attempt.password) > MAX_PASSWORD_BYTES) return refused('password-length');

  const right = await verifyOrGiveBack(found?.passwordHash, attempt, { context, rules, now });
  if (found === undefined) return refused('user-known');
  if (!right) return refused('password');
  if (found.user.disabledAt !== null) return refused('user-enabled');

  // Only now, and with the same words: before the password nobody learns who is an administrator.
  if (!passwordCounts(context.singleSignOn, found.user)) return refused('password-counts');

  const { flow, userAgent, previousSessionId } = attempt;
  const proven = { userId: found.user.id, proof: { kind: 'password' } } as const;
  const outcome = await passFirstFactor({ flow, userAgent, previousSessionId, ...proven }, context);
  // Who has a second factor to show may still leave the flow behind.
  if (outcome.kind === 'second-factor') await context.throttle.giveBack(rules, now);
  else await context.throttle.giveBack([...rules, flowRule(attempt.network)], now);
  return outcome;
}

/** Strangers count under rules that they share; a device that signed in here before counts for itself. */
function rulesFor(
  { knownDevices, network }: PasswordSignIn,
  key: string,
  at: { readonly found: UserWithPassword | undefined; readonly context: SignInContext },
): readonly ThrottleRule[] {
  const { environmentId, essentials } = at.context;
  const deviceId =
    at.found && findKnownDevice(knownDevices, at.found, { environmentId, keyRing: essentials.keyRing })?.id;
  return deviceId === undefined ? signInRules(key, network) : knownDeviceRules(key, deviceId);
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
