import { InputError } from '../errors/oauth-error.js';
import { newOrderedId, type Essentials } from '../essentials.js';
import type { OperatorKeyId } from '../ids.js';
import { checkText } from '../text.js';
import { lastCharactersOf } from '../tokens/application-secret.js';
import { equalDigests } from '../tokens/digest.js';
import { mintIdentifiedSecret, parseIdentifiedSecret } from '../tokens/identified-secret.js';
import type { OperatorKey, OperatorKeyStore } from './operator-key-store.js';

export interface OperatorKeyContext {
  readonly store: OperatorKeyStore;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
}

export interface MintedOperatorKey {
  readonly key: OperatorKey;
  /** Shown once, never stored. */
  readonly text: string;
}

/** A use is noted at most this often: a program that asks all day must not write all day. */
const NOTE_EVERY_MS = 60_000;
const MAX_LIVE_KEYS = 50;

/** @throws InputError for a note that can't be taken, or when there are too many keys */
export async function createOperatorKey(
  note: string | null,
  { store, essentials }: OperatorKeyContext,
): Promise<MintedOperatorKey> {
  const checked = note === null || note === '' ? null : checkText('note', note, { max: 64 });
  const live = (await store.list()).filter(({ deletedAt }) => deletedAt === null);
  if (live.length >= MAX_LIVE_KEYS) {
    throw new InputError(
      'operatorKey',
      `There are ${MAX_LIVE_KEYS} operator keys already; delete one first.`,
    );
  }
  const id = newOrderedId<OperatorKeyId>(essentials);
  const { text, digest } = mintIdentifiedSecret('operator-key', id, essentials.random);
  const key = {
    id,
    note: checked,
    lastCharacters: lastCharactersOf(text),
    createdAt: essentials.clock.real(),
    lastUsedAt: null,
    deletedAt: null,
  };
  await store.create({ ...key, digest });
  return { key, text };
}

/** The key that a program presented, or undefined for whatever is none, or none any more. */
export async function proveOperatorKey(
  text: string,
  { store, essentials }: OperatorKeyContext,
): Promise<OperatorKey | undefined> {
  const presented = parseIdentifiedSecret('operator-key', text);
  if (presented === undefined) return undefined;
  const found = await store.find(presented.id);
  if (found?.deletedAt !== null || !equalDigests(found.digest, presented.digest)) return undefined;
  const now = essentials.clock.real();
  const { id, lastUsedAt } = found;
  if (lastUsedAt === null || now - lastUsedAt >= NOTE_EVERY_MS) await store.noteUse(id, now);
  return found;
}

/** @throws InputError when no such key is good */
export async function deleteOperatorKey(
  id: OperatorKeyId,
  { store, essentials }: OperatorKeyContext,
): Promise<void> {
  if (await store.delete(id, essentials.clock.real())) return;
  throw new InputError('operatorKey', `No operator key ${id} is good any more.`);
}
