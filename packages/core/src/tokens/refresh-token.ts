import { timingSafeEqual } from 'node:crypto';
import { idFromBytes, idToBytes, type GrantId, type SessionId } from '../ids.js';
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
}

/**
 * Prefix + base62(grant id ‖ generation ‖ secret ‖ tag). The tag is a MAC under the key ring: an older
 * generation with a valid tag is proof of reuse without a row for each token, and nobody can have a
 * grant revoked by guessing.
 */
export function formatRefreshToken(token: RefreshToken, key: RingKey): string {
  const signed = signedPart(token);
  return PREFIX + encodeBase62(Buffer.concat([signed, tagOf(signed, key)]));
}

/** Undefined unless one of the ring's keys made the tag. */
export function parseRefreshToken(text: string, keyRing: KeyRing): RefreshToken | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const bytes = decodeBase62(text.slice(PREFIX.length));
  if (bytes?.length !== SIGNED_BYTES + TAG_BYTES) return undefined;
  const signed = bytes.subarray(0, SIGNED_BYTES);
  const tag = bytes.subarray(SIGNED_BYTES);
  if (!keyRing.all.some((key) => timingSafeEqual(tagOf(signed, key), tag))) return undefined;
  return {
    grantId: idFromBytes<GrantId>(signed.subarray(0, ID_BYTES)),
    generation: signed.readUInt32BE(ID_BYTES),
    secret: signed.subarray(ID_BYTES + GENERATION_BYTES),
  };
}

/**
 * The successor's secret follows from the presented secret and a key that the database doesn't have:
 * a repeat is answered identically by any node, from nothing that could be stolen.
 */
export function successorOf(token: RefreshToken, key: RingKey): RefreshToken {
  const secret = key.mac('refresh-successor', signedPart(token)).subarray(0, SECRET_BYTES);
  return { grantId: token.grantId, generation: token.generation + 1, secret };
}

/** The secret of the session that comes with the successor; the session's id makes each one differ. */
export function successorSessionSecret(token: RefreshToken, sessionId: SessionId, key: RingKey): Buffer {
  return key.mac('session-successor', signedPart(token), idToBytes(sessionId)).subarray(0, SECRET_BYTES);
}

function signedPart({ grantId, generation, secret }: RefreshToken): Buffer {
  const signed = Buffer.alloc(SIGNED_BYTES);
  signed.write(grantId, 0, 'hex');
  signed.writeUInt32BE(generation, ID_BYTES);
  signed.set(secret, ID_BYTES + GENERATION_BYTES);
  return signed;
}

function tagOf(signed: Uint8Array, key: RingKey): Buffer {
  return key.mac('refresh-tag', signed).subarray(0, TAG_BYTES);
}
