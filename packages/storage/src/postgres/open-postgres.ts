import type { Essentials } from '@fluxo/core';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder } from '../scope.js';
import type { WriteObserver } from '../write-observer.js';
import { APPLICATION_ROLE } from './migrations/row-level-security.js';
import { toUnavailable } from './postgres-errors.js';
import { PostgresExecutor } from './postgres-executor.js';
import { PostgresPool } from './postgres-pool.js';
import { PostgresStorage } from './postgres-storage.js';
import { migratePostgres } from './prepare-postgres.js';
import { PurgePace } from './purge-pace.js';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; several hosts separated by commas. */
  readonly url: string;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
  /** `server`: one of the nodes that answer requests. `tool`: a command line beside them. */
  readonly role: 'server' | 'tool';
  readonly observer?: WriteObserver;
}

/** Each waits for the disk most of the time; more would only wait for each other. */
const SERVER_CONNECTIONS = 16;
const TOOL_CONNECTIONS = 2;

/** @throws UnavailableError, NewerSchemaError, DatabaseSetupError */
export async function openPostgres({
  url,
  essentials,
  role,
  observer,
}: PostgresOptions): Promise<PostgresStorage> {
  await migratePostgres(url);
  const maxConnections = role === 'server' ? SERVER_CONNECTIONS : TOOL_CONNECTIONS;
  const pool = new PostgresPool({ url, maxConnections, role: APPLICATION_ROLE });
  const purge = role === 'server' ? new PurgePace(() => essentials.clock.real()) : undefined;
  const executor = new PostgresExecutor(pool, { purge, ...(observer === undefined ? {} : { observer }) });
  const storage = new PostgresStorage({ pool, executor, builder: postgresQueryBuilder(), essentials });
  try {
    await storage.ping();
  } catch (error) {
    await storage.close();
    throw toUnavailable(error);
  }
  return storage;
}

/** Compiles statements and carries none out: the executor does. */
function postgresQueryBuilder(): QueryBuilder {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}
