import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Essentials } from '@fluxo/core';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector } from '../kysely.js';
import { ReadCache } from '../cache/read-cache.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder } from '../scope.js';
import { LimitsPlannedOnce } from './limits-planned-once.js';
import { FILE_NAME, migrate } from './migrate-sqlite.js';
import { refuseAbortingNode } from './node-version.js';
import { compilePurge } from './purge.js';
import { ReadSnapshot } from './read-snapshot.js';
import { lockForServer } from './server-lock.js';
import { SqliteChangeReader } from './sqlite-change-reader.js';
import { SqliteExecutor } from './sqlite-executor.js';
import { SqliteStorage } from './sqlite-storage.js';
import type { WriteObserver } from '../write-observer.js';
import { WriteBatcher } from './write-batcher.js';

export interface SqliteOptions {
  /** The data directory; made when it isn't there. */
  readonly folder: string;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
  /** `server`: alone on the file, never waits in the event loop. `tool`: beside a server, waits for its turn. */
  readonly role: 'server' | 'tool';
  readonly observer?: WriteObserver;
}

const TOOL_WAIT_MS = 10_000;
const SERVER_BUSY_TIMEOUT_MS = 5_000;

/** Whether opening would find a database, and not make one. */
export function hasSqlite(folder: string): boolean {
  return existsSync(join(folder, FILE_NAME));
}

/** @throws AbortingNodeError, AlreadyServedError, NewerSchemaError */
export async function openSqlite({
  folder,
  essentials,
  role,
  observer,
}: SqliteOptions): Promise<SqliteStorage> {
  refuseAbortingNode();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = role === 'server' ? lockForServer(folder) : () => undefined;
  let database: Database | undefined;
  try {
    database = new SqliteDatabase(createPrivately(join(folder, FILE_NAME)), { timeout: TOOL_WAIT_MS });
    database.pragma('journal_mode = WAL');
    // Durable before acknowledged: the commit is on the disk when it returns.
    database.pragma('synchronous = FULL');
    database.pragma('cache_size = -32768');
    await migrate(database);
    // From here on the event loop of a server waits for nobody; its batcher tries again.
    if (role === 'server') database.pragma('busy_timeout = 0');
    const purge: { run: (jobs: number) => void } = { run: () => undefined };
    const snapshot = new ReadSnapshot(database);
    const batcher = new WriteBatcher(database, {
      snapshot,
      busyTimeoutMs: role === 'server' ? SERVER_BUSY_TIMEOUT_MS : TOOL_WAIT_MS,
      afterWork: (jobs) => purge.run(jobs),
      ...(observer === undefined ? {} : { observer }),
    });
    const executor = new SqliteExecutor(database, batcher, snapshot);
    if (role === 'server') purge.run = compilePurge(executor, () => essentials.clock.real());
    // A command line reads once what it shows: it has nothing to remember.
    const cache = role === 'server' ? new ReadCache(new SqliteChangeReader(executor, snapshot)) : undefined;
    return new SqliteStorage({ executor, batcher, builder: sqliteQueryBuilder(), essentials, cache, unlock });
  } catch (error) {
    database?.close();
    unlock();
    throw error;
  }
}

/** Also where the folder was there before and is open to all; SQLite gives its other files the same mode. */
function createPrivately(file: string): string {
  closeSync(openSync(file, 'a', 0o600));
  return file;
}

/** Compiles statements and carries none out: the executor does. */
export function sqliteQueryBuilder(): QueryBuilder {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new LimitsPlannedOnce(),
    },
  });
}
