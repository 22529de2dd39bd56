import { describe, expect, it } from 'vitest';
import { systemRandom } from './essentials.js';

describe('the system’s chance', () => {
  it('gives out no byte twice, however often and in whatever sizes it is asked', () => {
    const given = new Set<string>();
    for (let index = 0; index < 300; index += 1) {
      for (const size of [16, 24, 32, 64, 65, 100]) {
        const bytes = Buffer.from(systemRandom.bytes(size));
        expect(bytes).toHaveLength(size);
        // Sixteen bytes that came before, anywhere in what comes now, would show in one of these pieces.
        for (let at = 0; at + 16 <= size; at += 8) given.add(bytes.toString('hex', at, at + 16));
      }
    }
    expect(given.size).toBe(300 * (1 + 2 + 3 + 7 + 7 + 11));
  });

  it('does not change what it gave out before', () => {
    const first = systemRandom.bytes(24);
    const copy = Buffer.from(first);
    for (let index = 0; index < 1_000; index += 1) systemRandom.bytes(24);
    expect(Buffer.from(first)).toEqual(copy);
  });
});
