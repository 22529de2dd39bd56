import { expect, test } from 'vitest';
import { duration } from './duration.js';

test.each([
  [-5, 'a moment'],
  [400, 'a moment'],
  [1_000, '1 second'],
  [61_000, '1 minute'],
  [28_799_000, '7 hours 59 minutes'],
  [604_800_000, '7 days'],
  [694_800_000, '8 days 1 hour'],
])('%d ms read as “%s”', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});
