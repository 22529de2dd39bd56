import { describe, expect, it } from 'vitest';
import { systemRandom } from '../essentials.js';
import type { EnvironmentId } from '../ids.js';
import { NOW } from '../sample.test.support.js';
import type { RefusalEvent } from './audit-store.js';
import { MOST_REFUSALS_A_MINUTE, Refusals, type Refusal } from './refusals.js';

const [acme, globex] = ['a'.repeat(32) as EnvironmentId, 'b'.repeat(32) as EnvironmentId];
const MINUTE_MS = 60_000;
const ID = expect.stringMatching(/^[0-9a-f]{32}$/) as RefusalEvent['id'];

function setting() {
  let now = NOW;
  const written: (readonly [EnvironmentId, RefusalEvent])[] = [];
  let isAway = false;
  const refusals = new Refusals({ clock: { now: () => now, real: () => now }, random: systemRandom });
  const record = (id: EnvironmentId, events: readonly RefusalEvent[]): Promise<void> => {
    if (isAway) return Promise.reject(new Error('away'));
    written.push(...events.map((event) => [id, event] as const));
    return Promise.resolve();
  };
  return {
    refusals,
    record,
    written,
    pass: (milliseconds: number) => (now += milliseconds),
    setAway: (away: boolean) => (isAway = away),
  };
}

const refusal = (detail: string, more: Partial<Refusal> = {}): Refusal => ({
  ...{ type: 'token.refused', at: NOW, via: 'protocol', detail },
  ...more,
});
const many = Array.from({ length: 100 }, (_, index) => refusal(`${index}`));

describe('refusals', () => {
  it('are written as they came, each in its environment', async () => {
    const { refusals, record, written } = setting();
    refusals.note(acme, refusal('one'));
    refusals.note(globex, refusal('two'));
    await refusals.flush(record);
    await refusals.flush(record);
    expect(written).toEqual([
      [acme, { id: ID, ...refusal('one') }],
      [globex, { id: ID, ...refusal('two') }],
    ]);
  });

  it('of one kind and minute beyond the limit are counted, and the count is a row once the minute is over', async () => {
    const { refusals, record, written, pass } = setting();
    for (const one of many) refusals.note(acme, one);
    await refusals.flush(record);
    expect(written).toHaveLength(MOST_REFUSALS_A_MINUTE);
    pass(MINUTE_MS - 1);
    await refusals.flush(record);
    expect(written).toHaveLength(MOST_REFUSALS_A_MINUTE);
    pass(1);
    await refusals.flush(record);
    const omitted = 100 - MOST_REFUSALS_A_MINUTE;
    expect(written.slice(MOST_REFUSALS_A_MINUTE)).toEqual([
      [
        acme,
        {
          id: ID,
          type: 'token.refused',
          via: 'protocol',
          at: NOW,
          omitted,
          detail: `${omitted} more in the same minute`,
        },
      ],
    ]);
  });

  it('of another kind, environment or minute have a limit of their own', async () => {
    const { refusals, record, written, pass } = setting();
    for (const one of many) refusals.note(acme, one);
    refusals.note(acme, refusal('other kind', { type: 'user.sign-in-failed' }));
    refusals.note(globex, refusal('other environment'));
    pass(MINUTE_MS);
    refusals.note(acme, refusal('next minute'));
    await refusals.flush(record);
    const details = written.map(([, { detail }]) => detail);
    expect(details).toEqual(expect.arrayContaining(['other kind', 'other environment', 'next minute']));
    expect(details).toHaveLength(MOST_REFUSALS_A_MINUTE + 4);
  });

  it('are counted to the end when the server stops within the minute', async () => {
    const { refusals, record, written } = setting();
    for (const one of many) refusals.note(acme, one);
    await refusals.flush(record, true);
    expect(written.at(-1)?.[1].omitted).toBe(100 - MOST_REFUSALS_A_MINUTE);
  });

  it('are not lost when a write fails, nor written twice', async () => {
    const { refusals, record, written, setAway } = setting();
    refusals.note(acme, refusal('one'));
    setAway(true);
    await expect(refusals.flush(record)).rejects.toThrow('away');
    refusals.note(acme, refusal('two'));
    setAway(false);
    await refusals.flush(record);
    await refusals.flush(record);
    expect(written.map(([, { detail }]) => detail)).toEqual(['one', 'two']);
    expect(new Set(written.map(([, { id }]) => id)).size).toBe(2);
  });

  it('wait in bounded memory while nothing can be written, and none goes uncounted', async () => {
    const { refusals, record, written, pass, setAway } = setting();
    setAway(true);
    const minutes = 400;
    for (let minute = 0; minute < minutes; minute += 1) {
      for (const one of many) refusals.note(acme, one);
      pass(MINUTE_MS);
      await expect(refusals.flush(record)).rejects.toThrow('away');
    }
    setAway(false);
    await refusals.flush(record, true);
    expect(written.length).toBeLessThan(6_000);
    const rows = written.filter(([, { omitted }]) => omitted === undefined).length;
    const omitted = written.reduce((sum, [, event]) => sum + (event.omitted ?? 0), 0);
    expect(rows + omitted).toBe(minutes * 100);
  });
});
