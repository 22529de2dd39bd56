import {
  changeApplication,
  deleteApplication,
  registerApplication,
  requireApplication,
  type ApplicationKind,
  type ClientId,
  type Logo,
} from '@fluxo/core';
import type { Command } from 'commander';
import { applicationAdministration, applicationChanging } from './administration.js';
import {
  addChangeableOptions,
  addOptionalOptions,
  addRequiredOptions,
  toApplicationChange,
  type ApplicationOptions,
} from './application-options.js';
import { addApplicationKeyCommands } from './application-key-commands.js';
import { applicationView } from './application-view.js';
import type { CommandLine, Invocation } from './command-line.js';
import { requireId, requireSomeChange } from './option-values.js';
import type { Result } from './output.js';
import { addManifestCommands } from './manifest-commands.js';
import { readLogo } from './read-logo.js';
import { addSecretCommands } from './secret-commands.js';
import { requireTenant, type Tenant, type Tool } from './tool.js';

type OfApplication = readonly [environment: string, clientId: string];

type CreateOptions = ApplicationOptions & {
  readonly kind: ApplicationKind;
  readonly name: string;
  readonly redirectUrl?: readonly string[];
};

const EXAMPLES = `
Examples:
  fluxo application create acme.my --kind web --name "Reports" --redirect-url https://reports.example/callback
  fluxo application create acme.my --kind spa --name "Board" --redirect-url https://board.example/ com.example.board:/cb
  fluxo application create acme.my --kind machine --name "Nightly import"
  fluxo application update acme.my <client_id> --enabled off
  fluxo application secret create acme.my <client_id> --note "from October"`;

export function addApplicationCommands(program: Command, commandLine: CommandLine): void {
  const application = program
    .command('application')
    .description('third-party software that may connect (OAuth clients)')
    .addHelpText('after', EXAMPLES);
  const creating = application
    .command('create <domain.lane>')
    .description('register an application; its secret is shown this once (spa: it has none, null)');
  addOptionalOptions(addRequiredOptions(creating)).action(commandLine.run(create));
  application
    .command('list <domain.lane>')
    .description('list the applications')
    .action(commandLine.run(list));
  application
    .command('show <domain.lane> <client_id>')
    .description('show one application')
    .action(commandLine.run(show));
  const updating = application
    .command('update <domain.lane> <client_id>')
    .description("change an application; what is left out stays, an empty text ('') takes it away");
  addOptionalOptions(addChangeableOptions(updating))
    .option('--no-logo', 'take the logo away')
    .action(commandLine.run(update));
  application
    .command('delete <domain.lane> <client_id>')
    .description('delete an application; every grant under it ends at once and for good')
    .action(commandLine.run(remove));
  addManifestCommands(application, commandLine);
  addSecretCommands(application, commandLine);
  addApplicationKeyCommands(application, commandLine);
}

async function create(
  tool: Tool,
  { args: [name], options }: Invocation<readonly [string], CreateOptions>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  // Read first: a picture that can't be taken must not leave an application behind.
  const logo = await logoOf(options);
  const { kind, name: shownName, redirectUrl = [] } = options;
  const input = { ...toApplicationChange(options), kind, name: shownName, redirectUrls: redirectUrl };
  const { application, clientSecret } = await registerApplication(
    input,
    applicationAdministration(tool, tenant),
  );
  if (logo !== undefined) await storeLogo(application.clientId, logo, { tool, tenant });
  return {
    kind: 'record',
    record: { client_id: application.clientId, client_secret: clientSecret ?? null },
    ...(clientSecret === undefined ? {} : { shownOnce: 'client_secret' }),
  };
}

/** The secret is shown this once: a picture that could not be stored must not keep it from being shown. */
async function storeLogo(
  clientId: ClientId,
  logo: Logo,
  { tool, tenant }: { readonly tool: Tool; readonly tenant: Tenant },
): Promise<void> {
  try {
    await tenant.storage.applications.setLogo(clientId, logo);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tool.io.note(
      `The application is registered, but its logo could not be stored (${reason}). Set it with update.\n`,
    );
  }
}

async function list(tool: Tool, { args }: Invocation<readonly [string], object>): Promise<Result> {
  const { storage } = await requireTenant(args[0], tool);
  return {
    kind: 'list',
    rows: (await storage.applications.list()).map(applicationView),
    columns: ['name', 'kind', 'enabled', 'client_id'],
    empty: 'No applications yet. Register one with: fluxo application create',
  };
}

async function show(tool: Tool, { args: [name, text] }: Invocation<OfApplication, object>): Promise<Result> {
  const { storage } = await requireTenant(name, tool);
  const application = await requireApplication(requireId<ClientId>('client_id', text), storage.applications);
  return { kind: 'record', record: applicationView(application) };
}

async function update(
  tool: Tool,
  { args: [name, text], options }: Invocation<OfApplication, ApplicationOptions>,
): Promise<Result> {
  requireSomeChange(options);
  const tenant = await requireTenant(name, tool);
  const clientId = requireId<ClientId>('client_id', text);
  const logo = await logoOf(options);
  await changeApplication(clientId, toApplicationChange(options), applicationChanging(tool, tenant));
  const store = tenant.storage.applications;
  if (options.logo !== undefined) await store.setLogo(clientId, logo);
  return { kind: 'record', record: applicationView(await requireApplication(clientId, store)) };
}

async function remove(
  tool: Tool,
  { args: [name, text] }: Invocation<OfApplication, object>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const clientId = requireId<ClientId>('client_id', text);
  await deleteApplication(clientId, applicationChanging(tool, tenant));
  return { kind: 'record', record: { client_id: clientId, deleted: true } };
}

async function logoOf({ logo }: ApplicationOptions): Promise<Logo | undefined> {
  return typeof logo === 'string' ? readLogo(logo) : undefined;
}
