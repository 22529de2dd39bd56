import {
  carryOut,
  planApplications,
  toDocument,
  type Application,
  type DocumentValue,
  type PlannedApplication,
} from '@fluxo/core';
import type { Command } from 'commander';
import { applicationAdministration } from './administration.js';
import { readManifest } from './application-manifest.js';
import type { CommandLine, Invocation } from './command-line.js';
import { describePlan } from './describe-plan.js';
import type { Result } from './output.js';
import { requireTenant, type Tool } from './tool.js';

interface ApplyOptions {
  readonly dryRun?: true;
}

interface ExportOptions {
  /** False with --no-client-ids. */
  readonly clientIds: boolean;
}

/** As `diff` has it: there was something to tell. */
const DIFFERENCES = 2;

const EXAMPLES = `
The file is YAML or JSON:
  applications:
    - name: Reports
      kind: web
      redirect_urls: [https://reports.example/callback]

An application is told by client_id, else by name. What the file leaves out stays as it is; null takes it away. Nothing
is deleted. All of the file is checked before anything is written, and all is written together or not at all.

Examples:
  fluxo application export acme.my > applications.yaml
  fluxo application apply acme.my applications.yaml --dry-run
  fluxo application export acme.my --no-client-ids > for-another-lane.yaml`;

export function addManifestCommands(application: Command, commandLine: CommandLine): void {
  application
    .command('apply <domain.lane> <file>')
    .description('make the applications be as a file says; secrets of new ones are shown this once')
    .option(
      '--dry-run',
      `change nothing, only say what would be done; exit ${DIFFERENCES} when there is something`,
    )
    .addHelpText('after', EXAMPLES)
    .action(commandLine.run(apply));
  application
    .command('export <domain.lane>')
    .description('print the applications as a file that apply takes')
    .option('--no-client-ids', 'tell them by their names, for another environment')
    .action(commandLine.run(exportAll));
}

async function apply(
  tool: Tool,
  { args: [name, file], options }: Invocation<readonly [environment: string, file: string], ApplyOptions>,
): Promise<Result> {
  const administration = applicationAdministration(tool, await requireTenant(name, tool));
  const plan = await planApplications(await readManifest(file), administration);
  const isDry = options.dryRun === true;
  if (!isDry) await carryOut(plan, administration);
  const isDifferent = plan.some(({ action }) => action !== 'unchanged');
  return {
    kind: 'document',
    text: describePlan(plan, { isDry }),
    json: { changed: isDifferent && !isDry, applications: plan.map((planned) => planView(planned, isDry)) },
    ...(isDry && isDifferent ? { exitCode: DIFFERENCES } : {}),
  };
}

async function exportAll(
  tool: Tool,
  { args: [name], options }: Invocation<readonly [string], ExportOptions>,
): Promise<Result> {
  const { storage } = await requireTenant(name, tool);
  const applications = (await storage.applications.list()).map((application) => ({
    ...(options.clientIds ? { client_id: application.clientId } : {}),
    ...toDocument(application),
  }));
  const { stringify } = await import('yaml');
  return { kind: 'document', json: { applications }, text: stringify({ applications }, { lineWidth: 0 }) };
}

/** A dry run has made neither the identifier nor the secret. */
function planView({ action, application, differences, clientSecret }: PlannedApplication, isDry: boolean) {
  const isMade = action !== 'create' || !isDry;
  return {
    action,
    name: application.name,
    client_id: isMade ? application.clientId : null,
    client_secret: isMade ? (clientSecret ?? null) : null,
    differences: differences.map(({ field, here, there }) => ({ field, present: there, wanted: here })),
    ...(action === 'create' ? { application: documentOf(application) } : {}),
  };
}

const documentOf = (application: Application): Readonly<Record<string, DocumentValue>> =>
  toDocument(application);
