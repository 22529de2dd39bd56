import type { Random } from '../essentials.js';
import { idToBytes, type UserId } from '../ids.js';
import { digestOf } from '../tokens/digest.js';

const CODES = 10;
const CHARACTERS = 16;
/** Without i, l, o and u: nobody has to guess what was printed. 32 of them: five bits each, 80 a code. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE = /^[0-9a-hjkmnp-tv-z]{16}$/;

export interface RecoveryCodes {
  /** Shown once, never stored: `k3mq-90ab-…`. */
  readonly texts: readonly string[];
  /** 80 random bits can't be found again from their digest, so it needs no key. */
  readonly digests: readonly Buffer[];
}

export function mintRecoveryCodes(userId: UserId, random: Random): RecoveryCodes {
  const codes = Array.from({ length: CODES }, () => mintOne(random));
  return {
    texts: codes.map((code) => code.replace(/.{4}(?=.)/g, '$&-')),
    digests: codes.map((code) => recoveryDigest(userId, code)),
  };
}

function mintOne(random: Random): string {
  return Array.from(random.bytes(CHARACTERS), (byte) => ALPHABET.charAt(byte & 31)).join('');
}

/** What a person typed, if it can be a recovery code: in any case, with or without hyphens and spaces. */
export function parseRecoveryCode(text: string): string | undefined {
  const code = text.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return CODE.test(code) ? code : undefined;
}

/** Bound to its user: the same digest in another user's row opens nothing. */
export function recoveryDigest(userId: UserId, code: string): Buffer {
  return digestOf(Buffer.concat([idToBytes(userId), Buffer.from(code, 'latin1')]));
}
