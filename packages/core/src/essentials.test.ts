import { describe, expect, it } from 'vitest';
import { forwardOnly, newOrderedId, systemRandom } from './essentials.js';
import type { EnvironmentId } from './ids.js';

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

describe('ordered identifiers', () => {
  const at = (ms: number) => ({ clock: { now: () => ms, real: () => ms }, random: systemRandom });
  const made = (ms: number, count: number) => Array.from({ length: count }, () => newOrderedId(at(ms)));

  it('of one millisecond stand in the order in which they were made, and before all later ones', () => {
    const ids = [...made(1_795_768_365_283, 4_096), ...made(1_795_768_365_284, 3)];
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are UUIDs of version 7, however many a millisecond has', () => {
    for (const id of made(1_795_768_365_285, 5_000))
      expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  });
});

describe('a clock that only goes forward', () => {
  const [a, b] = ['a', 'b'] as [EnvironmentId, EnvironmentId];

  it('stands still while the machine’s time is behind, also for environments', () => {
    let machine = 10;
    const time = (): number => machine;
    const clock = forwardOnly({ now: time, real: time });
    const told = (): readonly number[] => [clock.now(a), clock.real(), clock.now(b)];
    expect(told()).toEqual([10, 10, 10]);
    machine = 4;
    expect(told()).toEqual([10, 10, 10]);
    machine = 12;
    expect(told()).toEqual([12, 12, 12]);
  });

  it('tells each environment its own time, and none an earlier one than before', () => {
    let [machine, lead] = [10, 5];
    const clock = forwardOnly({ now: (id) => machine + (id === a ? lead : 0), real: () => machine });
    const told = (): readonly number[] => [clock.now(a), clock.real(), clock.now(b)];
    expect(told()).toEqual([15, 10, 10]);
    lead = 3;
    expect(told()).toEqual([15, 10, 10]);
    machine = 11;
    lead = 9;
    expect(told()).toEqual([20, 11, 11]);
    machine = 4;
    expect(told()).toEqual([20, 11, 11]);
  });
});
