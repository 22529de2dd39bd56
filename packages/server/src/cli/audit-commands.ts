import {
  AUDIT_CSV_HEADER,
  auditCsvLine,
  parseId,
  readAudit,
  streamAudit,
  type AuditEntry,
  type AuditFilter,
  type ClientId,
  type UserId,
} from '@fluxo/core';
import { InvalidArgumentError, type Command } from 'commander';
import { verify } from './audit-verify.js';
import type { CommandLine, Invocation } from './command-line.js';
import { parseWholeNumber, requireId } from './option-values.js';
import { isoTime, type Result, type Row } from './output.js';
import { requireUser } from './require-user.js';
import { requireTenant, type Tenant, type Tool } from './tool.js';

interface FilterOptions {
  readonly type?: readonly string[];
  readonly user?: string;
  readonly application?: string;
  readonly since?: number;
  readonly until?: number;
  readonly text?: string;
}
interface ListOptions extends FilterOptions {
  readonly limit: number;
}

const MOST_LISTED = 10_000;
const EXAMPLES = `
The log is only ever added to, and sealed every few seconds under the secret keys. verify reads all of it and says
whether it is as it was written; where it isn't, it names the first event and exits with 1.

Examples:
  fluxo audit list acme.my --type grant. --user ana@acme.example --since 2026-01-31
  fluxo audit export acme.my --csv > activity.csv
  fluxo audit verify
  fluxo audit verify acme.my --kept 1041-3f0c9a…       (the seal that an earlier verify printed)`;

export function addAuditCommands(program: Command, commandLine: CommandLine): void {
  const audit = program
    .command('audit')
    .description('the activity log: what happened, who did it, and whether anybody changed the log since')
    .addHelpText('after', EXAMPLES);
  withFilter(audit.command('list <domain.lane>').description('list what happened, newest first'))
    .option('--limit <N>', `at most so many (1 to ${MOST_LISTED})`, parseLimit, 50)
    .action(commandLine.run(list));
  withFilter(audit.command('export <domain.lane>').description('write all that happened, newest first'))
    .option('--csv', 'as comma-separated values, which is the default; --json: as one array')
    .action(commandLine.run(exportAll));
  audit
    .command('verify [domain.lane]')
    .description(
      'prove that nothing was changed, removed or slipped in; of all environments unless one is named',
    )
    .option('--kept <SEAL>', 'a seal that was printed before must still be in the chain')
    .action(commandLine.run(verify));
}

function withFilter(command: Command): Command {
  return command
    .option(
      '--type <TYPE...>',
      'of these types; one that ends in a dot stands for all that begin with it (grant.)',
    )
    .option('--user <USER>', 'about this user, or done by them (username or wid)')
    .option('--application <CLIENT_ID>', 'of this application')
    .option('--since <TIME>', 'from this time on (ISO 8601: 2026-01-31 or 2026-01-31T12:00Z)', parseTime)
    .option('--until <TIME>', 'before this time', parseTime)
    .option('--text <TEXT>', 'with this text in the detail, the evidence or a name');
}

async function list(
  tool: Tool,
  { args: [name], options }: Invocation<readonly [string], ListOptions>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const filter = await filterOf(options, tenant);
  const { audit } = tenant.storage;
  const events: AuditEntry[] = [];
  let cursor: AuditEntry['id'] | null | undefined;
  do {
    const limit = options.limit - events.length;
    const page = await readAudit(audit, { ...filter, ...(cursor ? { cursor } : {}), limit });
    events.push(...page.events);
    cursor = page.nextCursor;
  } while (cursor !== null && events.length < options.limit);
  return {
    kind: 'list',
    rows: events.map(eventView),
    columns: ['at', 'type', 'username', 'application', 'actor', 'via', 'check', 'detail'],
    empty: 'No events.',
  };
}

/** Written as it is read: there may be more than the memory holds. */
async function exportAll(
  tool: Tool,
  { args: [name], options, json }: Invocation<readonly [string], FilterOptions>,
): Promise<Result> {
  const tenant = await requireTenant(name, tool);
  const events = streamAudit(tenant.storage.audit, await filterOf(options, tenant));
  const { io } = tool;
  io.out(json ? '[' : AUDIT_CSV_HEADER);
  let separator = '\n';
  for await (const event of events) {
    io.out(json ? `${separator}${JSON.stringify(eventView(event))}` : auditCsvLine(event));
    separator = ',\n';
  }
  if (json) io.out('\n]\n');
  return { kind: 'written' };
}

async function filterOf(options: FilterOptions, tenant: Tenant): Promise<AuditFilter> {
  const { type, user, application, since, until, text } = options;
  return {
    ...(type === undefined ? {} : { types: type }),
    // Also somebody who is gone.
    ...(user === undefined ? {} : { userId: parseId<UserId>(user) ?? (await requireUser(user, tenant)).id }),
    ...(application === undefined ? {} : { clientId: requireId<ClientId>('client_id', application) }),
    ...(since === undefined ? {} : { from: since }),
    ...(until === undefined ? {} : { to: until }),
    ...(text === undefined ? {} : { text }),
  };
}

function eventView(event: AuditEntry): Row {
  const { user, actor, application, evidence } = event;
  return {
    ...{ id: event.id, at: isoTime(event.at), type: event.type },
    ...{ wid: user?.id ?? null, username: user?.username ?? null },
    ...{ actor_wid: actor?.id ?? null, actor: actor?.username ?? null, via: event.via },
    ...{ client_id: application?.clientId ?? null, application: application?.name ?? null },
    ...{ grant_id: event.grantId, check: evidence?.check ?? null },
    ...{ expected: evidence?.expected ?? null, received: evidence?.received ?? null },
    ...{ detail: event.detail, omitted: event.omitted, sealed: event.sealed },
  };
}

function parseTime(text: string): number {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError('Write a time as in 2026-01-31 or 2026-01-31T12:00:00Z.');
}

function parseLimit(text: string): number {
  const limit = parseWholeNumber(text);
  if (limit >= 1 && limit <= MOST_LISTED) return limit;
  throw new InvalidArgumentError(`Write a number from 1 to ${MOST_LISTED}.`);
}
