import type { Random } from '../essentials.js';
import { encodeBase62 } from './base62.js';
import { digestOf } from './digest.js';
import type { MintedSecret } from './identified-secret.js';

const PREFIX = 'fxk';
const SECRET_BYTES = 30;

export interface MintedApplicationSecret extends MintedSecret {
  /** Kept in clear, also after deletion, so that an administrator can be told which one a client still sends. */
  readonly lastCharacters: string;
}

export function mintApplicationSecret(random: Random): MintedApplicationSecret {
  const text = encodeBase62(Buffer.from(random.bytes(SECRET_BYTES)), PREFIX);
  return { text, digest: digestOf(text), lastCharacters: lastCharactersOf(text) };
}

export function lastCharactersOf(secret: string): string {
  return secret.slice(-2);
}
