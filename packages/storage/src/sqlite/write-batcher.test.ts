import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UnavailableError } from '@fluxo/core';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forkSource, nextMessage } from '../contract/race-processes.js';
import type { WriteObserver } from '../write-observer.js';
import { ReadSnapshot } from './read-snapshot.js';
import { WriteBatcher, type BatcherOptions } from './write-batcher.js';

const LOCK_HOLDER = join(import.meta.dirname, 'lock-holder.test.support.ts');

let folder: string;
let database: Database;
let statements: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-batcher-'));
  statements = [];
  database = new SqliteDatabase(join(folder, 'test.sqlite'), {
    timeout: 0,
    verbose: (statement) => void statements.push(String(statement)),
  });
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = ON');
  // A child without a parent is noticed at COMMIT: the way to have one fail.
  database.exec(`
    CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE notes (text TEXT UNIQUE, parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)`);
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function batcherWith(options: Partial<BatcherOptions> = {}): WriteBatcher {
  const snapshot = new ReadSnapshot(database);
  return new WriteBatcher(database, {
    snapshot,
    busyTimeoutMs: 10_000,
    afterWork: () => undefined,
    afterCommit: () => undefined,
    ...options,
  });
}

function note(text: string, parent: number | null = null): () => string {
  return () => {
    database.prepare('INSERT INTO notes (text, parent) VALUES (?, ?)').run(text, parent);
    return text;
  };
}

/** As another connection sees them: committed. */
function notes(): unknown[] {
  const other = new SqliteDatabase(join(folder, 'test.sqlite'), { readonly: true });
  try {
    return other.prepare('SELECT text FROM notes ORDER BY text').pluck().all();
  } finally {
    other.close();
  }
}

function listener(): { readonly observer: WriteObserver; readonly heard: string[] } {
  const heard: string[] = [];
  const observer: WriteObserver = {
    committed: (jobs, milliseconds) => {
      expect(milliseconds).toBeGreaterThan(0);
      heard.push(`committed ${jobs}`);
    },
    postponed: () => void heard.push('postponed'),
    failed: () => void heard.push('failed'),
  };
  return { observer, heard };
}

const commits = (): number => statements.filter((statement) => statement === 'COMMIT').length;

describe('what is written together', () => {
  it('one that is alone waits for nobody', async () => {
    const { observer, heard } = listener();
    const batcher = batcherWith({ observer });
    const first = batcher.submit(note('a'));
    await nextTurn();
    await Promise.all([first, batcher.submit(note('b'))]);
    expect(heard).toEqual(['committed 1', 'committed 1']);
  });

  it('while more arrive, they are waited for', async () => {
    const { observer, heard } = listener();
    const batcher = batcherWith({ observer });
    const together = [batcher.submit(note('a')), batcher.submit(note('b'))];
    await nextTurn();
    together.push(batcher.submit(note('c')));
    await Promise.all(together);
    expect(heard).toEqual(['committed 3']);
  });

  it('who keeps coming keeps nobody waiting for long', async () => {
    const { observer, heard } = listener();
    const batcher = batcherWith({ observer });
    const together = [batcher.submit(note('a')), batcher.submit(note('b'))];
    for (let turn = 0; turn < 10; turn += 1) {
      await nextTurn();
      together.push(batcher.submit(note(`later ${turn}`)));
    }
    await Promise.all(together);
    expect(heard[0]).toBe('committed 6');
    expect(notes()).toHaveLength(12);
  });
});

