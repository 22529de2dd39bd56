import { Migrator, type Kysely, type Migration } from 'kysely';
import { initial } from './migrations/0001-initial.js';

/** Never edited once landed: a change is a new migration. */
const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001-initial': initial };

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
export async function isUpToDate(db: Kysely<unknown>): Promise<boolean> {
  const applied = await appliedMigrations(db);
  const unknown = applied.filter((name) => !(name in MIGRATIONS));
  if (unknown.length > 0) throw new NewerSchemaError(unknown);
  return applied.length === Object.keys(MIGRATIONS).length;
}

/**
 * Brings the schema up to date, inside the caller's transaction: Kysely reads what was applied before it
 * begins one of its own, so that two processes at once would both migrate. @throws NewerSchemaError
 */
export async function migrateToLatest(db: Kysely<unknown>): Promise<void> {
  if (await isUpToDate(db)) return;
  const migrator = new Migrator({
    db,
    disableTransactions: true,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The migration failed.', { cause: error });
}

async function appliedMigrations(db: Kysely<unknown>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const migrations = db as Kysely<{ kysely_migration: { name: string } }>;
  const rows = await migrations.selectFrom('kysely_migration').select('name').execute();
  return rows.map((row) => row.name);
}
