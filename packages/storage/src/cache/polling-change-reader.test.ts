import type { EnvironmentId } from '@fluxo/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeListener } from './change-reader.js';
import { PollingChangeReader, type ChangePoll, type PollTimer } from './polling-change-reader.js';
import { ReadCache } from './read-cache.js';

const ENVIRONMENT = 'e'.repeat(32) as EnvironmentId;
const QUIET: ReadonlySet<EnvironmentId> = new Set();

class ManualTimer implements PollTimer {
  #nowMs = 0;
  #waiting: { readonly atMs: number; readonly work: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(milliseconds: number, work: () => void): () => void {
    const entry = { atMs: this.#nowMs + milliseconds, work };
    this.#waiting.push(entry);
    return () => (this.#waiting = this.#waiting.filter((other) => other !== entry));
  }

  pass(milliseconds: number): void {
    this.#nowMs += milliseconds;
    const due = this.#waiting.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#waiting = this.#waiting.filter((entry) => !due.includes(entry));
    for (const { work } of due) work();
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }
}

/** A look at the log that the test answers. */
interface Look {
  readonly since: number | undefined;
  answer(changed: ChangePoll<number>['changed']): Promise<void>;
  fail(): Promise<void>;
}

let timer: ManualTimer;
let looks: Look[];
let reader: PollingChangeReader<number>;

/** Lets everything that is ready run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  timer = new ManualTimer();
  looks = [];
  let cursor = 100;
  const read = (since: number | undefined): Promise<ChangePoll<number>> =>
    new Promise((resolve, reject) => {
      looks.push({
        since,
        answer: (changed) => {
          cursor += 1;
          resolve({ cursor, changed });
          return settled();
        },
        fail: () => {
          reject(new Error('The channel is lost.'));
          return settled();
        },
      });
    });
  reader = new PollingChangeReader({ read, timer });
});

/** The look under way. */
function look(): Look {
  const last = looks.at(-1);
  if (last === undefined) throw new Error('Nobody looked.');
  return last;
}

function listening(): { readonly told: unknown[]; readonly listener: ChangeListener } {
  const told: unknown[] = [];
  const listener = {
    changed: (ids: ReadonlySet<EnvironmentId>) => void told.push([...ids]),
    missed: () => void told.push('missed'),
  };
  return { told, listener };
}

describe('trust', () => {
  it('begins with the first look that came back, not before', async () => {
    expect(reader.isTrusted()).toBe(false);
    reader.start();
    expect(reader.isTrusted()).toBe(false);
    await look().answer(QUIET);
    expect(reader.isTrusted()).toBe(true);
  });

  it('ends 750 ms after the last look that came back had begun, and comes back with the next', async () => {
    reader.start();
    timer.pass(300);
    await look().answer(QUIET);
    timer.pass(449);
    expect(reader.isTrusted()).toBe(true);
    timer.pass(1);
    expect(reader.isTrusted()).toBe(false);
    await look().answer(QUIET);
    expect(reader.isTrusted()).toBe(true);
  });

  it('is not given for a look that took longer than 750 ms', async () => {
    reader.start();
    timer.pass(750);
    await look().answer(QUIET);
    expect(reader.isTrusted()).toBe(false);
  });

  it('survives a look that fails, ends when all fail, and the next one goes on where the last good one was', async () => {
    reader.start();
    await look().answer(QUIET);
    for (const trusted of [true, true, false, false]) {
      timer.pass(250);
      await look().fail();
      expect(reader.isTrusted()).toBe(trusted);
    }
    timer.pass(250);
    expect(looks.map(({ since }) => since)).toEqual([undefined, 101, 101, 101, 101, 101]);
    await look().answer(QUIET);
    expect(reader.isTrusted()).toBe(true);
  });

  it('is over when the reader is closed, and nobody looks any more', async () => {
    reader.start();
    await look().answer(QUIET);
    await reader.close();
    expect(reader.isTrusted()).toBe(false);
    reader.wake();
    expect([timer.isWaiting, looks.length]).toEqual([false, 1]);
  });
});

describe('looking', () => {
  it('happens again 250 ms after a look came back, from where it ended', async () => {
    reader.start();
    await look().answer(QUIET);
    timer.pass(249);
    expect(looks).toHaveLength(1);
    timer.pass(1);
    expect(looks.map(({ since }) => since)).toEqual([undefined, 101]);
  });

  it('happens at once when woken, and the wait for the next begins anew', async () => {
    reader.start();
    await look().answer(QUIET);
    timer.pass(100);
    reader.wake();
    expect(looks).toHaveLength(2);
    await look().answer(QUIET);
    timer.pass(150);
    expect(looks).toHaveLength(2);
  });

  it('happens once more when woken meanwhile, however often: that look may have begun too early', async () => {
    reader.start();
    for (let index = 0; index < 5; index += 1) reader.wake();
    expect(looks).toHaveLength(1);
    await look().answer(QUIET);
    expect(looks).toHaveLength(2);
    await look().answer(QUIET);
    expect(looks).toHaveLength(2);
  });

  it('closing waits for the look under way', async () => {
    reader.start();
    let closed = false;
    const closing = reader.close().then(() => (closed = true));
    await settled();
    expect(closed).toBe(false);
    await look().fail();
    await closing;
    expect([timer.isWaiting, looks.length]).toEqual([false, 1]);
  });
});

describe('telling', () => {
  it('names whose things were changed, says when some of it was missed, and keeps quiet about nothing', async () => {
    const { told, listener } = listening();
    reader.listen(listener);
    reader.start();
    await look().answer(QUIET);
    timer.pass(250);
    await look().answer(new Set([ENVIRONMENT]));
    timer.pass(250);
    await look().answer('missed');
    expect(told).toEqual([[ENVIRONMENT], 'missed']);
  });

  it('comes before trust: nobody is given what was remembered before the channel was lost', async () => {
    const cache = new ReadCache(reader);
    let name = 'old';
    const find = () =>
      cache.get({ key: 'x', read: () => Promise.resolve(name), environmentOf: () => ENVIRONMENT });
    reader.start();
    await look().answer(QUIET);
    expect(await find()).toBe('old');
    name = 'new';
    expect(await find()).toBe('old');
    timer.pass(750);
    expect(await find()).toBe('new');
    await look().answer(new Set([ENVIRONMENT]));
    expect(reader.isTrusted()).toBe(true);
    expect(await find()).toBe('new');
  });
});
