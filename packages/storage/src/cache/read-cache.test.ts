import type { EnvironmentId } from '@fluxo/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeListener, ChangeReader } from './change-reader.js';
import { ReadCache } from './read-cache.js';

const [HERE, THERE] = ['a', 'b'].map((letter) => letter.repeat(32)) as [EnvironmentId, EnvironmentId];

class ManualReader implements ChangeReader {
  trusted = true;
  /** What it hears the next time it is asked. */
  heard: ((listener: ChangeListener) => void) | undefined;
  #listener: ChangeListener | undefined;

  listen(listener: ChangeListener): void {
    this.#listener = listener;
  }

  isTrusted(): boolean {
    if (this.#listener !== undefined) this.heard?.(this.#listener);
    this.heard = undefined;
    return this.trusted;
  }
}

const MAX_ENTRIES = 3;
let reader: ManualReader;
let cache: ReadCache;
let reads: string[];

beforeEach(() => {
  reader = new ManualReader();
  cache = new ReadCache(reader, MAX_ENTRIES);
  reads = [];
});

/** What the database says is counted, so that what was remembered is told from what was read. */
function ask(key: string, environmentId = HERE): Promise<string | undefined> {
  return cache.get({
    key,
    read: () => Promise.resolve(`${key}${String(reads.push(key))}`),
    environmentOf: () => environmentId,
  });
}

/** A read that comes back when the test says so. */
function slow(key: string) {
  let finish: (found: string | undefined) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const answer = cache.get({
    key,
    read: () => {
      reads.push(key);
      return new Promise<string | undefined>((resolve, reject) => {
        [finish, fail] = [resolve, reject];
      });
    },
    environmentOf: () => HERE,
  });
  return { answer, finish: (found?: string) => finish(found), fail: () => fail(new Error('away')) };
}

describe('what was found', () => {
  it('is read once and remembered', async () => {
    expect([await ask('a'), await ask('a'), await ask('b')]).toEqual(['a1', 'a1', 'b2']);
  });

  it('is read once for all who ask meanwhile', async () => {
    const first = slow('a');
    const others = [ask('a'), ask('a')];
    first.finish('found');
    expect(await Promise.all([first.answer, ...others])).toEqual(['found', 'found', 'found']);
    expect(reads).toEqual(['a']);
  });

  it('can’t be changed by whoever got it, in all its depth', async () => {
    const read = () => Promise.resolve({ name: 'A', urls: ['x'], digest: new Uint8Array(1) });
    const found = await cache.get({ key: 'a', read, environmentOf: () => HERE });
    expect(() => Object.assign(found ?? {}, { name: 'B' })).toThrow(TypeError);
    expect(() => found?.urls.push('y')).toThrow(TypeError);
  });

  it('the eldest that nobody used goes first when there is no room', async () => {
    for (const key of ['a', 'b', 'c', 'a', 'd']) await ask(key);
    expect(await ask('a')).toBe('a1');
    expect(await ask('b')).toBe('b5');
    expect(reads).toEqual(['a', 'b', 'c', 'd', 'b']);
  });

  it('where all were used, the eldest makes room for the new one', async () => {
    for (const key of ['a', 'b', 'c', 'a', 'b', 'c', 'd']) await ask(key);
    expect([await ask('d'), await ask('b'), await ask('c')]).toEqual(['d4', 'b2', 'c3']);
    expect(await ask('a')).toBe('a5');
  });
});

describe('what was not found', () => {
  it('is asked for each time and takes nobody’s room', async () => {
    for (const key of ['a', 'b', 'c']) await ask(key);
    for (const key of ['x', 'y', 'y']) {
      const missing = slow(key);
      missing.finish();
      expect(await missing.answer).toBeUndefined();
    }
    expect([await ask('a'), await ask('b'), await ask('c')]).toEqual(['a1', 'b2', 'c3']);
    expect(reads.slice(3)).toEqual(['x', 'y', 'y']);
  });

  it('a read that failed fails for those who waited, and the next one reads', async () => {
    const failing = slow('a');
    const waiting = ask('a');
    failing.fail();
    await expect(failing.answer).rejects.toThrow('away');
    await expect(waiting).rejects.toThrow('away');
    expect(await ask('a')).toBe('a2');
  });
});

describe('what was heard', () => {
  it('is one number while nothing changes, also while other things are read', async () => {
    const before = cache.heard();
    await ask('a');
    expect(before).toBeDefined();
    expect(cache.heard()).toBe(before);
  });

  it.each<[string, () => void]>([
    ['a change by this process', () => cache.drop(THERE)],
    ['a change by another', () => cache.changed(new Set([THERE]))],
    ['changes that are not in the log any more', () => cache.missed()],
    ['a change that is heard of by asking', () => (reader.heard = (to) => to.changed(new Set([THERE])))],
  ])('is another number after %s', (_name, change) => {
    const before = cache.heard();
    change();
    expect(cache.heard()).not.toBe(before);
  });

  it('is nothing while the reader is not trusted', () => {
    reader.trusted = false;
    expect(cache.heard()).toBeUndefined();
  });
});

describe('a change', () => {
  it('drops what is remembered of its environment, and of no other', async () => {
    await ask('a', HERE);
    await ask('b', THERE);
    cache.drop(HERE);
    expect([await ask('a', HERE), await ask('b', THERE)]).toEqual(['a3', 'b2']);
  });

  it('that is heard of by asking counts for whoever asked', async () => {
    await ask('a');
    reader.heard = (listener) => listener.changed(new Set([HERE]));
    expect(await ask('a')).toBe('a2');
  });

  it('that was missed drops everything', async () => {
    await ask('a', HERE);
    await ask('b', THERE);
    reader.heard = (listener) => listener.missed();
    expect([await ask('a', HERE), await ask('b', THERE)]).toEqual(['a3', 'b4']);
  });

  it.each<[string, (cache: ReadCache) => void]>([
    ['here', (it) => it.drop(HERE)],
    ['of another environment', (it) => it.drop(THERE)],
    ['that was missed', (it) => it.missed()],
  ])('%s while something was read: what was read is not remembered', async (_name, happen) => {
    const begunBefore = slow('a');
    happen(cache);
    begunBefore.finish('old');
    expect(await begunBefore.answer).toBe('old');
    expect(await ask('a')).toBe('a2');
  });

  it('whoever asks after it is not given the answer of a read that began before it', async () => {
    const begunBefore = slow('a');
    cache.drop(HERE);
    const asked = ask('a');
    begunBefore.finish('old');
    expect(await asked).toBe('a2');
    expect(await ask('a')).toBe('a2');
  });

  it('a read that began before it ends without taking the one that began after it from those who share it', async () => {
    const begunBefore = slow('a');
    cache.drop(HERE);
    const begunAfter = slow('a');
    begunBefore.finish('old');
    await begunBefore.answer;
    const asked = ask('a');
    begunAfter.finish('new');
    expect([await begunAfter.answer, await asked]).toEqual(['new', 'new']);
    expect(reads).toEqual(['a', 'a']);
  });
});

describe('a reader that hasn’t heard for too long', () => {
  it('nothing remembered is given out, nobody’s read is shared, and nothing is remembered anew', async () => {
    await ask('a');
    reader.trusted = false;
    expect([await ask('a'), await ask('a')]).toEqual(['a2', 'a3']);
    const underWay = slow('b');
    expect(await ask('b')).toBe('b5');
    underWay.finish('late');
    expect(await underWay.answer).toBe('late');
    reader.trusted = true;
    expect(await ask('b')).toBe('b6');
  });
});
