import { copyFileSync, constants, chmodSync } from 'node:fs';
import { InputError } from '@fluxo/core';
import type { Command } from 'commander';
import { keyFileOf } from '../adapters/secret-keys.js';
import { readConfig, type Config } from '../config.js';
import type { GlobalOptions } from './command-line.js';
import type { Io } from './io.js';
import { formatForPeople, formatJson, type Row } from './output.js';

interface BackupOptions {
  readonly withKeys?: string;
}
interface RestoreOptions {
  readonly replace?: boolean;
  readonly endAllSessions?: boolean;
}
type Work = (config: Config, io: Io, command: Command) => Promise<Row>;

const REVIVED =
  'What was revoked, disabled or deleted after the backup was made is as it was in the backup: alive. Revoke it ' +
  'again, or restore with --end-all-sessions, so that everybody signs in and connects anew.\n';

/** Commands on the database as a whole. They open no storage: what they do comes before that. */
export function addDatabaseCommands(program: Command, io: Io): void {
  program
    .command('migrate')
    .description('bring the schema of the database up to date; the server does so when it starts')
    .option('--check', 'change nothing; exit 1 when it is not up to date')
    .action(run(io, migrate));
  program
    .command('backup <file>')
    .description('copy the database into one file, beside a running server; the secret keys are not in it')
    .option('--with-keys <FILE>', 'copy the secret keys too, into a file of their own: keep the two apart')
    .action(run(io, backUp));
  program
    .command('restore <file>')
    .description('put a backup in the place of the database, while no server runs')
    .option('--replace', 'put a database that is there aside; it is kept beside')
    .option('--end-all-sessions', 'end every session and every connection that the backup knows')
    .action(run(io, restore));
}

function run(io: Io, work: Work): (...received: unknown[]) => Promise<void> {
  return async (...received) => {
    const command = received.at(-1) as Command;
    const { data, json } = command.optsWithGlobals<GlobalOptions>();
    const config = readConfig({ ...io.settings, ...(data === undefined ? {} : { FLUXO_DATA: data }) });
    const record = await work(config, io, command);
    io.out((json === true ? formatJson : formatForPeople)({ kind: 'record', record }));
    // Also for scripts that look at the exit code alone.
    if (record['up_to_date'] === false) {
      throw new InputError('schema', 'The schema is not up to date. Run: fluxo migrate');
    }
  };
}

async function migrate(config: Config, _io: Io, command: Command): Promise<Row> {
  const storage = await import('@fluxo/storage');
  const { data, databaseUrl } = config;
  if (databaseUrl === undefined) await requireDatabase(config);
  if (command.opts<{ readonly check?: boolean }>().check !== true) {
    const applied =
      databaseUrl === undefined ? storage.migrateSqlite(data) : storage.migratePostgres(databaseUrl);
    return { up_to_date: true, applied: await applied };
  }
  const pending = await (databaseUrl === undefined
    ? storage.pendingSqliteMigrations(data)
    : storage.pendingPostgresMigrations(databaseUrl));
  return { up_to_date: pending.length === 0, pending };
}

async function backUp(config: Config, io: Io, command: Command): Promise<Row> {
  const { backUpSqlite } = await import('@fluxo/storage');
  refusePostgres(config, 'pg_dump --schema=fluxo, or a base backup and its log for any moment');
  await requireDatabase(config);
  const [file = ''] = command.args;
  const { withKeys } = command.opts<BackupOptions>();
  if (withKeys !== undefined && config.secretKeys !== undefined) {
    throw new InputError('with-keys', 'The keys come from FLUXO_SECRET_KEYS: keep a copy of that setting.');
  }
  backUpSqlite(config.data, file);
  if (withKeys !== undefined) copyKeys(config.data, withKeys);
  else io.note('The secret keys are not in it. Without them the tokens in the backup are nobody’s.\n');
  return { file, keys: withKeys ?? null };
}

async function restore(config: Config, io: Io, command: Command): Promise<Row> {
  const { restoreSqlite } = await import('@fluxo/storage');
  refusePostgres(config, 'pg_restore, while no node runs');
  const [file = ''] = command.args;
  const { replace = false, endAllSessions = false } = command.opts<RestoreOptions>();
  const restored = await restoreSqlite({ file, folder: config.data, replace, endAllSessions });
  if (!endAllSessions) io.note(REVIVED);
  return {
    restored: file,
    put_aside: restored.putAside ?? null,
    applied: restored.applied,
    all_sessions_ended: endAllSessions,
  };
}

/** PostgreSQL's own tools do it better than anything here could. */
function refusePostgres({ databaseUrl }: Config, instead: string): void {
  if (databaseUrl === undefined) return;
  throw new InputError('database', `This command is for SQLite. For PostgreSQL use ${instead}.`);
}

function copyKeys(folder: string, file: string): void {
  copyFileSync(keyFileOf(folder), file, constants.COPYFILE_EXCL);
  chmodSync(file, 0o600);
}

async function requireDatabase({ data }: Config): Promise<void> {
  const { hasSqlite } = await import('@fluxo/storage');
  if (!hasSqlite(data)) throw new InputError('data', `There is no Fluxo database in ${data}.`);
}
