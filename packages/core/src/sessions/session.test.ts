import { describe, expect, it } from 'vitest';
import { DEFAULT_ENVIRONMENT_SETTINGS } from '../environments/environment.js';
import { DAY_MS } from '../grants/grant-expiry.js';
import { NOW, sampleGrant, sampleSession } from '../sample.test.support.js';
import { judgeSession, secondsLeft, type SessionEvidence } from './session.js';

const HOUR_MS = 3_600_000;
const { sessionIdleTimeoutMs: IDLE_MS, sessionTotalAgeMs: TOTAL_MS } = DEFAULT_ENVIRONMENT_SETTINGS;
const NO_EXPIRY = { rotation: false, absoluteDays: null, inactivityDays: null };

/** When it ends, seen at a moment; undefined when it is dead. */
function endOf(evidence: SessionEvidence, now = NOW, lastUse = NOW): number | undefined {
  return judgeSession(evidence, DEFAULT_ENVIRONMENT_SETTINGS, { now, lastUse })?.expiresAt;
}

describe('a session', () => {
  it('ends after the idle timeout, counted from its last use', () => {
    expect(endOf(sampleSession())).toBe(NOW + IDLE_MS);
    expect(endOf(sampleSession(), NOW + IDLE_MS - 1)).toBe(NOW + IDLE_MS);
    expect(endOf(sampleSession(), NOW + IDLE_MS)).toBeUndefined();
    expect(endOf(sampleSession(), NOW + IDLE_MS, NOW + HOUR_MS)).toBe(NOW + HOUR_MS + IDLE_MS);
  });

  it('ends at its total age, however busy it is', () => {
    const busy = NOW + TOTAL_MS - 1;
    expect(endOf(sampleSession(), busy, busy)).toBe(NOW + TOTAL_MS);
    expect(endOf(sampleSession(), NOW + TOTAL_MS, busy)).toBeUndefined();
  });

  it.each<[string, Partial<SessionEvidence>]>([
    ['it was ended', { endedAt: NOW - 1 }],
    ['its user may no more', { userAllows: false }],
    ['its grant may no more', { grant: sampleGrant({ stands: false }) }],
    ['its grant is gone', { origin: 'application', grant: undefined }],
  ])('is dead when %s', (_name, overrides) => {
    expect(endOf(sampleSession(overrides))).toBeUndefined();
  });

  it('never outlives its grant: the absolute expiry of then', () => {
    const session = sampleSession({ grant: sampleGrant({ expiresAt: NOW + HOUR_MS }) });
    expect(endOf(session)).toBe(NOW + HOUR_MS);
    expect(endOf(session, NOW + HOUR_MS, NOW + HOUR_MS)).toBeUndefined();
  });

  it('never outlives its grant: the absolute expiry of now', () => {
    const refreshPolicy = { ...NO_EXPIRY, absoluteDays: 1 };
    const grant = sampleGrant({ authorizedAt: NOW - DAY_MS + HOUR_MS, refreshPolicy });
    expect(endOf(sampleSession({ grant }))).toBe(NOW + HOUR_MS);
  });

  it('never outlives its grant: the user’s inactivity', () => {
    const refreshPolicy = { ...NO_EXPIRY, inactivityDays: 1 };
    const session = sampleSession({ grant: sampleGrant({ refreshPolicy }) });
    const user = { ...session.user, lastActiveAt: NOW - DAY_MS + HOUR_MS };
    expect(endOf({ ...session, user })).toBe(NOW + HOUR_MS);
    expect(endOf({ ...session, user }, NOW + HOUR_MS, NOW + HOUR_MS)).toBeUndefined();
  });
});

describe('the seconds left', () => {
  it.each([
    [8 * HOUR_MS, 28_800],
    [1999, 1],
    [1000, 1],
    [999, 1],
    [0, 1],
    [-5000, 1],
  ])('of %i ms are %i: whole, and never 0', (milliseconds, seconds) => {
    expect(secondsLeft(NOW + milliseconds, NOW)).toBe(seconds);
  });
});
