import {
  changeEnvironment,
  createEnvironment,
  environmentsBy,
  parseEnvironmentName,
  type Environment,
  type EnvironmentSettings,
  type SingleSignOnMode,
} from '@fluxo/core';
import { Option, type Command } from 'commander';
import { environmentChanging } from './administration.js';
import type { CommandLine, Invocation } from './command-line.js';
import { parseWholeNumber, requireSomeChange, switchOption } from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import { readLogo } from './read-logo.js';
import { BY_COMMAND, requireTenant, type Tool } from './tool.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

type Named = readonly [name: string];

interface UpdateOptions {
  readonly name?: string;
  readonly sessionIdleMinutes?: number;
  readonly sessionTotalHours?: number;
  readonly sessionIdInQuery?: boolean;
  readonly singleSignOn?: SingleSignOnMode;
  readonly administratorsExempt?: boolean;
  readonly secondFactor?: EnvironmentSettings['secondFactor'];
  readonly maxApplications?: number;
  readonly accentColor?: string;
  /** A path; false to have none. */
  readonly logo?: string | false;
}

const EXAMPLES = `
Examples:
  fluxo environment create acme.my --name "Acme"
  fluxo environment update acme.my --session-idle-minutes 60
  fluxo environment update acme.my --second-factor required
  fluxo environment update acme.my --accent-color '#7a1fa2' --logo acme.png`;

export function addEnvironmentCommands(program: Command, commandLine: CommandLine): void {
  const environment = program
    .command('environment')
    .description('organizations, each in a lane: <domain>.<lane>, for example acme.my')
    .addHelpText('after', EXAMPLES);
  environment
    .command('create <domain.lane>')
    .description('create an environment; its origin is where its pages are')
    .requiredOption('--name <TEXT>', 'what people read on the pages')
    .action(commandLine.run(create, { mayCreate: true }));
  environment.command('list').description('list all environments').action(commandLine.run(list));
  environment.command('show <domain.lane>').description('show one environment').action(commandLine.run(show));
  environment
    .command('update <domain.lane>')
    .description('change an environment; what is left out stays')
    .option('--name <TEXT>', 'what people read on the pages')
    .option('--session-idle-minutes <N>', 'a session ends after this time without use', parseWholeNumber)
    .option('--session-total-hours <N>', 'a session ends at this age', parseWholeNumber)
    .addOption(switchOption('--session-id-in-query', 'accept ?sessionID= at the API'))
    .addOption(
      new Option('--single-sign-on <MODE>', 'whether people sign in at the identity provider').choices([
        'off',
        'offered',
        'required',
      ]),
    )
    .addOption(
      switchOption('--administrators-exempt', 'their password counts although single sign-on is required'),
    )
    .addOption(
      new Option('--second-factor <WHO>', 'who needs a code from an app beside the password').choices([
        'optional',
        'required',
      ]),
    )
    .option('--max-applications <N>', 'how many applications it may have, 1 to 1000', parseWholeNumber)
    .option('--accent-color <#RRGGBB|none>', 'the colour of buttons and links on the pages')
    .option('--logo <FILE>', 'the picture beside the name: a PNG, JPEG or WebP of at most 2 MiB')
    .option('--no-logo', 'take the logo away')
    .action(commandLine.run(update));
  environment
    .command('delete <domain.lane>')
    .description('delete an environment and everything in it, at once and for good')
    .action(commandLine.run(remove));
}

async function create(
  { storage, essentials, hosts }: Tool,
  { args, options }: Invocation<Named, { readonly name: string }>,
): Promise<Result> {
  const input = { ...parseEnvironmentName(args[0]), name: options.name };
  const environment = await createEnvironment(
    input,
    environmentsBy(storage.environments, BY_COMMAND),
    essentials,
  );
  const { id, domain, lane } = environment;
  const origin = hosts.originOf(environment);
  return { kind: 'record', record: { environment_id: id, domain, lane, origin } };
}

async function list({ storage, hosts }: Tool): Promise<Result> {
  const environments = await storage.environments.list();
  return {
    kind: 'list',
    rows: environments.map((environment) => environmentView(environment, hosts)),
    columns: ['domain', 'lane', 'name', 'origin', 'environment_id'],
    empty: 'No environments yet. Create one with: fluxo environment create',
  };
}

async function show(tool: Tool, { args }: Invocation<Named, object>): Promise<Result> {
  const { environment } = await requireTenant(args[0], tool);
  return { kind: 'record', record: environmentView(environment, tool.hosts) };
}

async function update(tool: Tool, { args, options }: Invocation<Named, UpdateOptions>): Promise<Result> {
  requireSomeChange(options);
  const tenant = await requireTenant(args[0], tool);
  const { name } = options;
  const change = { ...(name === undefined ? {} : { name }), settings: settingsOf(options) };
  const { logo } = options;
  // Read first: a picture that can't be taken must not leave half a change behind.
  const encoded = typeof logo === 'string' ? await readLogo(logo) : undefined;
  const changing = environmentChanging(tool, tenant);
  const updated = await changeEnvironment(change, changing);
  if (logo === undefined) return { kind: 'record', record: environmentView(updated, tool.hosts) };
  const withLogo = (await changing.environments.setLogo(updated.id, encoded)) ?? updated;
  return { kind: 'record', record: environmentView(withLogo, tool.hosts) };
}

async function remove(tool: Tool, { args }: Invocation<Named, object>): Promise<Result> {
  const { environment } = await requireTenant(args[0], tool);
  const deleted = await tool.storage.environments.delete(environment.id, BY_COMMAND);
  return { kind: 'record', record: { environment_id: environment.id, deleted } };
}

function settingsOf(options: UpdateOptions): Partial<EnvironmentSettings> {
  const { sessionIdleMinutes: minutes, sessionTotalHours: hours, sessionIdInQuery } = options;
  const { singleSignOn, administratorsExempt, secondFactor, maxApplications, accentColor } = options;
  return {
    ...(minutes === undefined ? {} : { sessionIdleTimeoutMs: minutes * MINUTE_MS }),
    ...(hours === undefined ? {} : { sessionTotalAgeMs: hours * HOUR_MS }),
    ...(sessionIdInQuery === undefined ? {} : { sessionIdInQuery }),
    ...(singleSignOn === undefined ? {} : { singleSignOn }),
    ...(administratorsExempt === undefined ? {} : { administratorsExempt }),
    ...(secondFactor === undefined ? {} : { secondFactor }),
    ...(maxApplications === undefined ? {} : { maxApplications }),
    ...(accentColor === undefined ? {} : { accentColor: accentColor === 'none' ? null : accentColor }),
  };
}

function environmentView(environment: Environment, hosts: Tool['hosts']): Row {
  const { id, domain, lane, name, settings, createdAt } = environment;
  return {
    environment_id: id,
    domain,
    lane,
    origin: hosts.originOf(environment),
    name,
    session_idle_minutes: settings.sessionIdleTimeoutMs / MINUTE_MS,
    session_total_hours: settings.sessionTotalAgeMs / HOUR_MS,
    session_id_in_query: settings.sessionIdInQuery,
    single_sign_on: settings.singleSignOn,
    administrators_exempt: settings.administratorsExempt,
    second_factor: settings.secondFactor,
    max_applications: settings.maxApplications,
    accent_color: settings.accentColor,
    logo: environment.logoVersion !== null,
    created_at: isoTime(createdAt),
  };
}
