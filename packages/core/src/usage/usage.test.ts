import { describe, expect, it } from 'vitest';
import type { SecretId } from '../ids.js';
import { NOW, sampleEnvironment, sampleGrant, sampleIds, sampleSession } from '../sample.test.support.js';
import { Usage, type UsageBatch, type UsageStore } from './usage.js';

const MINUTE_MS = 60_000;
const environment = sampleEnvironment();
const fresh = sampleSession({ grant: sampleGrant() });
const used = sampleSession({ lastUsedAt: NOW });

/** A store that writes down what it is given, and can be away. */
class NotingStore implements UsageStore {
  readonly batches: UsageBatch[] = [];
  away = false;

  recordUsage(batch: UsageBatch): Promise<void> {
    if (this.away) return Promise.reject(new Error('away'));
    this.batches.push(batch);
    return Promise.resolve();
  }
}

function setting() {
  let asked = 0;
  const usage = new Usage(() => (asked += 1));
  return { usage, store: new NotingStore(), asked: () => asked };
}

describe('usage', () => {
  it('asks for a write at once for the first use of a session, and once', () => {
    const { usage, asked } = setting();
    usage.sessionUsed(fresh, environment, NOW);
    expect(asked()).toBe(1);
    usage.sessionUsed(fresh, environment, NOW + 1);
    usage.sessionUsed(used, environment, NOW + 2);
    expect(asked()).toBe(1);
  });

  it('writes who used what, when, and until when it lives now', async () => {
    const { usage, store } = setting();
    usage.sessionUsed(fresh, environment, NOW + 5);
    await usage.flush(store);
    expect(store.batches).toEqual([
      {
        secrets: new Map(),
        sessions: [
          {
            environmentId: environment.id,
            sessionId: fresh.id,
            origin: 'application',
            userId: sampleIds.user,
            grantId: sampleIds.grant,
            first: true,
            at: NOW + 5,
            idleExpiresAt: NOW + 5 + environment.settings.sessionIdleTimeoutMs,
          },
        ],
      },
    ]);
  });

  it('notes a session that was used before at most once a minute', async () => {
    const { usage, store } = setting();
    usage.sessionUsed(used, environment, NOW + MINUTE_MS - 1);
    await usage.flush(store);
    expect(store.batches).toEqual([]);
    usage.sessionUsed(used, environment, NOW + MINUTE_MS);
    usage.sessionUsed(used, environment, NOW + MINUTE_MS + 1);
    await usage.flush(store);
    expect(store.batches.flatMap(({ sessions }) => sessions.map(({ at, first }) => [at, first]))).toEqual([
      [NOW + MINUTE_MS, false],
    ]);
  });

  it('a second use before the first was written stays the first use', async () => {
    const { usage, store } = setting();
    usage.sessionUsed(fresh, environment, NOW);
    usage.sessionUsed(fresh, environment, NOW + 5);
    await usage.flush(store);
    expect(store.batches[0]?.sessions).toMatchObject([{ first: true, at: NOW + 5 }]);
  });

  it('knows of a use that is not written yet', async () => {
    const { usage, store } = setting();
    expect(usage.pendingUseOf(fresh.id)).toBe(0);
    usage.sessionUsed(fresh, environment, NOW + 5);
    expect(usage.pendingUseOf(fresh.id)).toBe(NOW + 5);
    await usage.flush(store);
    expect(usage.pendingUseOf(fresh.id)).toBe(0);
  });

  it('writes nothing when nothing was used', async () => {
    const { usage, store } = setting();
    await usage.flush(store);
    expect(store.batches).toEqual([]);
  });

  it('a secret is written once a minute, however many requests present it', async () => {
    const { usage, store } = setting();
    const secret = '1'.repeat(32) as SecretId;
    for (const later of [0, 1, 59_999, 60_000, 60_001]) {
      usage.secretUsed(secret, { environmentId: environment.id, at: NOW + later });
      await usage.flush(store);
    }
    expect(store.batches.map(({ secrets }) => secrets.get(secret)?.at)).toEqual([NOW, NOW + 60_000]);
  });

  it('loses nothing when a write fails, and says that it failed', async () => {
    const { usage, store } = setting();
    const secret = '1'.repeat(32) as SecretId;
    usage.sessionUsed(fresh, environment, NOW);
    usage.secretUsed(secret, { environmentId: environment.id, at: NOW });
    store.away = true;
    await expect(usage.flush(store)).rejects.toThrow('away');
    expect(usage.pendingUseOf(fresh.id)).toBe(NOW);
    store.away = false;
    await usage.flush(store);
    expect(store.batches).toMatchObject([{ sessions: [{ sessionId: fresh.id, first: true, at: NOW }] }]);
    expect(store.batches[0]?.secrets).toEqual(
      new Map([[secret, { environmentId: environment.id, at: NOW }]]),
    );
  });

  it('what came while a write failed is newer than what it takes along', async () => {
    const { usage, store } = setting();
    const secret = '1'.repeat(32) as SecretId;
    usage.sessionUsed(fresh, environment, NOW);
    usage.secretUsed(secret, { environmentId: environment.id, at: NOW });
    store.away = true;
    const failing = usage.flush(store);
    usage.sessionUsed(fresh, environment, NOW + 7);
    usage.secretUsed(secret, { environmentId: environment.id, at: NOW + 7 });
    await expect(failing).rejects.toThrow('away');
    store.away = false;
    await usage.flush(store);
    expect(store.batches).toMatchObject([{ sessions: [{ first: true, at: NOW + 7 }] }]);
    expect(store.batches[0]?.secrets.get(secret)?.at).toBe(NOW + 7);
  });
});
