import type { Essentials } from '../essentials.js';
import { idToBytes, type EnvironmentId } from '../ids.js';
import { digestOf, equalDigests } from '../tokens/digest.js';
import type { UserWithPassword } from '../users/user-store.js';

const ID_BYTES = 16;
const TOKEN_FORM = /^[0-9a-f]{96}$/;

/** Long enough that nobody is a stranger after a holiday. */
export const KNOWN_DEVICE_SECONDS = 180 * 86_400;

/** A computer that a family shares. */
export const MOST_KNOWN_DEVICES = 4;

type Keys = Pick<Essentials, 'keyRing' | 'random'>;
type Account = Pick<UserWithPassword, 'user' | 'passwordHash'>;

/**
 * What a browser keeps that has signed in to an account: it proves that much and nothing more, and opens nothing.
 * A MAC, so that the server has nothing to keep. Bound to the password too: whoever got in with an old one is a
 * stranger again once it was changed.
 */
export function mintKnownDevice(
  account: Account,
  environmentId: EnvironmentId,
  { keyRing, random }: Keys,
): string {
  const id = Buffer.from(random.bytes(ID_BYTES));
  const mac = keyRing.signing.mac('known-device', ...partsOf(id, account, environmentId));
  return Buffer.concat([id, mac]).toString('hex');
}

/** Of what a browser keeps, what was made here for this account; its name counts under a rule of its own. */
export function findKnownDevice(
  tokens: readonly string[],
  account: Account,
  at: { readonly environmentId: EnvironmentId; readonly keyRing: Keys['keyRing'] },
): { readonly token: string; readonly id: string } | undefined {
  for (const token of tokens.slice(0, MOST_KNOWN_DEVICES)) {
    if (!TOKEN_FORM.test(token)) continue;
    const bytes = Buffer.from(token, 'hex');
    const [id, mac] = [bytes.subarray(0, ID_BYTES), bytes.subarray(ID_BYTES)];
    const parts = partsOf(id, account, at.environmentId);
    if (at.keyRing.all.some((key) => equalDigests(key.mac('known-device', ...parts), mac))) {
      return { token, id: id.toString('hex') };
    }
  }
  return undefined;
}

/** Of fixed lengths. */
function partsOf(
  id: Uint8Array,
  { user, passwordHash }: Account,
  environmentId: EnvironmentId,
): readonly Uint8Array[] {
  return [id, idToBytes(environmentId), idToBytes(user.id), digestOf(passwordHash ?? '')];
}
