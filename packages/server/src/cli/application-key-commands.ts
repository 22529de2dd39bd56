import { readFile } from 'node:fs/promises';
import {
  deleteApplicationKey,
  InputError,
  registerApplicationKey,
  requireApplication,
  type ApplicationKey,
  type ApplicationKeyId,
  type ApplicationKeyInput,
  type ClientId,
  type KeyAlgorithm,
  type User,
} from '@fluxo/core';
import { Option, type Command } from 'commander';
import { applicationAdministration } from './administration.js';
import type { CommandLine, Invocation } from './command-line.js';
import { UsageError } from './failure.js';
import { requireId } from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import { requireUser } from './require-user.js';
import { requireTenant, type Tool } from './tool.js';

type OfApplication = readonly [environment: string, clientId: string];
type OfKey = readonly [environment: string, clientId: string, keyId: string];

interface CreateOptions {
  readonly user: string;
  readonly publicKey?: string;
  readonly generate?: KeyAlgorithm;
  readonly note?: string;
}

const EXAMPLES = `
With a key the application acts for the user who registered it: the sub of its JWTs is that user's wid. To change a
key without an interruption: create one, bring it to the application, delete the old one.

Examples:
  fluxo application key create acme.my <client_id> --user ana --public-key import.pub.pem
  fluxo application key create acme.my <client_id> --user ana --generate ES256 --note "nightly import"
  fluxo application key list acme.my <client_id>
  fluxo application key delete acme.my <client_id> <key_id>`;

export function addApplicationKeyCommands(application: Command, commandLine: CommandLine): void {
  const key = application
    .command('key')
    .description('the public keys of a machine application')
    .addHelpText('after', EXAMPLES);
  key
    .command('create <domain.lane> <client_id>')
    .description('register a public key, or make a pair whose private key is shown this once')
    .requiredOption('--user <USER>', 'whom the application acts for with it (username or wid)')
    .option('--public-key <FILE>', 'a public key in PEM, an X.509 certificate in PEM, or a JWK')
    .addOption(
      new Option('--generate <ALG>', 'make a pair for this algorithm').choices(['RS256', 'ES256', 'EdDSA']),
    )
    .option('--note <TEXT>', 'what it is for, at most 64 characters')
    .action(commandLine.run(create));
  key
    .command('list <domain.lane> <client_id>')
    .description('list the keys: whose they are, when made and last used')
    .action(commandLine.run(list));
  key
    .command('delete <domain.lane> <client_id> <key_id>')
    .description('delete a key; the sessions that were obtained with it end at once')
    .action(commandLine.run(remove));
}

async function create(
  tool: Tool,
  { args: [name, text], options }: Invocation<OfApplication, CreateOptions>,
): Promise<Result> {
  const source = await readSource(options);
  const tenant = await requireTenant(name, tool);
  const { id: registeredBy } = await requireUser(options.user, tenant);
  const { key, privateKeyPem } = await registerApplicationKey(
    requireId<ClientId>('client_id', text),
    { source, registeredBy, note: options.note ?? null },
    applicationAdministration(tool, tenant),
  );
  const { id, algorithm, fingerprint } = key;
  return {
    kind: 'record',
    record: { key_id: id, algorithm, fingerprint, wid: registeredBy, private_key: privateKeyPem ?? null },
    ...(privateKeyPem === undefined ? {} : { shownOnce: 'private_key' }),
  };
}

/** @throws UsageError, InputError */
async function readSource({ publicKey, generate }: CreateOptions): Promise<ApplicationKeyInput['source']> {
  if (generate !== undefined && publicKey === undefined) return { generate };
  if (generate !== undefined || publicKey === undefined) {
    throw new UsageError('Name either --public-key or --generate.');
  }
  try {
    return { publicKey: await readFile(publicKey, 'utf8') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('publicKey', `The public key can’t be read: ${reason}`);
  }
}

async function list(tool: Tool, { args: [name, text] }: Invocation<OfApplication, object>): Promise<Result> {
  const { storage } = await requireTenant(name, tool);
  const { clientId } = await requireApplication(requireId('client_id', text), storage.applications);
  const keys = await storage.applications.listKeys(clientId);
  const rows = keys.map(async (key) => keyView(key, await storage.users.find(key.registeredBy)));
  return {
    kind: 'list',
    rows: await Promise.all(rows),
    columns: ['key_id', 'algorithm', 'username', 'note', 'created_at', 'last_used_at', 'deleted_at'],
    empty: 'No keys.',
  };
}

async function remove(
  tool: Tool,
  { args: [name, clientText, keyText] }: Invocation<OfKey, object>,
): Promise<Result> {
  const administration = applicationAdministration(tool, await requireTenant(name, tool));
  const keyId = requireId<ApplicationKeyId>('key_id', keyText);
  await deleteApplicationKey(requireId<ClientId>('client_id', clientText), keyId, administration);
  return { kind: 'record', record: { key_id: keyId, deleted: true } };
}

function keyView(key: ApplicationKey, user: User | undefined): Row {
  return {
    key_id: key.id,
    algorithm: key.algorithm,
    fingerprint: key.fingerprint,
    wid: key.registeredBy,
    username: user?.username ?? null,
    note: key.note,
    created_at: isoTime(key.createdAt),
    last_used_at: isoTime(key.lastUsedAt),
    deleted_at: isoTime(key.deletedAt),
  };
}
