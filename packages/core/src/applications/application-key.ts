import { createPublicKey } from 'node:crypto';
import type { ApplicationKeyId, UserId } from '../ids.js';

/** What a key is for; an RSA key serves PS256 as well. */
export type KeyAlgorithm = 'RS256' | 'ES256' | 'EdDSA';

/** The public half of a pair that an application signs with. */
export interface PublicKey {
  readonly algorithm: KeyAlgorithm;
  /** SubjectPublicKeyInfo in DER (RFC 5280 §4.1.2.7). */
  readonly spki: Uint8Array;
  /** SHA-256 of the above in hex: what `openssl pkey -pubin -outform DER | sha256sum` says. */
  readonly fingerprint: string;
}

/** A `machine` application that has it acts for the user who registered it, and for nobody else. */
export interface ApplicationKey extends PublicKey {
  readonly id: ApplicationKeyId;
  readonly registeredBy: UserId;
  readonly note: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** The tombstone's time; null while the key is good. */
  readonly deletedAt: number | null;
}

export function publicKeyPem({ spki }: Pick<PublicKey, 'spki'>): string {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return key.export({ format: 'pem', type: 'spki' }).toString();
}
