import type { Essentials } from '../essentials.js';
import type { EnvironmentId, UserId } from '../ids.js';
import type { OneTimeCodes } from './one-time-codes.js';
import { parseRecoveryCode, recoveryDigest } from './recovery-codes.js';
import { openSeed, sealSeed } from './seal-seed.js';
import type { SecondFactor, SecondFactorStore } from './second-factor-store.js';

export interface SecondFactorContext {
  readonly environmentId: EnvironmentId;
  readonly essentials: Essentials;
  readonly secondFactors: SecondFactorStore;
  readonly oneTimeCodes: OneTimeCodes;
}

/** What somebody showed, for the record. */
export type ShownFactor = 'code' | 'recovery code';

/**
 * A code of the user's app, or one of their recovery codes. Whichever it is works once: the database decides,
 * also between nodes. Counting guesses is the caller's task.
 */
export async function checkSecondFactor(
  userId: UserId,
  typed: string,
  context: SecondFactorContext,
): Promise<ShownFactor | undefined> {
  const recoveryCode = parseRecoveryCode(typed);
  if (recoveryCode !== undefined) {
    const now = context.essentials.clock.now(context.environmentId);
    const digest = recoveryDigest(userId, recoveryCode);
    return (await context.secondFactors.useRecoveryCode(userId, digest, now)) ? 'recovery code' : undefined;
  }
  const factor = await context.secondFactors.find(userId);
  return factor !== undefined && (await useCode(factor, typed, context)) ? 'code' : undefined;
}

async function useCode(factor: SecondFactor, typed: string, context: SecondFactorContext): Promise<boolean> {
  const { environmentId, essentials, secondFactors, oneTimeCodes } = context;
  const { userId, seed } = factor;
  const code = parseCode(typed);
  const opened = openSeed(seed, { environmentId, userId }, essentials);
  if (code === undefined || opened === undefined) return false;
  const step = oneTimeCodes.stepOf(opened, code, essentials.clock.now(environmentId));
  if (step === undefined || !(await secondFactors.useStep(userId, step))) return false;
  // Once its key doesn't sign any more: so keys can be retired after the people came by.
  if (seed.keyId !== essentials.keyRing.signing.id) {
    await secondFactors.reseal(userId, seed, sealSeed(opened, { environmentId, userId }, essentials));
  }
  return true;
}

/** Apps show the six digits in two groups; people type them as they see them. */
export function parseCode(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '');
  return /^[0-9]{6}$/.test(code) ? code : undefined;
}
