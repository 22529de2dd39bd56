import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256: enough for secrets of 192 random bits and more, which nobody can guess; passwords never come here. */
export function digestOf(secret: Uint8Array | string): Buffer {
  // As text, for Node makes a buffer from outside of its pool for each digest otherwise: twice as long, and to be collected.
  return Buffer.from(hash('sha256', secret, 'binary'), 'latin1');
}

/** Compares in constant time, so that the time an answer takes tells nothing about a stored digest. */
export function equalDigests(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
