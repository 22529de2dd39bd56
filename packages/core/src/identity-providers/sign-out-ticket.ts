import type { EnvironmentId, SessionId } from '../ids.js';
import { idFromBytes, idToBytes } from '../ids.js';
import type { KeyRing, RingKey } from '../keys/key-ring.js';
import { decodeBase62, encodeBase62 } from '../tokens/base62.js';
import { equalDigests } from '../tokens/digest.js';

/** Whoever signed out decides soon whether to sign out at their company, too. */
const LIFETIME_MS = 15 * 60_000;
const ID_BYTES = 16;
const TIME_BYTES = 6;
const MAC_BYTES = 23;
const LENGTH = ID_BYTES + TIME_BYTES + MAC_BYTES;

/** Offered on the page after a sign-out, or answered: it comes back from the provider as the state. */
export type TicketUse = 'offered' | 'answered';

const USE_BYTE: Readonly<Record<TicketUse, number>> = { offered: 1, answered: 2 };

interface TicketPlace {
  readonly use: TicketUse;
  readonly environmentId: EnvironmentId;
  /** Good in the browser that signed out, and in no other. */
  readonly browserDigest: Uint8Array;
  readonly now: number;
}

/** Names a session that has ended. Letters and digits alone, and less than a relay state's 80 bytes. It opens nothing. */
export function mintSignOutTicket(sessionId: SessionId, place: TicketPlace, keyRing: KeyRing): string {
  const expiry = Buffer.alloc(TIME_BYTES);
  expiry.writeUIntBE(place.now + LIFETIME_MS, 0, TIME_BYTES);
  const said = Buffer.concat([idToBytes(sessionId), expiry]);
  return encodeBase62(Buffer.concat([said, macOf(said, place, keyRing.signing)]));
}

/** Undefined when it isn't ours, for another use, environment or browser, or over. */
export function readSignOutTicket(
  ticket: string,
  place: TicketPlace,
  keyRing: KeyRing,
): SessionId | undefined {
  const bytes = decodeBase62(ticket);
  if (bytes?.length !== LENGTH) return undefined;
  const said = bytes.subarray(0, ID_BYTES + TIME_BYTES);
  const mac = bytes.subarray(ID_BYTES + TIME_BYTES);
  if (!keyRing.all.some((key) => equalDigests(macOf(said, place, key), mac))) return undefined;
  if (said.readUIntBE(ID_BYTES, TIME_BYTES) <= place.now) return undefined;
  return idFromBytes<SessionId>(said.subarray(0, ID_BYTES));
}

function macOf(said: Uint8Array, { use, environmentId, browserDigest }: TicketPlace, key: RingKey): Buffer {
  const where = Buffer.concat([Buffer.from([USE_BYTE[use]]), idToBytes(environmentId)]);
  return key.mac('provider-sign-out-ticket', where, said, browserDigest).subarray(0, MAC_BYTES);
}

/** The name of the request that has this state. Nobody else can make one, so nothing has to be remembered. */
export function signOutRequestId(state: string, keyRing: KeyRing): string {
  return requestIdOf(state, keyRing.signing);
}

/** Whether it is the name of the request that had this state. */
export function isSignOutRequestId(requestId: string, state: string, keyRing: KeyRing): boolean {
  const presented = Buffer.from(requestId);
  return keyRing.all.some((key) => equalDigests(Buffer.from(requestIdOf(state, key)), presented));
}

function requestIdOf(state: string, key: RingKey): string {
  return `_${key.mac('provider-sign-out-request', Buffer.from(state)).toString('hex')}`;
}
