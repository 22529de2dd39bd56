import { SEED_BYTES } from './one-time-codes.js';
import { parseCode, type SecondFactorContext } from './check-second-factor.js';
import { mintRecoveryCodes } from './recovery-codes.js';
import { openSetup, sealSeed, sealSetup } from './seal-seed.js';
import type { UserId } from '../ids.js';

/** What a person brings into their app. */
export interface SetupOffer {
  /** Comes back with the form that confirms it. */
  readonly setup: string;
  readonly secret: string;
  readonly uri: string;
}

export interface SetupAccount {
  readonly userId: UserId;
  readonly username: string;
  /** Whose account it is in the app's list: the organization. */
  readonly issuer: string;
}

export function offerSetup(account: SetupAccount, context: SecondFactorContext): SetupOffer {
  return offer(Buffer.from(context.essentials.random.bytes(SEED_BYTES)), account, context);
}

/** The same seed once more, after a slip: nobody has to scan again. A new one when it is too old. */
export function offerSetupAgain(
  setup: string,
  account: SetupAccount,
  context: SecondFactorContext,
): SetupOffer {
  const seed = openSetup(setup, ownerOf(account, context), nowAndKeys(context));
  return seed === undefined ? offerSetup(account, context) : offer(seed, account, context);
}

function offer(seed: Buffer, account: SetupAccount, context: SecondFactorContext): SetupOffer {
  return {
    setup: sealSetup(seed, ownerOf(account, context), nowAndKeys(context)),
    secret: context.oneTimeCodes.textOf(seed),
    uri: context.oneTimeCodes.uriOf(seed, account),
  };
}

export type SetupOutcome =
  | { readonly kind: 'added'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'wrong-code' }
  /** The page is too old, or belongs to somebody else. */
  | { readonly kind: 'setup-gone' }
  /** There is one already. */
  | { readonly kind: 'refused' };

/** One code shows that the app has the seed; from then on the user has a second factor. */
export async function confirmSetup(
  { userId, setup, typed }: { readonly userId: UserId; readonly setup: string; readonly typed: string },
  context: SecondFactorContext,
): Promise<SetupOutcome> {
  const { essentials, environmentId, oneTimeCodes } = context;
  const owner = { userId, environmentId };
  const now = essentials.clock.now(environmentId);
  const seed = openSetup(setup, owner, nowAndKeys(context));
  if (seed === undefined) return { kind: 'setup-gone' };
  const usedStep = oneTimeCodes.stepOf(seed, parseCode(typed) ?? '', now);
  if (usedStep === undefined) return { kind: 'wrong-code' };
  const codes = mintRecoveryCodes(userId, essentials.random);
  const outcome = await context.secondFactors.add({
    ...{ userId, usedStep, now, recoveryDigests: codes.digests },
    seed: sealSeed(seed, owner, essentials),
  });
  return outcome === 'added' ? { kind: 'added', recoveryCodes: codes.texts } : { kind: 'refused' };
}

const ownerOf = ({ userId }: SetupAccount, { environmentId }: SecondFactorContext) => ({
  userId,
  environmentId,
});

function nowAndKeys({ essentials, environmentId }: SecondFactorContext) {
  const { keyRing, random, clock } = essentials;
  return { keyRing, random, now: clock.now(environmentId) };
}
