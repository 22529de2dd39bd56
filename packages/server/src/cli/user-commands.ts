import {
  createUser,
  InputError,
  parseId,
  requireIdentityProvider,
  setFederationId,
  updateUser,
  usernameKey,
  type IdentityProviderId,
  type User,
  type UserId,
} from '@fluxo/core';
import type { Command } from 'commander';
import { userAdministration } from './administration.js';
import type { CommandLine, Invocation } from './command-line.js';
import { requireId, requireSomeChange, switchOption } from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import { readPassword } from './read-password.js';
import { requireTenant, type Tenant, type Tool } from './tool.js';

type OfUser = readonly [environment: string, user: string];

interface CreateOptions {
  readonly name: string;
  readonly administrator?: true;
  readonly onlySingleSignOn?: true;
}

interface UpdateOptions {
  readonly name?: string;
  readonly administrator?: boolean;
  readonly enabled?: boolean;
  readonly password?: true;
  readonly onlySingleSignOn?: boolean;
  readonly federationId?: readonly string[];
}

const EXAMPLES = `
The password comes from FLUXO_PASSWORD or standard input, never from an option. A user is named by
username or wid.

Examples:
  fluxo user create acme.my ana@acme.example --name "Ana Souza" --administrator
  fluxo user update acme.my ana@acme.example --password < new-password
  fluxo user update acme.my ana@acme.example --enabled off      (ends everything of the user at once)`;

export function addUserCommands(program: Command, commandLine: CommandLine): void {
  const user = program
    .command('user')
    .description('the people of an environment')
    .addHelpText('after', EXAMPLES);
  user
    .command('create <domain.lane> <username>')
    .description('create a user; the password comes from FLUXO_PASSWORD or standard input')
    .requiredOption('--name <TEXT>', 'what people read on the pages')
    .option('--administrator', 'may manage the environment')
    .option('--only-single-sign-on', 'signs in at an identity provider only; has no password')
    .action(commandLine.run(create));
  user.command('list <domain.lane>').description('list the users').action(commandLine.run(list));
  user.command('show <domain.lane> <user>').description('show one user').action(commandLine.run(show));
  user
    .command('update <domain.lane> <user>')
    .description('change a user; what is left out stays')
    .option('--name <TEXT>', 'what people read on the pages')
    .addOption(switchOption('--administrator', 'may manage the environment'))
    .addOption(switchOption('--enabled', 'off ends the sessions and grants of the user for good'))
    .addOption(switchOption('--only-single-sign-on', 'on refuses the password, as a wrong one is'))
    .option(
      '--federation-id <provider_id=ID...>',
      'who the user is at an identity provider; an empty ID takes it back',
    )
    .option('--password', 'read a new password from FLUXO_PASSWORD or standard input')
    .action(commandLine.run(update));
  user
    .command('delete <domain.lane> <user>')
    .description('delete a user and everything of theirs, at once and for good')
    .action(commandLine.run(remove));
}

/** Named by wid or by username. @throws InputError */
export async function requireUser(text: string, { environment, storage }: Tenant): Promise<User> {
  const id = parseId<UserId>(text);
  const byId = id === undefined ? undefined : await storage.users.find(id);
  const user = byId ?? (await storage.users.findByUsername(usernameKey(text)))?.user;
  if (user !== undefined) return user;
  const { domain, lane } = environment;
  throw new InputError(
    'user',
    `There is no user "${text}" in ${domain}.${lane}. See: fluxo user list ${domain}.${lane}`,
  );
}

async function create(
  tool: Tool,
  { args: [name, username], options }: Invocation<OfUser, CreateOptions>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const input = {
    username,
    name: options.name,
    administrator: options.administrator === true,
    ...(options.onlySingleSignOn === true
      ? { onlySingleSignOn: true, password: null }
      : { password: await readPassword(tool.io) }),
  };
  const user = await createUser(input, await userAdministration(tool, tenant));
  return { kind: 'record', record: { wid: user.id, username: user.username } };
}

async function list(tool: Tool, { args }: Invocation<readonly [string], object>): Promise<Result> {
  const { storage } = await requireTenant(args[0], tool);
  return {
    kind: 'list',
    rows: (await storage.users.list()).map(userView),
    columns: ['username', 'name', 'administrator', 'enabled', 'wid'],
    empty: 'No users yet. Create one with: fluxo user create',
  };
}

async function show(tool: Tool, { args: [name, text] }: Invocation<OfUser, object>): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  return { kind: 'record', record: await fullView(await requireUser(text, tenant), tenant) };
}

async function update(
  tool: Tool,
  { args: [name, text], options }: Invocation<OfUser, UpdateOptions>,
): Promise<Result> {
  requireSomeChange(options);
  const tenant = await requireTenant(name, tool);
  const user = await requireUser(text, tenant);
  const { password, federationId = [], ...change } = options;
  const links = federationId.map(parseFederationId);
  for (const { providerId } of links)
    await requireIdentityProvider(providerId, tenant.storage.identityProviders);
  const newPassword = password === true ? { password: await readPassword(tool.io) } : {};
  const administration = await userAdministration(tool, tenant);
  const updated = await updateUser(user.id, { ...change, ...newPassword }, administration);
  for (const link of links) {
    await setFederationId({ ...link, userId: user.id }, tenant.storage.federatedIdentities, tenant.now);
  }
  return { kind: 'record', record: await fullView(updated, tenant) };
}

/** `<provider_id>=<federation ID>`. @throws InputError */
function parseFederationId(text: string): {
  readonly providerId: IdentityProviderId;
  readonly federationId: string | null;
} {
  const mark = text.indexOf('=');
  if (mark < 0)
    throw new InputError(
      'federationId',
      `"${text}" says of no provider who that is: write <provider_id>=<ID>.`,
    );
  const providerId = requireId<IdentityProviderId>('provider_id', text.slice(0, mark));
  const federationId = text.slice(mark + 1);
  return { providerId, federationId: federationId === '' ? null : federationId };
}

async function fullView(user: User, { storage }: Tenant): Promise<Row> {
  const identities = await storage.federatedIdentities.listOfUser(user.id);
  const federationIds = identities.map(({ providerId, federationId }) => `${providerId}=${federationId}`);
  return { ...userView(user), federation_ids: federationIds };
}

async function remove(tool: Tool, { args: [name, text] }: Invocation<OfUser, object>): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const { id, username } = await requireUser(text, tenant);
  const deleted = await tenant.storage.users.delete(id, tenant.now);
  return { kind: 'record', record: { wid: id, username, deleted } };
}

function userView(user: User): Row {
  return {
    wid: user.id,
    username: user.username,
    name: user.name,
    administrator: user.administrator,
    only_single_sign_on: user.onlySingleSignOn,
    enabled: user.disabledAt === null,
    disabled_at: isoTime(user.disabledAt),
    created_at: isoTime(user.createdAt),
    last_active_at: isoTime(user.lastActiveAt),
  };
}
