import type { Essentials } from '../essentials.js';
import type { KeyRing, SealPurpose } from './key-ring.js';

/** A secret that must be read back, for somebody else asks for it: as a row has it. */
export interface SealedSecret {
  /** Of the key of the ring that it was sealed with: a ring that goes on having it can read it. */
  readonly keyId: string;
  /** Nonce, ciphertext, tag. */
  readonly bytes: Uint8Array;
}

/** What a secret is for and whose it is: sealed for one row, it opens in no other. */
export interface SealUse {
  readonly purpose: SealPurpose;
  /** Parts must have fixed lengths, or their borders could be moved. */
  readonly owner: Uint8Array;
}

/** With the signing key of the ring. */
export function sealSecret(
  secret: Uint8Array,
  { purpose, owner }: SealUse,
  { keyRing, random }: Pick<Essentials, 'keyRing' | 'random'>,
): SealedSecret {
  const { signing } = keyRing;
  return { keyId: signing.id, bytes: signing.seal(purpose, secret, { random, boundTo: owner }) };
}

/** Undefined when the ring lacks the key, or the bytes were sealed for something else, or were changed. */
export function openSecret(
  { keyId, bytes }: SealedSecret,
  { purpose, owner }: SealUse,
  keyRing: KeyRing,
): Buffer | undefined {
  return keyRing.find(keyId)?.open(purpose, bytes, owner);
}
