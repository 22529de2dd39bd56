import type { UserId } from '../ids.js';
import type { PasswordHasher } from '../sign-in/password-hasher.js';
import { secondFactorRules, type ThrottleStore } from '../sign-in/throttle.js';
import type { UserStore } from '../users/user-store.js';
import { checkSecondFactor, parseCode, type SecondFactorContext } from './check-second-factor.js';
import { mintRecoveryCodes } from './recovery-codes.js';

export interface SecondFactorChangeContext extends SecondFactorContext {
  readonly users: UserStore;
  readonly throttle: ThrottleStore;
  readonly passwordHasher: PasswordHasher;
}

/** A signed-in person who shows once more that it is them: with their password, a code or a recovery code. */
export interface ConfirmedPerson {
  readonly userId: UserId;
  readonly typed: string;
  readonly network: string;
}

export type Unconfirmed =
  { readonly kind: 'not-confirmed' } | { readonly kind: 'throttled'; readonly retryAt: number };

/** @throws UnavailableError when as many passwords are being hashed as may be */
export async function renewRecoveryCodes(
  person: ConfirmedPerson,
  context: SecondFactorChangeContext,
): Promise<Unconfirmed | { readonly kind: 'renewed'; readonly recoveryCodes: readonly string[] }> {
  const refusal = await confirm(person, context);
  if (refusal !== undefined) return refusal;
  const codes = mintRecoveryCodes(person.userId, context.essentials.random);
  const now = context.essentials.clock.now(context.environmentId);
  await context.secondFactors.renewRecoveryCodes(person.userId, codes.digests, now);
  return { kind: 'renewed', recoveryCodes: codes.texts };
}

/** @throws UnavailableError when as many passwords are being hashed as may be */
export async function removeSecondFactor(
  person: ConfirmedPerson,
  context: SecondFactorChangeContext,
): Promise<Unconfirmed | { readonly kind: 'removed' }> {
  const refusal = await confirm(person, context);
  if (refusal !== undefined) return refusal;
  const now = context.essentials.clock.now(context.environmentId);
  await context.secondFactors.remove(person.userId, 'user', now);
  return { kind: 'removed' };
}

/** Whoever sits down at an unlocked computer must not take the second factor away. */
async function confirm(
  { userId, typed, network }: ConfirmedPerson,
  context: SecondFactorChangeContext,
): Promise<Unconfirmed | undefined> {
  const now = context.essentials.clock.now(context.environmentId);
  const rules = secondFactorRules(userId, network);
  const retryAt = await context.throttle.take(rules, now);
  if (retryAt !== undefined) return { kind: 'throttled', retryAt };
  const confirmed =
    (await checkSecondFactor(userId, typed, context)) !== undefined ||
    // Six digits are no password here: it has eight characters at least.
    (parseCode(typed) === undefined && (await isPassword(userId, typed, context)));
  if (!confirmed) return { kind: 'not-confirmed' };
  await context.throttle.giveBack(rules, now);
  return undefined;
}

async function isPassword(
  userId: UserId,
  typed: string,
  { users, passwordHasher }: SecondFactorChangeContext,
): Promise<boolean> {
  const found = await users.findWithPassword(userId);
  return passwordHasher.verify(found?.passwordHash, typed);
}
