export { NewerSchemaError } from './schema/migrate.js';
export { openStorage, type DatabaseStorage, type StorageOptions } from './open-storage.js';
export { hasSqlite } from './sqlite/open-sqlite.js';
export { migrateSqlite, pendingSqliteMigrations } from './sqlite/migrate-sqlite.js';
export { backUpSqlite, restoreSqlite, BackupError, type Restored } from './sqlite/backup.js';
export type { WriteObserver } from './write-observer.js';
export { AlreadyServedError } from './sqlite/server-lock.js';
export { migratePostgres, pendingPostgresMigrations } from './postgres/on-demand.js';
export type { DatabaseSetupError } from './postgres/prepare-postgres.js';
