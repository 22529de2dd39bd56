declare const name: unique symbol;

/** An identifier of one kind of thing can't be passed for another's. All are 32 lower-case hex characters. */
type Id<Name extends string> = string & { readonly [name]: Name };

export type EnvironmentId = Id<'environment'>;
/** The OAuth `client_id` (RFC 6749 §2.2). */
export type ClientId = Id<'application'>;
/** What the wire calls `wid`: the user's stable opaque identifier inside the environment. */
export type UserId = Id<'user'>;
export type GrantId = Id<'grant'>;
export type SessionId = Id<'session'>;
export type ConsentId = Id<'consent'>;
export type FlowId = Id<'flow'>;
export type SecretId = Id<'secret'>;
export type ApplicationKeyId = Id<'application-key'>;
export type AuditEventId = Id<'audit-event'>;
export type IdentityProviderId = Id<'identity-provider'>;
export type OperatorKeyId = Id<'operator-key'>;

type AnyId =
  | EnvironmentId
  | ClientId
  | UserId
  | GrantId
  | SessionId
  | ConsentId
  | FlowId
  | SecretId
  | ApplicationKeyId
  | AuditEventId
  | IdentityProviderId
  | OperatorKeyId;

const ID_BYTES = 16;
const DIGIT_0 = '0'.charCodeAt(0);
const LETTER_A = 'a'.charCodeAt(0);
const PATTERN = /^[0-9a-f]{32}$/;

/** The text as an identifier, or undefined when it can't be one. */
export function parseId<I extends AnyId>(text: string): I | undefined {
  return PATTERN.test(text) ? (text as I) : undefined;
}

/** Of the first 16 bytes. */
export function idFromBytes<I extends AnyId>(bytes: Buffer): I {
  return bytes.toString('hex', 0, ID_BYTES) as I;
}

export function idToBytes(id: AnyId): Buffer {
  const bytes = Buffer.allocUnsafe(ID_BYTES);
  writeId(id, bytes, 0);
  return bytes;
}

/** Read here: Node's own reading of so short a text takes twice as long. */
export function writeId(id: AnyId, bytes: Uint8Array, at: number): void {
  for (let index = 0; index < ID_BYTES; index += 1) {
    bytes[at + index] = (digitAt(id, 2 * index) << 4) | digitAt(id, 2 * index + 1);
  }
}

function digitAt(id: AnyId, index: number): number {
  const code = id.charCodeAt(index);
  return code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10;
}
