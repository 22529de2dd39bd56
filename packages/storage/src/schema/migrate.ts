import type { Kysely, Migration } from 'kysely';
import { Migrator } from '../kysely.js';
import { initial } from './migrations/0001-initial.js';
import { keyFingerprints } from './migrations/0002-key-fingerprints.js';
import { changeLog } from './migrations/0003-change-log.js';
import { usedOnce } from './migrations/0004-used-once.js';
import { identityProviders } from './migrations/0005-identity-providers.js';
import { people } from './migrations/0006-people.js';
import { machineApplications } from './migrations/0007-machine-applications.js';
import { activity } from './migrations/0008-activity.js';
import { lanesAndAppearance } from './migrations/0009-lanes-and-appearance.js';
import { revisions } from './migrations/0010-revisions.js';
import { providerSessions } from './migrations/0011-provider-sessions.js';
import { projectsInOrder } from './migrations/0012-projects-in-order.js';

export type Migrations = Readonly<Record<string, Migration>>;

/** Which migrations a database has, and in which of its schemas (PostgreSQL) they are noted. */
export interface SchemaHistory {
  readonly migrations: Migrations;
  readonly schema?: string;
}

/** SQLite's. Never edited once landed: a change is a new migration. */
export const SQLITE_HISTORY: SchemaHistory = {
  migrations: {
    '0001-initial': initial,
    '0002-key-fingerprints': keyFingerprints,
    '0003-change-log': changeLog,
    '0004-used-once': usedOnce,
    '0005-identity-providers': identityProviders,
    '0006-people': people,
    '0007-machine-applications': machineApplications,
    '0008-activity': activity,
    '0009-lanes-and-appearance': lanesAndAppearance,
    '0010-revisions': revisions,
    '0011-provider-sessions': providerSessions,
    '0012-projects-in-order': projectsInOrder,
  },
};

/** The database was written by a later version of Fluxo, which knows things that this one doesn't. */
export class NewerSchemaError extends Error {
  constructor(names: readonly string[]) {
    super(
      `The database was made by a newer Fluxo (it has ${names.join(', ')}). Start that version, or restore a backup.`,
    );
    this.name = 'NewerSchemaError';
  }
}

/** @throws NewerSchemaError */
async function isUpToDate(db: Kysely<unknown>, history: SchemaHistory): Promise<boolean> {
  return (await pendingMigrations(db, history)).length === 0;
}

/** What the database has not got yet, in order. @throws NewerSchemaError */
export async function pendingMigrations(
  db: Kysely<unknown>,
  history: SchemaHistory,
): Promise<readonly string[]> {
  const applied = await appliedMigrations(db, history);
  const unknown = applied.filter((name) => !(name in history.migrations));
  if (unknown.length > 0) throw new NewerSchemaError(unknown);
  return Object.keys(history.migrations).filter((name) => !applied.includes(name));
}

/**
 * Brings the schema up to date, inside the caller's transaction (SQLite) or lock (PostgreSQL): Kysely reads
 * what was applied before it begins its own, so that two processes at once would both migrate. @throws NewerSchemaError
 */
export async function migrateToLatest(db: Kysely<unknown>, history: SchemaHistory): Promise<void> {
  if (await isUpToDate(db, history)) return;
  const migrator = new Migrator({
    db,
    disableTransactions: history.schema === undefined,
    ...(history.schema === undefined ? {} : { migrationTableSchema: history.schema }),
    provider: { getMigrations: () => Promise.resolve({ ...history.migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The migration failed.', { cause: error });
}

async function appliedMigrations(db: Kysely<unknown>, { schema }: SchemaHistory): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const isHistory = (table: { readonly name: string; readonly schema?: string }): boolean =>
    table.name === 'kysely_migration' && (schema === undefined || table.schema === schema);
  if (!tables.some(isHistory)) return [];
  const migrations = db as Kysely<{ kysely_migration: { name: string } }>;
  const rows = await migrations.selectFrom('kysely_migration').select('name').execute();
  return rows.map((row) => row.name);
}
