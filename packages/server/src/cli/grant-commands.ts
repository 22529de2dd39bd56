import { InputError, type ClientId, type GrantId, type GrantSummary } from '@fluxo/core';
import type { Command } from 'commander';
import type { CommandLine, Invocation } from './command-line.js';
import { describeGrants } from './describe-grants.js';
import { requireId } from './option-values.js';
import type { Result } from './output.js';
import { requireTenant, type Tenant, type Tool } from './tool.js';
import { requireUser } from './require-user.js';

type OfGrant = readonly [environment: string, grantId: string];

const EXAMPLES = `
States: authorized (the code was not exchanged yet), active, expired, revoked, blocked (its user or its
application was disabled).

Examples:
  fluxo grant list acme.my --user ana@acme.example
  fluxo grant revoke acme.my <grant_id>`;

export function addGrantCommands(program: Command, commandLine: CommandLine): void {
  const grant = program
    .command('grant')
    .description('what users allowed applications to do; each with its sessions and refresh tokens')
    .addHelpText('after', EXAMPLES);
  grant
    .command('list <domain.lane>')
    .description('list the grants, newest first, the newest thousand; ended ones are kept for a while')
    .option('--user <USER>', 'of this user only (username or wid)')
    .option('--application <CLIENT_ID>', 'of this application only')
    .action(commandLine.run(list));
  grant.command('show <domain.lane> <grant_id>').description('show one grant').action(commandLine.run(show));
  grant
    .command('revoke <domain.lane> <grant_id>')
    .description('end a grant: its code, sessions and refresh tokens, at once and for good')
    .action(commandLine.run(revoke));
}

async function list(
  tool: Tool,
  {
    args: [name],
    options,
  }: Invocation<readonly [string], { readonly user?: string; readonly application?: string }>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const { user, application } = options;
  const grants = await tenant.storage.grants.list({
    ...(user === undefined ? {} : { userId: (await requireUser(user, tenant)).id }),
    ...(application === undefined ? {} : { clientId: requireId<ClientId>('client_id', application) }),
  });
  return {
    kind: 'list',
    rows: await describeGrants(grants, tenant),
    columns: ['grant_id', 'state', 'username', 'application', 'authorized_at', 'last_used_at'],
    empty: 'No grants.',
  };
}

async function show(tool: Tool, { args: [name, text] }: Invocation<OfGrant, object>): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  return showGrant(await requireGrant(text, tenant), tenant);
}

/** Revoking again is no error: what was asked for is so. */
async function revoke(tool: Tool, { args: [name, text] }: Invocation<OfGrant, object>): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const { id } = await requireGrant(text, tenant);
  await tenant.storage.grants.revokeGrant(id, 'revoked-by-administrator', { now: tenant.now });
  return showGrant(await requireGrant(id, tenant), tenant);
}

async function requireGrant(text: string, { storage }: Tenant): Promise<GrantSummary> {
  const id = requireId<GrantId>('grant_id', text);
  const grant = await storage.grants.find(id);
  if (grant === undefined) throw new InputError('grant_id', `There is no grant ${id} in this environment.`);
  return grant;
}

async function showGrant(grant: GrantSummary, tenant: Tenant): Promise<Result> {
  const [record = {}] = await describeGrants([grant], tenant);
  return { kind: 'record', record };
}
