/** PostgreSQL's driver and migrations are a hundred modules: loaded where one is asked for, for most run on SQLite. */
import type { openPostgres as Open } from './open-postgres.js';

export const openPostgres: typeof Open = async (options) =>
  (await import('./open-postgres.js')).openPostgres(options);

export const migratePostgres = async (url: string): Promise<readonly string[]> =>
  (await import('./prepare-postgres.js')).migratePostgres(url);

export const pendingPostgresMigrations = async (url: string): Promise<readonly string[]> =>
  (await import('./prepare-postgres.js')).pendingPostgresMigrations(url);
