import {
  BrokenChainError,
  carryChainOn,
  chainsOfOtherKeys,
  InputError,
  resealSecrets,
  type KeyRecord,
  type KeyRing,
  type ResealCount,
} from '@fluxo/core';
import type { Command } from 'commander';
import { dropKey, findKeyRing, newKeyText, prependKey } from '../adapters/secret-keys.js';
import type { CommandLine, Invocation } from './command-line.js';
import { isoTime, type Result, type Row } from './output.js';
import type { Tool } from './tool.js';

const EXAMPLES = `
To change the key without ending anything: rotate, restart every server. Retire the old one when nothing needs
it any more, or at once after a theft of keys and database.

Examples:
  fluxo keys list
  fluxo keys rotate
  fluxo keys retire 0123456789abcdef`;

export function addKeyCommands(program: Command, commandLine: CommandLine): void {
  const keys = program
    .command('keys')
    .description('the secret keys that sign refresh tokens: the first signs, all verify')
    .addHelpText('after', EXAMPLES);
  keys
    .command('list')
    .description('list the keys by their ids; never the keys')
    .action(commandLine.run(list));
  keys
    .command('rotate')
    .description('put a new key first; the old ones go on verifying')
    .action(commandLine.run(rotate));
  keys
    .command('retire <key_id>')
    .description('take a key out of use for good; what only it signed ends, what it sealed is sealed anew')
    .option('--lose-secrets', 'also when something is sealed with it that can’t be read here')
    .action(commandLine.run(retire));
}

async function list({ storage, config }: Tool): Promise<Result> {
  const ring = findKeyRing(config);
  const records = await storage.keys.list();
  const unseen = (ring?.all ?? []).filter(({ id }) => records.every(({ keyId }) => keyId !== id));
  return {
    kind: 'list',
    rows: [
      ...records.map((record) => keyView(record, ring)),
      ...unseen.map(({ id }) => keyView({ keyId: id, firstSeenAt: null, retiredAt: null }, ring)),
    ],
    columns: ['key_id', 'state', 'first_seen_at', 'retired_at'],
    empty: 'No keys yet: the first start of the server makes one.',
  };
}

async function rotate({ config, io, storage }: Tool): Promise<Result> {
  if (config.secretKeys !== undefined) {
    const texts = (io.settings['FLUXO_SECRET_KEYS'] ?? '').split(',').map((text) => text.trim());
    io.note('Nothing was changed. Set this on every server, and restart them one after the other:\n');
    const record = { changed: false, FLUXO_SECRET_KEYS: [newKeyText(), ...texts].join(',') };
    return { kind: 'record', record, shownOnce: 'FLUXO_SECRET_KEYS' };
  }
  await requireRestarted(findKeyRing(config), storage.keys);
  const keyId = prependKey(config.data);
  io.note('Restart the server: from then on the new key signs. What was signed before goes on.\n');
  return { kind: 'record', record: { changed: true, key_id: keyId } };
}

interface RetireOptions {
  readonly loseSecrets?: true;
}

async function retire(
  { storage, config, essentials, io }: Tool,
  { args: [keyId], options }: Invocation<readonly [string], RetireOptions>,
): Promise<Result> {
  const ring = findKeyRing(config);
  if (ring?.signing.id === keyId) {
    throw new InputError(
      'key_id',
      `${keyId} is the key that signs. First: fluxo keys rotate, and a restart.`,
    );
  }
  // Until then the server signs with the key that is to be retired.
  await requireRestarted(ring, storage.keys);
  const { resealed, unreadable } = await resealSecrets(keyId, storage, {
    ...{ keyRing: requireRing(ring), random: essentials.random },
  });
  if (options.loseSecrets !== true) refuseToLose(keyId, unreadable);
  if (ring?.find(keyId) !== undefined) await carryChainsOn({ storage, essentials, io });
  if (!(await storage.keys.retire(keyId, essentials.clock.real()))) {
    throw new InputError('key_id', `No server has used a key ${keyId}. See: fluxo keys list`);
  }
  const dropped = config.secretKeys === undefined && ring !== undefined && dropKey(config.data, keyId);
  const stillSet = config.secretKeys !== undefined && ring?.find(keyId) !== undefined;
  io.note(
    'Refresh tokens that only this key signed end with the next restart: their people connect again.\n' +
      (stillSet ? 'Take the key out of FLUXO_SECRET_KEYS first: a server that has it does not start.\n' : ''),
  );
  return { kind: 'record', record: { key_id: keyId, retired: true, resealed, dropped_from_file: dropped } };
}

function requireRing(ring: KeyRing | undefined): KeyRing {
  if (ring === undefined) throw new InputError('keys', 'There are no keys yet: the first start makes one.');
  return ring;
}

/** What only this key opens would be lost: people couldn’t show their second factor, nor go to their provider. */
function refuseToLose(keyId: string, { providers, secondFactors }: ResealCount['unreadable']): void {
  if (providers + secondFactors === 0) return;
  throw new InputError(
    'key_id',
    `${keyId} seals the secrets of ${providers} identity providers and ${secondFactors} second factors, and is not ` +
      'among the keys here. Put it back behind the key that signs and repeat this; or lose them: --lose-secrets',
  );
}

/** While the key is still at hand to prove them: then the log can be proven without it. */
async function carryChainsOn({ storage, essentials, io }: Pick<Tool, 'storage' | 'essentials' | 'io'>) {
  for await (const environmentId of chainsOfOtherKeys(storage.auditQueue, essentials)) {
    try {
      const store = storage.forEnvironment(environmentId).auditSeals;
      await carryChainOn({ store, environmentId, essentials });
    } catch (error) {
      if (!(error instanceof BrokenChainError)) throw error;
      io.note(`${error.message}\n`);
    }
  }
}

/** A key that no server has used yet signs nothing: the running server still has the ring of before. */
async function requireRestarted(ring: KeyRing | undefined, keys: Tool['storage']['keys']): Promise<void> {
  const { signing } = requireRing(ring);
  const records = await keys.list();
  if (records.some(({ keyId }) => keyId === signing.id)) return;
  throw new InputError('keys', `No server has used the newest key (${signing.id}) yet. Restart it first.`);
}

function keyView(
  { keyId, firstSeenAt, retiredAt }: Omit<KeyRecord, 'firstSeenAt'> & { readonly firstSeenAt: number | null },
  ring: KeyRing | undefined,
): Row {
  return {
    key_id: keyId,
    state: stateOf(keyId, retiredAt, ring),
    first_seen_at: isoTime(firstSeenAt),
    retired_at: isoTime(retiredAt),
  };
}

function stateOf(keyId: string, retiredAt: number | null, ring: KeyRing | undefined): string {
  if (retiredAt !== null) return 'retired';
  if (ring?.signing.id === keyId) return 'signing';
  return ring?.find(keyId) === undefined ? 'missing' : 'verifying';
}
