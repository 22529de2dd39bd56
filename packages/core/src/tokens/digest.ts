import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../keys/sha256.js';

/** SHA-256: enough for secrets of 192 random bits and more, which nobody can guess; passwords never come here. */
export function digestOf(secret: Uint8Array | string): Buffer {
  return sha256(secret);
}

/** Compares in constant time, so that the time an answer takes tells nothing about a stored digest. */
export function equalDigests(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
