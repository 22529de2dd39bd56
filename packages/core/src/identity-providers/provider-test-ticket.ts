import type { EnvironmentId, IdentityProviderId } from '../ids.js';
import { idFromBytes, idToBytes } from '../ids.js';
import type { KeyRing } from '../keys/key-ring.js';
import { equalDigests } from '../tokens/digest.js';

const TICKET_LIFETIME_MS = 15 * 60_000;
const FORM = /^[0-9a-f]{108}$/;
const ID_BYTES = 16;
const TIME_BYTES = 6;

/** Lets whoever has its link try a provider, enabled or not, for a quarter of an hour. It signs nobody in. */
export function mintTestTicket(
  environmentId: EnvironmentId,
  providerId: IdentityProviderId,
  { keyRing, now }: { readonly keyRing: KeyRing; readonly now: number },
): string {
  const expiry = Buffer.alloc(TIME_BYTES);
  expiry.writeUIntBE(now + TICKET_LIFETIME_MS, 0, TIME_BYTES);
  const said = Buffer.concat([idToBytes(providerId), expiry]);
  const mac = keyRing.signing.mac('identity-provider-test', idToBytes(environmentId), said);
  return Buffer.concat([said, mac]).toString('hex');
}

/** The provider that the ticket is for; undefined when it isn't ours, of another environment, or over. */
export function readTestTicket(
  ticket: string,
  environmentId: EnvironmentId,
  { keyRing, now }: { readonly keyRing: KeyRing; readonly now: number },
): IdentityProviderId | undefined {
  if (!FORM.test(ticket)) return undefined;
  const bytes = Buffer.from(ticket, 'hex');
  const said = bytes.subarray(0, ID_BYTES + TIME_BYTES);
  const proven = keyRing.all.some((key) =>
    equalDigests(
      key.mac('identity-provider-test', idToBytes(environmentId), said),
      bytes.subarray(ID_BYTES + TIME_BYTES),
    ),
  );
  if (!proven || said.readUIntBE(ID_BYTES, TIME_BYTES) <= now) return undefined;
  return idFromBytes<IdentityProviderId>(said.subarray(0, ID_BYTES));
}
