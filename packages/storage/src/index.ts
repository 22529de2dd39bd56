export { NewerSchemaError } from './schema/migrate.js';
export { hasSqlite, openSqlite, type SqliteOptions } from './sqlite/open-sqlite.js';
export type { WriteObserver } from './sqlite/write-batcher.js';
export { AlreadyServedError } from './sqlite/server-lock.js';
export type { SqliteEnvironmentStorage, SqliteStorage } from './sqlite/sqlite-storage.js';
