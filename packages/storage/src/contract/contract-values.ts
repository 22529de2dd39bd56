import { digestOf, systemRandom } from '@fluxo/core';

export const CALLBACK = 'https://app.example.com/callback';
export const KEY_ID = '0123456789abcdef';
export const SECOND_MS = 1000;
export const HOUR_MS = 3_600_000;

/** A digest that nothing else has; what it is a digest of does not matter to a storage. */
export function someDigest(): Buffer {
  return digestOf(systemRandom.bytes(24));
}
