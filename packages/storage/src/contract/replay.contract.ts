import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, SECOND_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

/** The same thing, good for an hour, whenever it is tried. */
function somethingOf({ storage, now }: Tenant) {
  const digest = someDigest();
  return (at = now): Promise<boolean> => storage.replay.useOnce(digest, now + HOUR_MS, at);
}

export function describeReplay(house: ContractHouse): void {
  describe('what may be used once', () => {
    it('is used once, to its last moment, and others are their own', async () => {
      const tenant = await house.tenant();
      const [use, useOther] = [somethingOf(tenant), somethingOf(tenant)];
      expect(await use()).toBe(true);
      expect(await use()).toBe(false);
      expect(await use(tenant.now + HOUR_MS - 1)).toBe(false);
      expect(await useOther()).toBe(true);
    });

    it('is not used again for a later end', async () => {
      const { storage, now } = await house.tenant();
      const digest = someDigest();
      expect(await storage.replay.useOnce(digest, now + HOUR_MS, now)).toBe(true);
      expect(await storage.replay.useOnce(digest, now + 9 * HOUR_MS, now + SECOND_MS)).toBe(false);
    });

    it('is used by one of many that come at once', async () => {
      const use = somethingOf(await house.tenant());
      const answers = await Promise.all(Array.from({ length: 16 }, () => use()));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('is not used again after a restart', async () => {
      const tenant = await house.tenant();
      const digest = someDigest();
      const use = () => tenant.storage.replay.useOnce(digest, tenant.now + HOUR_MS, tenant.now);
      expect(await use()).toBe(true);
      await house.reopen();
      expect(await use()).toBe(false);
    });

    it('is not used at all once it has expired, and nothing is remembered of that', async () => {
      const { storage, now } = await house.tenant();
      const digest = someDigest();
      expect(await storage.replay.useOnce(digest, now, now)).toBe(false);
      expect(await storage.replay.useOnce(digest, now + 1, now)).toBe(true);
    });

    it('a use that fails is none, and takes none beside it along', async () => {
      const tenant = await house.tenant();
      const { storage, now } = tenant;
      const [digest, before, after] = [someDigest(), somethingOf(tenant), somethingOf(tenant)];
      const failing = storage.replay.useOnce(digest, Number.NaN, now);
      const [first, failed, last] = await Promise.allSettled([before(), failing, after()]);
      expect([first, last]).toEqual(Array(2).fill({ status: 'fulfilled', value: true }));
      expect(failed.status).toBe('rejected');
      expect(await storage.replay.useOnce(digest, now + HOUR_MS, now)).toBe(true);
      expect([await before(), await after()]).toEqual([false, false]);
    });

    it('is remembered for another hour, for nodes whose clock is behind, and goes with ordinary writes then', async () => {
      const tenant = await house.tenant();
      const use = somethingOf(tenant);
      expect(await use()).toBe(true);
      await house.purgeAfter(2 * HOUR_MS - 30 * SECOND_MS, tenant);
      expect(await use()).toBe(false);
      await house.purgeAfter(2 * HOUR_MS + SECOND_MS, tenant);
      // By the time of then: nothing remembers it any more.
      expect(await use()).toBe(true);
    });
  });
}
