import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientId } from '../ids.js';
import { NOW, sampleDigest, sampleIds } from '../sample.test.support.js';
import { DAY_MS, grantExpiresAt } from './grant-expiry.js';
import type { Refresh } from './grant-store.js';
import { judgeRefresh, type RefreshRowEvidence } from './judge-refresh.js';

/** Generation 5 is current, 4 was rotated away a second ago. */
const ROW: RefreshRowEvidence = {
  userId: sampleIds.user,
  authorizedAt: NOW - DAY_MS,
  expiresAt: null,
  userLastActiveAt: NOW,
  clientId: sampleIds.client,
  generation: 5,
  currentDigest: sampleDigest('5'),
  previousDigest: sampleDigest('4'),
  rotatedAt: NOW - 1000,
  successorUsedAt: null,
  stands: true,
};

function refresh(generation: number, overrides: Partial<Refresh> = {}): Refresh {
  return {
    grantId: sampleIds.grant,
    clientId: sampleIds.client,
    presented: { generation, digest: sampleDigest(String(generation)) },
    successor: { digest: sampleDigest('next'), keyId: 'key' },
    session: { id: sampleIds.session, digest: sampleDigest('session'), idleTimeoutMs: 1000 },
    kind: 'web',
    policy: { rotation: true, absoluteDays: null, inactivityDays: null },
    now: NOW,
    ...overrides,
  };
}

describe('why a refresh did not win', () => {
  it.each<[string, readonly [Partial<RefreshRowEvidence>, Refresh], string]>([
    ['the previous one, inside the window', [{}, refresh(4)], 'repeated'],
    ['an older generation', [{}, refresh(3)], 'reused'],
    ['the oldest generation', [{}, refresh(1)], 'reused'],
    ['the previous one, its successor used', [{ successorUsedAt: NOW }, refresh(4)], 'reused'],
    [
      'the previous one of a spa, 30 s ago',
      [{ rotatedAt: NOW - 30_000 }, refresh(4, { kind: 'spa' })],
      'reused',
    ],
    [
      'the previous one of a spa, 29.999 s ago',
      [{ rotatedAt: NOW - 29_999 }, refresh(4, { kind: 'spa' })],
      'repeated',
    ],
    ['the previous one of a web, a day ago', [{ rotatedAt: NOW - DAY_MS }, refresh(4)], 'reused'],
    [
      'the previous one of a web, almost a day ago',
      [{ rotatedAt: NOW - DAY_MS + 1 }, refresh(4)],
      'repeated',
    ],
    ['another client', [{}, refresh(4, { clientId: '0'.repeat(32) as ClientId })], 'unknown'],
    ['a generation to come', [{}, refresh(6)], 'unknown'],
    [
      'the current generation, another secret',
      [{}, refresh(5, { presented: { generation: 5, digest: sampleDigest('x') } })],
      'unknown',
    ],
    ['a code not exchanged yet', [{ currentDigest: null }, refresh(0)], 'unknown'],
    ['ended access', [{ stands: false }, refresh(5)], 'ended'],
    ['an older generation of ended access', [{ stands: false }, refresh(3)], 'ended'],
    ['the absolute expiry of then', [{ expiresAt: NOW }, refresh(5)], 'expired'],
    ['an older generation of an expired grant', [{ expiresAt: NOW }, refresh(3)], 'expired'],
    [
      'the absolute expiry of now',
      [{}, refresh(4, { policy: { rotation: true, absoluteDays: 1, inactivityDays: null } })],
      'expired',
    ],
    [
      'inactivity',
      [
        { userLastActiveAt: NOW - DAY_MS },
        refresh(4, { policy: { rotation: true, absoluteDays: null, inactivityDays: 1 } }),
      ],
      'expired',
    ],
  ])('is, for %s, told by the row', (_name, [row, input], verdict) => {
    expect(judgeRefresh({ ...ROW, ...row }, input)).toBe(verdict);
  });

  it('is that nothing is there', () => {
    expect(judgeRefresh(undefined, refresh(5))).toBe('unknown');
  });
});

describe('the expiry of a grant', () => {
  const days = fc.option(fc.integer({ min: 1, max: 3650 }));
  const time = fc.integer({ min: NOW - 100 * DAY_MS, max: NOW });

  it('is the earliest of the three, and none without any', () => {
    fc.assert(
      fc.property(fc.tuple(time, fc.option(time)), days, fc.tuple(days, time), (then, absoluteDays, away) => {
        const [authorizedAt, expiry] = then;
        const [inactivityDays, active] = away;
        const policy = { rotation: true, absoluteDays, inactivityDays };
        const expiresAt = grantExpiresAt({ authorizedAt, expiresAt: expiry }, policy, active);
        const bounds = [
          ...(expiry === null ? [] : [expiry]),
          ...(absoluteDays === null ? [] : [authorizedAt + absoluteDays * DAY_MS]),
          ...(inactivityDays === null ? [] : [active + inactivityDays * DAY_MS]),
        ];
        for (const bound of bounds) expect(expiresAt).toBeLessThanOrEqual(bound);
        expect([...bounds, Infinity]).toContain(expiresAt);
        expect(expiresAt === Infinity).toBe(bounds.length === 0);
      }),
    );
  });
});
