import {
  addApplicationSecret,
  deleteApplicationSecret,
  requireApplication,
  type ApplicationSecret,
  type ClientId,
  type SecretId,
} from '@fluxo/core';
import type { Command } from 'commander';
import { applicationAdministration } from './administration.js';
import type { CommandLine, Invocation } from './command-line.js';
import { requireId } from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import { requireTenant, type Tool } from './tool.js';

type OfApplication = readonly [environment: string, clientId: string];
type OfSecret = readonly [environment: string, clientId: string, secretId: string];

const EXAMPLES = `
To change a secret without an interruption: create one, bring it to the application, delete the old one.

Examples:
  fluxo application secret create acme.my <client_id> --note "from October"
  fluxo application secret list acme.my <client_id>
  fluxo application secret delete acme.my <client_id> <secret_id>`;

export function addSecretCommands(application: Command, commandLine: CommandLine): void {
  const secret = application
    .command('secret')
    .description('the secrets of a web or machine application')
    .addHelpText('after', EXAMPLES);
  secret
    .command('create <domain.lane> <client_id>')
    .description('add a secret; it is shown this once')
    .option('--note <TEXT>', 'what it is for, at most 64 characters')
    .action(commandLine.run(create));
  secret
    .command('list <domain.lane> <client_id>')
    .description('list the secrets: when made and last used, and how they end')
    .action(commandLine.run(list));
  secret
    .command('delete <domain.lane> <client_id> <secret_id>')
    .description('delete a secret; it is refused from then on')
    .action(commandLine.run(remove));
}

async function create(
  tool: Tool,
  { args: [name, text], options }: Invocation<OfApplication, { readonly note?: string }>,
): Promise<Result> {
  const administration = applicationAdministration(tool, await requireTenant(name, tool));
  const clientId = requireId<ClientId>('client_id', text);
  const added = await addApplicationSecret(clientId, options.note ?? null, administration);
  return {
    kind: 'record',
    record: { secret_id: added.secret.id, client_secret: added.clientSecret },
    shownOnce: 'client_secret',
  };
}

async function list(tool: Tool, { args: [name, text] }: Invocation<OfApplication, object>): Promise<Result> {
  const { storage } = await requireTenant(name, tool);
  const { clientId } = await requireApplication(requireId('client_id', text), storage.applications);
  return {
    kind: 'list',
    rows: (await storage.applications.listSecrets(clientId)).map(secretView),
    columns: ['secret_id', 'last_characters', 'note', 'created_at', 'last_used_at', 'deleted_at'],
    empty: 'No secrets.',
  };
}

async function remove(
  tool: Tool,
  { args: [name, clientText, secretText] }: Invocation<OfSecret, object>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const clientId = requireId<ClientId>('client_id', clientText);
  const secretId = requireId<SecretId>('secret_id', secretText);
  await deleteApplicationSecret(clientId, secretId, applicationAdministration(tool, tenant));
  return { kind: 'record', record: { secret_id: secretId, deleted: true } };
}

/** Of the secret itself no more than its ending is kept, to tell which one a client still sends. */
function secretView(secret: ApplicationSecret): Row {
  return {
    secret_id: secret.id,
    last_characters: secret.lastCharacters,
    note: secret.note,
    created_at: isoTime(secret.createdAt),
    last_used_at: isoTime(secret.lastUsedAt),
    deleted_at: isoTime(secret.deletedAt),
  };
}
