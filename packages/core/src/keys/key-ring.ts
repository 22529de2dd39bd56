import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Each use has a key of its own (HKDF, RFC 5869), so that a MAC made for one purpose proves nothing for another. */
export type KeyPurpose =
  | 'refresh-tag'
  | 'refresh-successor'
  | 'session-successor'
  | 'form-token'
  | 'identity-provider-secret'
  | 'identity-provider-test';

const PURPOSES: readonly KeyPurpose[] = [
  'refresh-tag',
  'refresh-successor',
  'session-successor',
  'form-token',
  'identity-provider-secret',
  'identity-provider-test',
];
const MINIMUM_KEY_BYTES = 32;

export class RingKey {
  /** Names the key in rows; derived from the key, tells nothing about it. */
  readonly id: string;
  readonly #derived: ReadonlyMap<KeyPurpose, KeyObject>;

  constructor(secret: Uint8Array) {
    if (secret.byteLength < MINIMUM_KEY_BYTES) {
      throw new RangeError(`A secret key must have at least ${MINIMUM_KEY_BYTES} bytes.`);
    }
    const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'fluxo', info, 32));
    this.id = createHash('sha256').update(derive('key-id')).digest('hex').slice(0, 16);
    this.#derived = new Map(PURPOSES.map((purpose) => [purpose, createSecretKey(derive(purpose))]));
  }

  /** HMAC-SHA-256 of the parts, in order. Parts must have fixed lengths, or their borders could be moved. */
  mac(purpose: KeyPurpose, ...parts: readonly Uint8Array[]): Buffer {
    const mac = createHmac('sha256', this.derived(purpose));
    for (const part of parts) mac.update(part);
    return mac.digest();
  }

  /** The key of one purpose: for a MAC or for a cipher, never for both. */
  derived(purpose: KeyPurpose): KeyObject {
    const key = this.#derived.get(purpose);
    if (key === undefined) throw new Error(`No key was derived for ${purpose}.`);
    return key;
  }
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
