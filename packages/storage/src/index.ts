export { NewerSchemaError } from './schema/migrate.js';
export { hasSqlite, openSqlite, type SqliteOptions } from './sqlite/open-sqlite.js';
export type { WriteObserver } from './write-observer.js';
export { AlreadyServedError } from './sqlite/server-lock.js';
export type { SqliteStorage } from './sqlite/sqlite-storage.js';
export { openPostgres, type PostgresOptions } from './postgres/open-postgres.js';
export type { PostgresStorage } from './postgres/postgres-storage.js';
export { DatabaseSetupError } from './postgres/prepare-postgres.js';
