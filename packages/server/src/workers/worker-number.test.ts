import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { connectionsEach, MAX_WORKERS, parseWorkers } from './worker-number.js';

test.each([
  ['1', 1],
  ['32', 32],
  ['auto', Math.min(availableParallelism(), MAX_WORKERS)],
] as const)('%s is a number of workers', (text, workers) => {
  expect(parseWorkers(text)).toBe(workers);
});

test.each(['0', '-1', '33', '1000', '2.5', '1e1', 'two', 'AUTO', '', ' '])('"%s" is none', (text) => {
  expect(parseWorkers(text)).toBeUndefined();
});

test('all workers together leave PostgreSQL as it is installed (100 connections, 3 for its administrator) enough', () => {
  for (let workers = 1; workers <= MAX_WORKERS; workers += 1) {
    const each = connectionsEach(workers);
    expect(each).toBeGreaterThanOrEqual(2);
    expect(each).toBeLessThanOrEqual(16);
    // One of each listens for changes.
    expect(workers * (each + 1)).toBeLessThan(97);
  }
});
