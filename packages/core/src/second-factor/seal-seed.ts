import type { Essentials } from '../essentials.js';
import { idToBytes, type EnvironmentId, type UserId } from '../ids.js';
import { openSecret, sealSecret, type SealedSecret, type SealUse } from '../keys/sealed-secret.js';
import { SEED_BYTES } from './one-time-codes.js';

/** Whose seed it is: a sealed seed in another user's row opens to nothing. */
export interface SeedOwner {
  readonly environmentId: EnvironmentId;
  readonly userId: UserId;
}

type Keys = Pick<Essentials, 'keyRing' | 'random'>;

/** How long somebody may take to bring a seed into their app. */
const SETUP_LIFETIME_MS = 15 * 60_000;
const SETUP_TOKEN = /^[0-9a-f]{16}(?:[0-9a-f]{2})+$/;
const KEY_ID_CHARACTERS = 16;
const TIME_BYTES = 6;

const useOf = (purpose: SealUse['purpose'], { environmentId, userId }: SeedOwner): SealUse => ({
  purpose,
  owner: Buffer.concat([idToBytes(environmentId), idToBytes(userId)]),
});

export function sealSeed(seed: Uint8Array, owner: SeedOwner, keys: Keys): SealedSecret {
  return sealSecret(seed, useOf('second-factor-seed', owner), keys);
}

/** Undefined when its key was retired: then only a recovery code helps, or an administrator. */
export function openSeed(
  sealed: SealedSecret,
  owner: SeedOwner,
  { keyRing }: Pick<Keys, 'keyRing'>,
): Buffer | undefined {
  return openSecret(sealed, useOf('second-factor-seed', owner), keyRing);
}

/**
 * A seed that isn't anybody's yet travels in the form that confirms it: the page shows it anyway, and the server
 * has nothing to keep or to clear away. Sealed, so that a form can't bring a seed of somebody else's choice.
 */
export function sealSetup(seed: Uint8Array, owner: SeedOwner, { now, ...keys }: Keys & Now): string {
  const expiry = Buffer.alloc(TIME_BYTES);
  expiry.writeUIntBE(now + SETUP_LIFETIME_MS, 0, TIME_BYTES);
  const sealed = sealSecret(Buffer.concat([expiry, seed]), useOf('second-factor-setup', owner), keys);
  return sealed.keyId + Buffer.from(sealed.bytes).toString('hex');
}

/** Undefined for a setup that is too old, of another user, or not ours. */
export function openSetup(
  token: string,
  owner: SeedOwner,
  { keyRing, now }: Pick<Keys, 'keyRing'> & Now,
): Buffer | undefined {
  if (!SETUP_TOKEN.test(token)) return undefined;
  const keyId = token.slice(0, KEY_ID_CHARACTERS);
  const bytes = Buffer.from(token.slice(KEY_ID_CHARACTERS), 'hex');
  const opened = openSecret({ keyId, bytes }, useOf('second-factor-setup', owner), keyRing);
  if (opened?.length !== TIME_BYTES + SEED_BYTES) return undefined;
  return opened.readUIntBE(0, TIME_BYTES) > now ? opened.subarray(TIME_BYTES) : undefined;
}

interface Now {
  readonly now: number;
}