describe('the write batcher', () => {
  it('carries out what arrives in one turn in one transaction, and answers each with its own', async () => {
    const batcher = batcherWith();
    const texts = Array.from({ length: 50 }, (_, index) => `n${index}`);
    const answers = await Promise.all(texts.map((text) => batcher.submit(note(text))));
    expect(answers).toEqual(texts);
    expect(commits()).toBe(1);
    expect(notes()).toEqual([...texts].sort());
  });

  it('answers only when the write can be seen from outside', async () => {
    await batcherWith().submit(note('a'));
    expect(notes()).toEqual(['a']);
  });

  it('bounds a transaction, and loses nothing of what is beyond', async () => {
    const batcher = batcherWith();
    const texts = Array.from({ length: 600 }, (_, index) => `n${index}`);
    await Promise.all(texts.map((text) => batcher.submit(note(text))));
    expect(commits()).toBe(3);
    expect(notes()).toHaveLength(600);
  });

  it('a job that throws takes nothing of the others along, and leaves nothing of its own', async () => {
    const batcher = batcherWith();
    const mistake = new Error('mistake');
    const outcomes = await Promise.allSettled([
      batcher.submit(note('a')),
      batcher.submit(() => {
        note('half')();
        throw mistake;
      }),
      batcher.submit(note('b')),
    ]);
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected', reason: mistake },
      { status: 'fulfilled', value: 'b' },
    ]);
    expect(commits()).toBe(1);
    expect(notes()).toEqual(['a', 'b']);
  });

  it('a job that breaks a rule of the schema is told so, as a mistake of ours, and the others are written', async () => {
    const batcher = batcherWith();
    const outcomes = await Promise.allSettled([batcher.submit(note('a')), batcher.submit(note('a'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes[1]).toHaveProperty('reason.code', 'SQLITE_CONSTRAINT_UNIQUE');
    expect(notes()).toEqual(['a']);
  });

  it('a commit that fails fails every member, and nothing of any is there', async () => {
    const batcher = batcherWith();
    const outcomes = await Promise.allSettled([
      batcher.submit(note('a')),
      batcher.submit(note('orphan', 7)),
      batcher.submit(note('b')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    for (const outcome of outcomes) expect(outcome).toHaveProperty('reason', expect.any(UnavailableError));
    expect(notes()).toEqual([]);
  });

  it('goes on after a commit that failed', async () => {
    const batcher = batcherWith();
    await expect(batcher.submit(note('orphan', 7))).rejects.toThrow(UnavailableError);
    await batcher.submit(note('a'));
    expect(notes()).toEqual(['a']);
  });

  it('does what comes along with the work in the same transaction, and is told how much work it was', async () => {
    const seen: number[] = [];
    const batcher = batcherWith({
      afterWork: (jobs) => {
        seen.push(jobs);
        expect(database.inTransaction).toBe(true);
      },
    });
    await Promise.all([batcher.submit(note('a')), batcher.submit(note('b'))]);
    expect(seen).toEqual([2]);
  });

  it('tells its observer of what was committed, with how many, and of what failed', async () => {
    const { observer, heard } = listener();
    const batcher = batcherWith({ observer });
    await Promise.all([batcher.submit(note('a')), batcher.submit(note('b'))]);
    await expect(batcher.submit(note('orphan', 7))).rejects.toThrow(UnavailableError);
    await batcher.submit(note('c'));
    expect(heard).toEqual(['committed 2', 'failed', 'committed 1']);
  });

  it('is drained when the last answer is there, and at once when nothing waits', async () => {
    const batcher = batcherWith();
    await batcher.drained();
    const write = batcher.submit(note('a'));
    await batcher.drained();
    expect(notes()).toEqual(['a']);
    await write;
  });
});

describe('while another process holds the lock', () => {
  let holder: ChildProcess;

  beforeEach(async () => {
    holder = forkSource(LOCK_HOLDER, [join(folder, 'test.sqlite')]);
    expect(await nextMessage(holder)).toBe('held');
  });

  afterEach(async () => {
    if (holder.exitCode !== null) return;
    const exit = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exit;
  });

  it('the event loop goes on, and the write succeeds after the release', async () => {
    let answered = false;
    const write = batcherWith()
      .submit(note('a'))
      .finally(() => (answered = true));
    // Enough turns for several attempts. A wait inside the event loop would end in a refusal instead:
    // the release is said only after it.
    const attempts = () => statements.filter((statement) => statement === 'BEGIN IMMEDIATE').length;
    while (attempts() < 3) await nextTurn();
    expect(answered).toBe(false);
    expect(notes()).toEqual([]);

    holder.send('release');

    expect(await write).toBe('a');
    expect(notes()).toEqual(['a']);
  });

  it('what came meanwhile shares the transaction of the one that waited', async () => {
    const batcher = batcherWith();
    const first = batcher.submit(note('a'));
    while (statements.filter((statement) => statement === 'BEGIN IMMEDIATE').length < 2) await nextTurn();
    const second = batcher.submit(note('b'));
    holder.send('release');
    await Promise.all([first, second]);
    expect(commits()).toBe(1);
  });

  it('a write whose time is over is refused as unavailable, and is not carried out later', async () => {
    const { observer, heard } = listener();
    const batcher = batcherWith({ busyTimeoutMs: 300, observer });
    await expect(batcher.submit(note('late'))).rejects.toThrow(UnavailableError);
    expect([heard[0], heard.at(-1)]).toEqual(['postponed', 'failed']);
    const exit = once(holder, 'exit');
    holder.send('release');
    await exit;
    await batcher.submit(note('a'));
    expect(notes()).toEqual(['a']);
  });
});
