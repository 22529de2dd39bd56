import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { Random } from '../essentials.js';
import { HmacSha256 } from './hmac-sha256.js';

const MAC_PURPOSES = [
  'refresh-tag',
  'refresh-successor',
  'session-successor',
  'form-token',
  'known-device',
  'identity-provider-test',
  'list-cursor',
  'audit-seal',
  'audit-head',
  'provider-sign-out-ticket',
  'provider-sign-out-request',
] as const;
/** What must be read back. */
const SEAL_PURPOSES = [
  'second-factor-seed',
  'second-factor-setup',
  'identity-provider-secret',
  'provider-session',
] as const;

/** Each use has a key of its own (HKDF, RFC 5869), so that a MAC made for one purpose proves nothing for another. */
export type KeyPurpose = MacPurpose | SealPurpose;
type MacPurpose = (typeof MAC_PURPOSES)[number];
export type SealPurpose = (typeof SEAL_PURPOSES)[number];

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MINIMUM_KEY_BYTES = 32;

interface Sealing {
  readonly random: Random;
  /** What the secret belongs to. Parts must have fixed lengths, or their borders could be moved. */
  readonly boundTo: Uint8Array;
}

export class RingKey {
  /** Names the key in rows; derived from the key, tells nothing about it. */
  readonly id: string;
  readonly #macs: ReadonlyMap<MacPurpose, HmacSha256>;
  readonly #seals: ReadonlyMap<SealPurpose, KeyObject>;

  constructor(secret: Uint8Array) {
    if (secret.byteLength < MINIMUM_KEY_BYTES) {
      throw new RangeError(`A secret key must have at least ${MINIMUM_KEY_BYTES} bytes.`);
    }
    const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'fluxo', info, 32));
    this.id = createHash('sha256').update(derive('key-id')).digest('hex').slice(0, 16);
    this.#macs = new Map(MAC_PURPOSES.map((purpose) => [purpose, new HmacSha256(derive(purpose))]));
    this.#seals = new Map(SEAL_PURPOSES.map((purpose) => [purpose, createSecretKey(derive(purpose))]));
  }

  /** HMAC-SHA-256 of the parts, in order. Parts must have fixed lengths, or their borders could be moved. */
  mac(purpose: MacPurpose, ...parts: readonly Uint8Array[]): Buffer {
    return required(this.#macs.get(purpose), purpose).digest(parts);
  }

  /**
   * AES-256-GCM: nonce, ciphertext, tag. The same `boundTo` is needed to open it, so that what was sealed for one
   * row is worth nothing in another. Random nonces are good for 2³² secrets under one key (NIST SP 800-38D §8.3).
   */
  seal(purpose: SealPurpose, secret: Uint8Array, { random, boundTo }: Sealing): Buffer {
    const nonce = random.bytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, required(this.#seals.get(purpose), purpose), nonce).setAAD(boundTo);
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** Undefined for whatever this key did not seal for that purpose and that place. */
  open(purpose: SealPurpose, sealed: Uint8Array, boundTo: Uint8Array): Buffer | undefined {
    if (sealed.byteLength < NONCE_BYTES + TAG_BYTES) return undefined;
    const tagAt = sealed.byteLength - TAG_BYTES;
    const key = required(this.#seals.get(purpose), purpose);
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(boundTo).setAuthTag(sealed.subarray(tagAt));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
    } catch {
      return undefined;
    }
  }
}

function required<K>(key: K | undefined, purpose: KeyPurpose): K {
  if (key === undefined) throw new Error(`No key was derived for ${purpose}.`);
  return key;
}

/** The installation's secret keys: the first signs, all verify, so that keys can be changed without ending anything. */
export class KeyRing {
  readonly signing: RingKey;
  readonly all: readonly RingKey[];

  constructor(secrets: readonly Uint8Array[]) {
    this.all = secrets.map((secret) => new RingKey(secret));
    const [first] = this.all;
    if (first === undefined) throw new RangeError('At least one secret key is needed.');
    this.signing = first;
  }

  find(keyId: string): RingKey | undefined {
    return this.all.find((key) => key.id === keyId);
  }
}
