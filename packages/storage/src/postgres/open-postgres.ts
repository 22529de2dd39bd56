import type { Essentials } from '@fluxo/core';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from '../kysely.js';
import { PollingChangeReader } from '../cache/polling-change-reader.js';
import { ReadCache } from '../cache/read-cache.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder } from '../scope.js';
import type { WriteObserver } from '../write-observer.js';
import { ChangeChannel } from './change-channel.js';
import { APPLICATION_ROLE } from './migrations/row-level-security.js';
import { toUnavailable } from './postgres-errors.js';
import { PostgresExecutor } from './postgres-executor.js';
import { PostgresPool } from './postgres-pool.js';
import { PostgresStorage } from './postgres-storage.js';
import { migratePostgres } from './prepare-postgres.js';
import { PurgePace } from './purge-pace.js';
import { readChanges, type ChangeCursor } from './read-changes.js';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; several hosts separated by commas. */
  readonly url: string;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
  /** `server`: one of the nodes that answer requests. `tool`: a command line beside them. */
  readonly role: 'server' | 'tool';
  /** How many at most, beside the one that listens for changes; a server takes 16 unless it is told. */
  readonly maxConnections?: number;
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
  maxConnections = role === 'server' ? SERVER_CONNECTIONS : TOOL_CONNECTIONS,
  observer,
}: PostgresOptions): Promise<PostgresStorage> {
  await migratePostgres(url);
  const pool = new PostgresPool({ url, maxConnections, role: APPLICATION_ROLE });
  const purge = role === 'server' ? new PurgePace(() => essentials.clock.real()) : undefined;
  const executor = new PostgresExecutor(pool, { purge, ...(observer === undefined ? {} : { observer }) });
  const { cache, stop } = role === 'server' ? rememberChanges(pool, executor) : NOTHING_REMEMBERED;
  const builder = postgresQueryBuilder();
  const storage = new PostgresStorage({ pool, executor, builder, essentials, cache, stop });
  try {
    await storage.ping();
  } catch (error) {
    await storage.close();
    throw toUnavailable(error);
  }
  return storage;
}

interface Memory {
  readonly cache: ReadCache | undefined;
  readonly stop: () => Promise<void>;
}

/** A command line lives too shortly to remember anything. */
const NOTHING_REMEMBERED: Memory = { cache: undefined, stop: () => Promise.resolve() };

function rememberChanges(pool: PostgresPool, executor: PostgresExecutor): Memory {
  const reader = new PollingChangeReader<ChangeCursor>({ read: (since) => readChanges(executor, since) });
  const channel = new ChangeChannel(pool, () => reader.wake());
  reader.start();
  channel.start();
  const stop = async (): Promise<void> => {
    await Promise.all([channel.close(), reader.close()]);
  };
  return { cache: new ReadCache(reader), stop };
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
