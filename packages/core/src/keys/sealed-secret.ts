import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Essentials } from '../essentials.js';
import type { KeyPurpose, KeyRing } from './key-ring.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret that must be read back, for somebody else asks for it: as a row has it. */
export interface SealedSecret {
  /** Of the key of the ring that it was sealed with: a ring that goes on having it can read it. */
  readonly keyId: string;
  /** Nonce, ciphertext, tag. */
  readonly bytes: Uint8Array;
}

/** What a secret is for and whose it is: sealed for one row, it opens in no other. */
export interface SealUse {
  readonly purpose: Extract<KeyPurpose, 'identity-provider-secret'>;
  readonly owner: string;
}

/** AES-256-GCM with the signing key of the ring. A secret is sealed far less often than 2^32 times. */
export function sealSecret(
  text: string,
  { purpose, owner }: SealUse,
  { keyRing, random }: Pick<Essentials, 'keyRing' | 'random'>,
): SealedSecret {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyRing.signing.derived(purpose), nonce);
  cipher.setAAD(Buffer.from(owner));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    keyId: keyRing.signing.id,
    bytes: Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]),
  };
}

/** Undefined when the ring lacks the key, or the bytes were sealed for something else, or were changed. */
export function openSecret(
  { keyId, bytes }: SealedSecret,
  { purpose, owner }: SealUse,
  keyRing: KeyRing,
): string | undefined {
  const key = keyRing.find(keyId)?.derived(purpose);
  if (key === undefined || bytes.byteLength < NONCE_BYTES + TAG_BYTES) return undefined;
  const tagAt = bytes.byteLength - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(tagAt));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, tagAt));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // The tag doesn't fit: node:crypto has no other way to say so.
    return undefined;
  }
}
