import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReadSnapshot } from './read-snapshot.js';
import { SqliteExecutor } from './sqlite-executor.js';
import { WriteBatcher } from './write-batcher.js';

let folder: string;
let database: Database;
/** Another process, as far as SQLite can tell. */
let other: Database;
let statements: string[];
let snapshot: ReadSnapshot;
let executor: SqliteExecutor;

const openDatabase = (verbose?: (statement: unknown) => void): Database =>
  new SqliteDatabase(join(folder, 'test.sqlite'), { timeout: 0, ...(verbose ? { verbose } : {}) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-snapshot-'));
  statements = [];
  database = openDatabase((statement) => void statements.push(String(statement)));
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE notes (text TEXT)');
  other = openDatabase();
  snapshot = new ReadSnapshot(database);
  const batcher = new WriteBatcher(database, {
    snapshot,
    busyTimeoutMs: 1_000,
    afterWork: () => undefined,
    afterCommit: () => undefined,
  });
  executor = new SqliteExecutor(database, batcher, snapshot);
  statements = [];
});

afterEach(() => {
  if (database.open) database.close();
  other.close();
  rmSync(folder, { recursive: true });
});

const count = (on = database): unknown => on.prepare('SELECT count(*) FROM notes').pluck().get();
const add = (on = database): unknown => on.prepare(`INSERT INTO notes VALUES ('one')`).run();
const read = (): Promise<unknown> => executor.readNow(count);
const boundaries = (): readonly string[] =>
  statements.filter((one) => /^(?:BEGIN|END|COMMIT|ROLLBACK)/.test(one));

describe('reads of one turn', () => {
  it('share one transaction, and the next turn has one of its own', async () => {
    await Promise.all([read(), read()]);
    await read();
    await nextTurn();
    expect(boundaries()).toEqual(['BEGIN', 'END']);
    await read();
    await nextTurn();
    expect(boundaries()).toEqual(['BEGIN', 'END', 'BEGIN', 'END']);
  });

  it('see what another process has committed from the next turn on', async () => {
    expect(await read()).toBe(0);
    add(other);
    expect(await read()).toBe(0);
    await nextTurn();
    expect(await read()).toBe(1);
  });

  it('see what this process has written, as soon as that is acknowledged', async () => {
    expect(await read()).toBe(0);
    await executor.writeNow(() => add());
    expect(await read()).toBe(1);
  });

  it('stand in no write’s way that was asked for before them', async () => {
    const written = executor.writeNow(() => add());
    expect(await read()).toBe(0);
    await written;
    expect(await read()).toBe(1);
  });

  it('that go on from a write end before the next requests are taken in', async () => {
    await executor.writeNow(() => add());
    expect(await read()).toBe(1);
    // The turn's ticks: no request has been read since.
    await new Promise<void>((resolve) => process.nextTick(() => queueMicrotask(resolve)));
    expect(database.inTransaction).toBe(false);
  });

  it('hold up nothing that another process writes', async () => {
    await read();
    expect(database.inTransaction).toBe(true);
    expect(() => add(other)).not.toThrow();
  });

  it('never see what a batch left behind that could not be rolled back', async () => {
    database.exec('BEGIN');
    add();
    expect(await read()).toBe(0);
    expect(boundaries()).toEqual(['BEGIN', 'ROLLBACK', 'BEGIN']);
  });

  it('may be under way when the database is closed', async () => {
    await read();
    database.close();
    await nextTurn();
    await expect(read()).rejects.toThrow();
  });
});
