import {
  createOperatorKey,
  deleteOperatorKey,
  type OperatorKey,
  type OperatorKeyContext,
  type OperatorKeyId,
} from '@fluxo/core';
import type { Command } from 'commander';
import type { CommandLine, Invocation } from './command-line.js';
import { requireId } from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import type { Tool } from './tool.js';

const EXAMPLES = `
Whoever has such a key may create and delete whole environments over HTTP: keep it like the keys of the server.

Examples:
  fluxo operator-key create --note "provisioning"
  fluxo operator-key list
  fluxo operator-key delete <key_id>`;

export function addOperatorKeyCommands(program: Command, commandLine: CommandLine): void {
  const operatorKey = program
    .command('operator-key')
    .description('keys with which an operator’s programs manage environments over HTTP')
    .addHelpText('after', EXAMPLES);
  operatorKey
    .command('create')
    .description('make a key; it is shown this once')
    .option('--note <TEXT>', 'what it is for, at most 64 characters')
    .action(commandLine.run(create, { mayCreate: true }));
  operatorKey
    .command('list')
    .description('list the keys: when made and last used, and how they end')
    .action(commandLine.run(list));
  operatorKey
    .command('delete <key_id>')
    .description('delete a key; it is refused from then on')
    .action(commandLine.run(remove));
}

const contextOf = ({ storage, essentials }: Tool): OperatorKeyContext => ({
  store: storage.operatorKeys,
  essentials,
});

async function create(
  tool: Tool,
  { options }: Invocation<readonly [], { readonly note?: string }>,
): Promise<Result> {
  const { key, text } = await createOperatorKey(options.note ?? null, contextOf(tool));
  return { kind: 'record', record: { key_id: key.id, operator_key: text }, shownOnce: 'operator_key' };
}

async function list(tool: Tool): Promise<Result> {
  return {
    kind: 'list',
    rows: (await tool.storage.operatorKeys.list()).map(keyView),
    columns: ['key_id', 'last_characters', 'note', 'created_at', 'last_used_at', 'deleted_at'],
    empty: 'No operator keys yet. Make one with: fluxo operator-key create',
  };
}

async function remove(tool: Tool, { args }: Invocation<readonly [string], object>): Promise<Result> {
  const id = requireId<OperatorKeyId>('key_id', args[0]);
  await deleteOperatorKey(id, contextOf(tool));
  return { kind: 'record', record: { key_id: id, deleted: true } };
}

/** Of the key itself no more than its ending is kept, to tell which one a program still sends. */
function keyView(key: OperatorKey): Row {
  return {
    key_id: key.id,
    last_characters: key.lastCharacters,
    note: key.note,
    created_at: isoTime(key.createdAt),
    last_used_at: isoTime(key.lastUsedAt),
    deleted_at: isoTime(key.deletedAt),
  };
}
