import { expect, it } from 'vitest';
import { cacheKib } from './page-cache.js';

const MB = 1_048_576;

it.each([
  { of: 'a fresh one', bytes: 0, mib: 16 },
  { of: 'half a gigabyte', bytes: 512 * MB, mib: 16 },
  { of: 'two gigabytes', bytes: 2048 * MB, mib: 64 },
  { of: 'as much as there is', bytes: 100_000 * MB, mib: 128 },
])('$of has a cache of $mib MiB', ({ bytes, mib }) => expect(cacheKib(bytes)).toBe(mib * 1024));
