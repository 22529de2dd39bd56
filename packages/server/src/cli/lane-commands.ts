import {
  compareApplications,
  copyApplications,
  createLane,
  environmentsBy,
  InputError,
  listLanes,
  requireLane,
  type ClientId,
  type ComparedApplication,
  type FieldDifference,
  type LaneSide,
} from '@fluxo/core';
import type { Command } from 'commander';
import { applicationAdministration } from './administration.js';
import type { CommandLine, Invocation } from './command-line.js';
import { UsageError } from './failure.js';
import { requireId } from './option-values.js';
import type { Result, Row } from './output.js';
import { requireUser } from './require-user.js';
import { BY_COMMAND, requireTenant, type Tenant, type Tool } from './tool.js';

type OfLane = readonly [environment: string, lane: string];
type OfCopy = readonly [environment: string, lane: string, ...clientIds: string[]];

const EXAMPLES = `
Secrets and keys are never copied: a new application gets a secret of its own.

Examples:
  fluxo lane list acme.my
  fluxo lane create acme.my preview --administrator ana@acme.example
  fluxo lane compare acme.my preview
  fluxo lane copy acme.my preview <client_id> <client_id>
  fluxo lane copy acme.preview my --all`;

export function addLaneCommands(program: Command, commandLine: CommandLine): void {
  const lane = program
    .command('lane')
    .description('the copies of one organization: my is production, the others are for trying things')
    .addHelpText('after', EXAMPLES);
  lane
    .command('list <domain.lane>')
    .description('list the lanes of the organization')
    .action(commandLine.run(list));
  lane
    .command('create <domain.lane> <lane>')
    .description('create another lane with the same settings; prints the link for its administrator')
    .requiredOption('--administrator <USER>', 'who is there already, and is invited to the new lane')
    .action(commandLine.run(create));
  lane
    .command('compare <domain.lane> <lane>')
    .description('say which applications of the first are missing or different in the other')
    .action(commandLine.run(compare));
  lane
    .command('copy <domain.lane> <lane> [client_id...]')
    .description('copy applications from the first into the other; secrets of new ones are shown this once')
    .option('--all', 'all applications of the first')
    .action(commandLine.run(copy));
}

async function list(tool: Tool, { args }: Invocation<readonly [string], object>): Promise<Result> {
  const { environment } = await requireTenant(args[0], tool);
  const lanes = await listLanes(environment, tool.storage);
  return {
    kind: 'list',
    rows: lanes.map(({ environment: { id, lane, name, domain }, current, applications }) => ({
      ...{ lane, environment_id: id, name, origin: tool.hosts.originOf({ domain, lane }) },
      ...{ current, applications },
    })),
    columns: ['lane', 'name', 'origin', 'applications', 'current'],
    empty: 'No lanes.',
  };
}

async function create(
  tool: Tool,
  { args: [name, lane], options }: Invocation<OfLane, { readonly administrator: string }>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const administrator = await requireUser(options.administrator, tenant);
  if (!administrator.administrator || administrator.disabledAt !== null) {
    throw new InputError(
      'administrator',
      `"${administrator.username}" is no enabled administrator of ${name}.`,
    );
  }
  const { storage, essentials, hosts } = tool;
  const context = { environments: environmentsBy(storage.environments, BY_COMMAND), essentials };
  const created = await createLane(lane, { here: tenant.environment, administrator }, context);
  // Loaded only here: the other commands start without it.
  const { passwordLinkUrl } = await import('../adapters/mail/password-link-mail.js');
  const origin = hosts.originOf(created.environment);
  const record = {
    ...{ lane: created.environment.lane, environment_id: created.environment.id, origin },
    link: passwordLinkUrl(origin, created.token),
  };
  return { kind: 'record', record, shownOnce: 'link' };
}

async function compare(tool: Tool, { args: [name, lane] }: Invocation<OfLane, object>): Promise<Result> {
  const [here, there] = await sides(name, lane, tool);
  return {
    kind: 'list',
    rows: (await compareApplications(here, there)).map(comparisonView),
    columns: ['state', 'name', 'kind', 'client_id', 'differences'],
    empty: 'No applications here to compare.',
  };
}

async function copy(
  tool: Tool,
  { args: [name, lane, ...texts], options }: Invocation<OfCopy, { readonly all?: true }>,
): Promise<Result> {
  if ((texts.length === 0) !== (options.all === true)) {
    throw new UsageError('Name the applications by their client_id, or take --all.');
  }
  const [here, there] = await sides(name, lane, tool);
  const clientIds =
    options.all === true
      ? (await here.administration.store.list()).map(({ clientId }) => clientId)
      : texts.map((text) => requireId<ClientId>('client_id', text));
  const copied = await copyApplications(clientIds, here, there);
  return {
    kind: 'list',
    rows: copied.map(({ clientId, targetClientId, name: application, clientSecret, action }) => ({
      ...{ client_id: clientId, target_client_id: targetClientId, name: application },
      ...{ client_secret: clientSecret ?? null, action },
    })),
    columns: ['action', 'name', 'target_client_id', 'client_secret'],
    empty: 'No applications to copy.',
  };
}

async function sides(name: string, lane: string, tool: Tool): Promise<readonly [LaneSide, LaneSide]> {
  const tenant = await requireTenant(name, tool);
  const { environment } = tenant;
  const other = await requireLane(lane, environment, tool.storage.environments);
  return [sideOf(tenant, tool), sideOf(await requireTenant(`${other.domain}.${other.lane}`, tool), tool)];
}

const sideOf = (tenant: Tenant, tool: Tool): LaneSide => ({
  environment: tenant.environment,
  administration: applicationAdministration(tool, tenant),
});

function comparisonView({ application, state, differences }: ComparedApplication): Row {
  const { clientId, name, kind } = application;
  return { state, name, kind, client_id: clientId, differences: differences.map(differenceText) };
}

const differenceText = ({ field, here, there }: FieldDifference): string =>
  `${field}: ${JSON.stringify(here)} / ${JSON.stringify(there)}`;
