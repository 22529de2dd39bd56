import { createHmac } from 'node:crypto';
import { sha256, writeSha256 } from './sha256.js';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Tokens, identifiers, a time: what is longer is rare, and goes to Node's own. */
const SHORT_MESSAGE_BYTES = 192;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/**
 * HMAC-SHA-256 (RFC 2104, FIPS 198-1) under one key, for many short messages: H(K ⊕ opad ‖ H(K ⊕ ipad ‖ message)), the
 * digests by Node. `createHmac` makes an object for each message, and what that takes in all is three times as long.
 */
export class HmacSha256 {
  readonly #key: Uint8Array;
  /** The padded key, and room for the message. One message at a time: nothing here waits. */
  readonly #inner: Buffer;
  readonly #outer: Buffer;
  /** Of the inner bytes, by their length. */
  readonly #views: (Uint8Array | undefined)[] = [];

  /** @param key 64 bytes at most */
  constructor(key: Uint8Array) {
    if (key.byteLength > BLOCK_BYTES) throw new RangeError(`A key must have at most ${BLOCK_BYTES} bytes.`);
    this.#key = Uint8Array.from(key);
    this.#inner = padded(key, INNER_PAD, SHORT_MESSAGE_BYTES);
    this.#outer = padded(key, OUTER_PAD, DIGEST_BYTES);
  }

  /** Of the parts, one after the other. */
  digest(parts: readonly Uint8Array[]): Buffer {
    let end = BLOCK_BYTES;
    for (const part of parts) {
      if (end + part.byteLength > this.#inner.byteLength) return this.#digestLong(parts);
      this.#inner.set(part, end);
      end += part.byteLength;
    }
    writeSha256(this.#innerUntil(end), this.#outer, BLOCK_BYTES);
    return sha256(this.#outer);
  }

  /** Messages have few lengths: to make a view takes longer than to look for one. */
  #innerUntil(end: number): Uint8Array {
    return (this.#views[end] ??= this.#inner.subarray(0, end));
  }

  #digestLong(parts: readonly Uint8Array[]): Buffer {
    const mac = createHmac('sha256', this.#key);
    for (const part of parts) mac.update(part);
    return mac.digest();
  }
}

function padded(key: Uint8Array, pad: number, room: number): Buffer {
  const bytes = Buffer.alloc(BLOCK_BYTES + room);
  bytes.fill(pad, 0, BLOCK_BYTES);
  for (const [index, byte] of key.entries()) bytes.writeUInt8(byte ^ pad, index);
  return bytes;
}
