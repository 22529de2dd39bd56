import {
  changeUser,
  createUser,
  deleteUser,
  emailOf,
  InputError,
  requireIdentityProvider,
  setFederationId,
  type IdentityProviderId,
  type User,
} from '@fluxo/core';
import type { Command } from 'commander';
import { userAdministration, userChanging } from './administration.js';
import { invite, inviteUser, requireInvitable } from './invitations.js';
import type { CommandLine, Invocation } from './command-line.js';
import {
  languageOption,
  requireId,
  requireSomeChange,
  switchOption,
  type Language,
} from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import { readPassword } from './read-password.js';
import { requireUser } from './require-user.js';
import { requireTenant, type Tenant, type Tool } from './tool.js';

type OfUser = readonly [environment: string, user: string];

interface UpdateOptions {
  readonly name?: string;
  readonly administrator?: boolean;
  readonly enabled?: boolean;
  readonly password?: true;
  readonly onlySingleSignOn?: boolean;
  readonly federationId?: readonly string[];
  readonly removeSecondFactor?: true;
  readonly email?: string;
}

interface CreateOptions {
  readonly name: string;
  readonly administrator?: true;
  readonly onlySingleSignOn?: true;
  readonly email?: string;
  readonly invite?: true;
  readonly language: Language;
}

const EXAMPLES = `
The password comes from FLUXO_PASSWORD or standard input, never from an option. A user is named by
username or wid.

Examples:
  fluxo user create acme.my ana@acme.example --name "Ana Souza" --administrator
  fluxo user create acme.my ben --name "Ben Carter" --email ben@acme.example --invite
  fluxo user update acme.my ana@acme.example --password < new-password
  fluxo user update acme.my ana@acme.example --enabled off      (ends everything of the user at once)
  fluxo user update acme.my ana@acme.example --remove-second-factor`;

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
    .option('--email <ADDRESS>', 'where messages go (else the username, where it is an address)')
    .option('--invite', 'without a password: a link to choose one goes to the e-mail address')
    .addOption(languageOption())
    .action(commandLine.run(create));
  user
    .command('invite <domain.lane> <user>')
    .description('send the link to choose a password, good for 7 days; the link before is dead')
    .addOption(languageOption())
    .action(commandLine.run(inviteUser));
  user.command('list <domain.lane>').description('list the users').action(commandLine.run(list));
  user.command('show <domain.lane> <user>').description('show one user').action(commandLine.run(show));
  user
    .command('update <domain.lane> <user>')
    .description('change a user; what is left out stays')
    .option('--name <TEXT>', 'what people read on the pages')
    .option('--email <ADDRESS|none>', 'where messages go; none: to the username, where it is an address')
    .addOption(switchOption('--administrator', 'may manage the environment'))
    .addOption(switchOption('--enabled', 'off ends the sessions and grants of the user for good'))
    .addOption(switchOption('--only-single-sign-on', 'on refuses the password, as a wrong one is'))
    .option(
      '--federation-id <provider_id=ID...>',
      'who the user is at an identity provider; an empty ID takes it back',
    )
    .option('--password', 'read a new password from FLUXO_PASSWORD or standard input')
    .option('--remove-second-factor', 'for who lost both phone and recovery codes; make sure that it is them')
    .action(commandLine.run(update));
  user
    .command('delete <domain.lane> <user>')
    .description('delete a user and everything of theirs, at once and for good')
    .action(commandLine.run(remove));
}

async function create(
  tool: Tool,
  { args: [name, username], options }: Invocation<OfUser, CreateOptions>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const { email = null, invite: isInvited = false } = options;
  const { administrator = false, onlySingleSignOn = false } = options;
  const named = { username, name: options.name, email, administrator, onlySingleSignOn };
  // Before anybody is created who then could not be reached, or not get in.
  if (isInvited) requireInvitable(named, tenant);
  const hasPassword = !isInvited && !onlySingleSignOn;
  const input = { ...named, password: hasPassword ? await readPassword(tool.io) : undefined };
  const user = await createUser(input, await userAdministration(tool, tenant));
  const invited = isInvited ? await invite(user, options.language, { tool, tenant }) : {};
  return { kind: 'record', record: { wid: user.id, username: user.username, ...invited } };
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
  return { kind: 'record', record: await userRecord(await requireUser(text, tenant), tenant) };
}

async function update(
  tool: Tool,
  { args: [name, text], options }: Invocation<OfUser, UpdateOptions>,
): Promise<Result> {
  requireSomeChange(options);
  const tenant = await requireTenant(name, tool);
  const user = await requireUser(text, tenant);
  const { password, removeSecondFactor, email, federationId = [], ...change } = options;
  const address = email === undefined ? {} : { email: email === 'none' ? null : email };
  const links = federationId.map(parseFederationId);
  for (const { providerId } of links)
    await requireIdentityProvider(providerId, tenant.storage.identityProviders);
  const newPassword = password === true ? { password: await readPassword(tool.io) } : {};
  const changing = await userChanging(tool, tenant);
  const updated = await changeUser(user.id, { ...change, ...address, ...newPassword }, changing);
  for (const link of links) {
    await setFederationId({ ...link, userId: user.id }, tenant.storage.federatedIdentities, tenant.now);
  }
  if (removeSecondFactor === true) {
    await tenant.storage.secondFactors.remove(user.id, 'administrator', tenant.now);
  }
  return { kind: 'record', record: await userRecord(updated, tenant) };
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

async function remove(tool: Tool, { args: [name, text] }: Invocation<OfUser, object>): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const { id, username } = await requireUser(text, tenant);
  await deleteUser(id, await userChanging(tool, tenant));
  return { kind: 'record', record: { wid: id, username, deleted: true } };
}

/** One user, with what is kept beside the row. */
async function userRecord(user: User, { storage }: Tenant): Promise<Row> {
  const identities = await storage.federatedIdentities.listOfUser(user.id);
  const factor = await storage.secondFactors.find(user.id);
  return {
    ...userView(user),
    federation_ids: identities.map(({ providerId, federationId }) => `${providerId}=${federationId}`),
    second_factor: factor !== undefined,
    recovery_codes_left: factor?.recoveryCodesLeft ?? 0,
  };
}

function userView(user: User): Row {
  return {
    wid: user.id,
    username: user.username,
    name: user.name,
    email: emailOf(user) ?? null,
    administrator: user.administrator,
    only_single_sign_on: user.onlySingleSignOn,
    enabled: user.disabledAt === null,
    disabled_at: isoTime(user.disabledAt),
    created_at: isoTime(user.createdAt),
    last_active_at: isoTime(user.lastActiveAt),
  };
}
