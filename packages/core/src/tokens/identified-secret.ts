import type { Random } from '../essentials.js';
import {
  idFromBytes,
  writeId,
  type FlowId,
  type GrantId,
  type OperatorKeyId,
  type SessionId,
  type UserId,
} from '../ids.js';
import { decodeBase62, encodeBase62 } from './base62.js';
import { digestOf } from './digest.js';

export const SECRET_BYTES = 24;
const ID_BYTES = 16;

/** The first letters tell a person (and a secret scanner) what they have found. */
const PREFIXES = {
  ...{ code: 'fxc', session: 'fxs', flow: 'fxf' },
  ...{ 'provider-state': 'fxi', 'password-link': 'fxp', 'operator-key': 'fxo' },
} as const;
interface IdOf {
  code: GrantId;
  session: SessionId;
  flow: FlowId;
  /** What comes back from an identity provider; names the flow that sent the person there. */
  'provider-state': FlowId;
  /** Each user has one link at most. */
  'password-link': UserId;
  'operator-key': OperatorKeyId;
}
type Kind = keyof IdOf;

/** What a presented value says: which row it names, and the digest that the row must have. */
export interface IdentifiedDigest<I> {
  readonly id: I;
  readonly digest: Buffer;
}

/** An identifier and 192 random bits behind one prefix: the row is found by the first, proven by the second. */
export function formatIdentifiedSecret<K extends Kind>(kind: K, id: IdOf[K], secret: Uint8Array): string {
  const bytes = Buffer.allocUnsafe(ID_BYTES + secret.byteLength);
  writeId(id, bytes, 0);
  bytes.set(secret, ID_BYTES);
  return encodeBase62(bytes, PREFIXES[kind]);
}

/** Undefined for whatever this server can't have issued as that kind. */
export function parseIdentifiedSecret<K extends Kind>(
  kind: K,
  text: string,
): IdentifiedDigest<IdOf[K]> | undefined {
  const prefix = PREFIXES[kind];
  if (!text.startsWith(prefix)) return undefined;
  const bytes = decodeBase62(text, prefix.length);
  if (bytes?.length !== ID_BYTES + SECRET_BYTES) return undefined;
  return { id: idFromBytes(bytes), digest: digestOf(bytes.subarray(ID_BYTES)) };
}

/** A new value to hand out, and the digest to keep. */
export function mintIdentifiedSecret<K extends Kind>(kind: K, id: IdOf[K], random: Random): MintedSecret {
  const secret = random.bytes(SECRET_BYTES);
  return { text: formatIdentifiedSecret(kind, id, secret), digest: digestOf(secret) };
}

export interface MintedSecret {
  /** Handed out once, never stored. */
  readonly text: string;
  /** SHA-256, stored. */
  readonly digest: Buffer;
}
