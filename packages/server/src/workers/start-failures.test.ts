import { expect, test } from 'vitest';
import { StartFailures } from './start-failures.js';

test('the fifth worker that ends before it listens, within ten seconds, is the last', () => {
  const failures = new StartFailures();
  expect([0, 2_000, 4_000, 6_000, 9_999].map((at) => failures.note(at))).toEqual([
    ...[false, false, false, false],
    true,
  ]);
});

test('ends that lie further apart are each worth another try', () => {
  const failures = new StartFailures();
  for (let at = 0; at < 100_000; at += 2_501) expect(failures.note(at)).toBe(false);
});
