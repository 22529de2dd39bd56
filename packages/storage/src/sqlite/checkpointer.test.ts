import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { contractEssentials, newEnvironment, SettableClock } from '../contract/contract-house.js';
import { forkSource } from '../contract/race-processes.js';
import { Checkpointer, type LogState } from './checkpointer.js';
import { openSqlite } from './open-sqlite.js';

const WRITER = join(import.meta.dirname, 'checkpoint-writer.test.support.ts');
const PAGES = 60;
/** Commits until somebody has looked at the log for certain, and found it long. */
const ENOUGH = 2 * PAGES;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-checkpoint-'));
  file = join(folder, 'fluxo.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

const essentials = contractEssentials(new SettableClock());

async function openServer() {
  const server = await openSqlite({ folder, essentials, role: 'server', checkpointPages: PAGES });
  const write = async (environments: number) => {
    for (let count = 0; count < environments; count += 1) await server.environments.create(newEnvironment());
  };
  return { server, write };
}

/** As another process sees the database. */
function look<T>(work: (database: Database) => T): T {
  const other = new SqliteDatabase(file, { fileMustExist: true });
  try {
    return work(other);
  } finally {
    other.close();
  }
}

const log = (): LogState =>
  look(
    (other) =>
      other.prepare<[], LogState>('PRAGMA wal_checkpoint(NOOP)').get() ?? { log: NaN, checkpointed: NaN },
  );

const broughtOver = () =>
  vi.waitFor(() => expect(log().checkpointed).toBe(log().log), { timeout: 20, interval: 2 });

/** One of a few commits has a look at the log; all of them are less than what a commit would bring over by itself. */
async function writeUntilBroughtOver(write: (environments: number) => Promise<void>): Promise<void> {
  for (let tries = 1; tries < 200; tries += 1) {
    await write(1);
    const done = await broughtOver().then(
      () => true,
      () => false,
    );
    if (done) return;
  }
  await broughtOver();
}

/** How many environments the database file has, without its log. */
function environmentsWithoutLog(): number {
  const copy = join(folder, 'copy.sqlite');
  copyFileSync(file, copy);
  const database = new SqliteDatabase(copy);
  try {
    return database.prepare('SELECT count(*) FROM environments').pluck().get() as number;
  } finally {
    database.close();
  }
}

describe('the write-ahead log of a server', () => {
  it('is brought into the database while writing goes on, and begins anew', async () => {
    const { server, write } = await openServer();
    for (let time = 0; time < 3; time += 1) {
      await write(ENOUGH);
      await writeUntilBroughtOver(write);
      expect(environmentsWithoutLog()).toBeGreaterThan((time + 1) * ENOUGH);
      await write(1);
      expect(log().log).toBeLessThan(PAGES);
    }
    await server.close();
  });

  it('is gone when the server is closed, and all of it is in the database', async () => {
    const { server, write } = await openServer();
    await write(ENOUGH);
    await server.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(environmentsWithoutLog()).toBe(ENOUGH);
  });

  it('grows while somebody reads what was before it, and begins anew afterwards', async () => {
    const { server, write } = await openServer();
    await write(1);
    const reader = new SqliteDatabase(file);
    reader.exec('BEGIN');
    const seen = () => reader.prepare('SELECT count(*) FROM environments').pluck().get();
    expect(seen()).toBe(1);
    await write(6 * ENOUGH);
    expect(seen()).toBe(1);
    expect(log().log).toBeGreaterThan(6 * ENOUGH);
    expect(log().checkpointed).toBeLessThan(log().log);
    reader.close();
    for (let time = 0; time < 2; time += 1) {
      await writeUntilBroughtOver(write);
      await write(1);
      expect(log().log).toBeLessThan(PAGES);
    }
    await server.close();
  });
});

describe('a thread that can’t', () => {
  it('is told as a warning, keeps no commit from being answered, and another one takes its place', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockReturnValue();
    onTestFinished(() => warning.mockRestore());
    const database = new SqliteDatabase(file);
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE notes (text)');
    const emptied = vi.fn();
    // As a request's reads leave it open until their turn is over.
    const leave = () => {
      if (database.inTransaction) database.exec('COMMIT');
    };
    const options = { snapshot: { leave }, pages: PAGES, emptied };
    const elsewhere = join(folder, 'elsewhere');
    const checkpointer = new Checkpointer(database, { ...options, file: elsewhere });
    const note = database.prepare('INSERT INTO notes VALUES (randomblob(4000))');
    const commit = (times: number) => {
      leave();
      for (let count = 0; count < times; count += 1) {
        note.run();
        checkpointer.committed();
      }
      database.exec('BEGIN; SELECT count(*) FROM notes');
    };
    const told = (times: number) =>
      vi.waitFor(() => {
        commit(32);
        expect(warning).toHaveBeenCalledTimes(times);
        expect(warning).toHaveBeenLastCalledWith(expect.stringContaining('could not be brought into'));
      });
    // First there is no such file, then none that a thread could open, and at last the database.
    await told(1);
    writeFileSync(elsewhere, 'no database, and long enough to be taken for one'.repeat(100));
    await told(2);
    rmSync(elsewhere);
    symlinkSync(file, elsewhere);
    await vi.waitFor(() => {
      commit(32);
      expect(emptied).toHaveBeenCalled();
    });
    await checkpointer.end();
    leave();
    database.close();
    checkpointer.letGo();
  });
});

describe('killed while its log is brought into the database', () => {
  it('loses nothing that was acknowledged', async () => {
    const acknowledged: string[] = [];
    for (const enough of [150, 300, 275, 410, 233, 350]) {
      const before = acknowledged.length;
      const writer = forkSource(WRITER, [folder, String(PAGES)]);
      const exit = once(writer, 'exit');
      writer.on('message', (id: string) => {
        acknowledged.push(id);
        if (acknowledged.length === before + enough) writer.kill('SIGKILL');
      });
      await exit;
      expect(acknowledged.length).toBeGreaterThanOrEqual(before + enough);
      const stored = look((other) => {
        expect(other.pragma('integrity_check', { simple: true })).toBe('ok');
        return new Set(other.prepare('SELECT id FROM environments').pluck().all());
      });
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    }
  });
});
