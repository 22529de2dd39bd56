import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Essentials } from '@fluxo/core';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector } from '../kysely.js';
import { ReadCache } from '../cache/read-cache.js';
import type { Tables } from '../schema/tables.js';
import type { QueryBuilder } from '../scope.js';
import { Checkpointer } from './checkpointer.js';
import { LimitsPlannedOnce } from './limits-planned-once.js';
import { FILE_NAME, migrate } from './migrate-sqlite.js';
import { refuseAbortingNode } from './node-version.js';
import { fitCache } from './page-cache.js';
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
  /** In the write-ahead log of a server, from which on they are brought into the database. */
  readonly checkpointPages?: number;
}

const TOOL_WAIT_MS = 10_000;
const SERVER_BUSY_TIMEOUT_MS = 5_000;
/** 48 MB: what is written again and again is brought over once. */
const CHECKPOINT_PAGES = 12_000;
/** Where nobody else does it in time: for a command line alone, or when the thread of a server can't. */
const CHECKPOINT_BY_COMMIT_PAGES = 2 * CHECKPOINT_PAGES;

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
  checkpointPages = CHECKPOINT_PAGES,
}: SqliteOptions): Promise<SqliteStorage> {
  refuseAbortingNode();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = role === 'server' ? lockForServer(folder) : () => undefined;
  let opened: Database | undefined;
  try {
    const file = createPrivately(join(folder, FILE_NAME));
    const database = new SqliteDatabase(file, { timeout: TOOL_WAIT_MS });
    opened = database;
    database.pragma('journal_mode = WAL');
    // Durable before acknowledged: the commit is on the disk when it returns.
    database.pragma('synchronous = FULL');
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_BY_COMMIT_PAGES}`);
    fitCache(database, file);
    await migrate(database);
    // From here on the event loop of a server waits for nobody; its batcher tries again.
    if (role === 'server') database.pragma('busy_timeout = 0');
    const purge: { run: (jobs: number) => void } = { run: () => undefined };
    const snapshot = new ReadSnapshot(database);
    const checkpointer =
      role === 'server'
        ? new Checkpointer(database, {
            ...{ file, snapshot, pages: checkpointPages },
            emptied: () => fitCache(database, file),
          })
        : undefined;
    const batcher = new WriteBatcher(database, {
      snapshot,
      busyTimeoutMs: role === 'server' ? SERVER_BUSY_TIMEOUT_MS : TOOL_WAIT_MS,
      afterWork: (jobs) => purge.run(jobs),
      afterCommit: () => checkpointer?.committed(),
      ...(observer === undefined ? {} : { observer }),
    });
    const executor = new SqliteExecutor(database, batcher, snapshot);
    if (role === 'server') purge.run = compilePurge(executor, () => essentials.clock.real());
    // A command line reads once what it shows: it has nothing to remember.
    const cache = role === 'server' ? new ReadCache(new SqliteChangeReader(executor, snapshot)) : undefined;
    const close = async () => {
      await checkpointer?.end();
      database.close();
      checkpointer?.letGo();
      unlock();
    };
    return new SqliteStorage({ executor, batcher, builder: sqliteQueryBuilder(), essentials, cache, close });
  } catch (error) {
    opened?.close();
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
