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

const PATTERN = /^[0-9a-f]{32}$/;

/** The text as an identifier, or undefined when it can't be one. */
export function parseId<I extends AnyId>(text: string): I | undefined {
  return PATTERN.test(text) ? (text as I) : undefined;
}

export function idFromBytes<I extends AnyId>(bytes: Uint8Array): I {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex') as I;
}

export function idToBytes(id: AnyId): Buffer {
  return Buffer.from(id, 'hex');
}
