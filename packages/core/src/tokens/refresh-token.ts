import { timingSafeEqual } from 'node:crypto';
import { idFromBytes, idToBytes, writeId, type GrantId, type SessionId } from '../ids.js';
import type { KeyRing, RingKey } from '../keys/key-ring.js';
import { decodeBase62, encodeBase62 } from './base62.js';
import { SECRET_BYTES } from './identified-secret.js';

const PREFIX = 'fxr';
const ID_BYTES = 16;
const GENERATION_BYTES = 4;
const TAG_BYTES = 16;
const SIGNED_BYTES = ID_BYTES + GENERATION_BYTES + SECRET_BYTES;

export interface RefreshToken {
  readonly grantId: GrantId;
  /** 1 for the token that came with the code; one more after each rotation. */
  readonly generation: number;
  readonly secret: Buffer;
  /** Grant id ‖ generation ‖ secret: what the tag and the successor are made from. */
  readonly signed: Buffer;
}

/** @param generation 1 for a grant's first */
export function refreshTokenOf(grantId: GrantId, generation: number, secret: Uint8Array): RefreshToken {
  const signed = Buffer.allocUnsafe(SIGNED_BYTES);
  writeId(grantId, signed, 0);
  signed.writeUInt32BE(generation, ID_BYTES);
  signed.set(secret, ID_BYTES + GENERATION_BYTES);
  return { grantId, generation, secret: signed.subarray(ID_BYTES + GENERATION_BYTES), signed };
}

/**
 * Prefix + base62(grant id ‖ generation ‖ secret ‖ tag). The tag is a MAC under the key ring: an older
 * generation with a valid tag is proof of reuse without a row for each token, and nobody can have a
 * grant revoked by guessing.
 */
export function formatRefreshToken({ signed }: RefreshToken, key: RingKey): string {
  const bytes = Buffer.allocUnsafe(SIGNED_BYTES + TAG_BYTES);
  bytes.set(signed);
  bytes.set(tagOf(signed, key), SIGNED_BYTES);
  return encodeBase62(bytes, PREFIX);
}

/** Undefined unless one of the ring's keys made the tag. */
export function parseRefreshToken(text: string, keyRing: KeyRing): RefreshToken | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const bytes = decodeBase62(text, PREFIX.length);
  if (bytes?.length !== SIGNED_BYTES + TAG_BYTES) return undefined;
  const signed = bytes.subarray(0, SIGNED_BYTES);
  const tag = bytes.subarray(SIGNED_BYTES);
  if (!keyRing.all.some((key) => timingSafeEqual(tagOf(signed, key), tag))) return undefined;
  return {
    grantId: idFromBytes<GrantId>(signed),
    generation: signed.readUInt32BE(ID_BYTES),
    secret: signed.subarray(ID_BYTES + GENERATION_BYTES),
    signed,
  };
}

/**
 * The successor's secret follows from the presented secret and a key that the database doesn't have:
 * a repeat is answered identically by any node, from nothing that could be stolen.
 */
export function successorOf({ grantId, generation, signed }: RefreshToken, key: RingKey): RefreshToken {
  const secret = key.mac('refresh-successor', signed).subarray(0, SECRET_BYTES);
  return refreshTokenOf(grantId, generation + 1, secret);
}

/** The secret of the session that comes with the successor; the session's id makes each one differ. */
export function successorSessionSecret({ signed }: RefreshToken, sessionId: SessionId, key: RingKey): Buffer {
  return key.mac('session-successor', signed, idToBytes(sessionId)).subarray(0, SECRET_BYTES);
}

function tagOf(signed: Uint8Array, key: RingKey): Buffer {
  return key.mac('refresh-tag', signed).subarray(0, TAG_BYTES);
}
