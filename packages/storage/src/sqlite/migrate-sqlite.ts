import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from '../kysely.js';
import { migrateToLatest, pendingMigrations, SQLITE_HISTORY } from '../schema/migrate.js';

export const FILE_NAME = 'fluxo.sqlite';

/** Of two processes that open a database of before, the second waits and finds it migrated. @returns what was applied */
export async function migrate(database: Database): Promise<readonly string[]> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  if ((await pendingMigrations(db, SQLITE_HISTORY)).length === 0) return [];
  database.exec('BEGIN IMMEDIATE');
  try {
    const pending = await pendingMigrations(db, SQLITE_HISTORY);
    await migrateToLatest(db, SQLITE_HISTORY);
    database.exec('COMMIT');
    return pending;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** What opening the database would apply; nothing is changed. @throws NewerSchemaError */
export function pendingSqliteMigrations(folder: string): Promise<readonly string[]> {
  return pendingMigrationsOf(join(folder, FILE_NAME));
}

export async function pendingMigrationsOf(file: string): Promise<readonly string[]> {
  const database = new SqliteDatabase(file, { fileMustExist: true });
  try {
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
    return await pendingMigrations(db, SQLITE_HISTORY);
  } finally {
    database.close();
  }
}

/** Brings a database of before up to date, beside whoever has it open. @throws NewerSchemaError */
export async function migrateSqlite(folder: string): Promise<readonly string[]> {
  const database = new SqliteDatabase(join(folder, FILE_NAME), { timeout: 10_000, fileMustExist: true });
  try {
    database.pragma('synchronous = FULL');
    return await migrate(database);
  } finally {
    database.close();
  }
}
