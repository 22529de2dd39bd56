import type { ThrottleRule } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { SECOND_MS, someDigest } from './contract-values.js';

const WINDOW_MS = 60 * SECOND_MS;

function rule(limit: number): ThrottleRule {
  return { key: someDigest(), limit, windowMs: WINDOW_MS };
}

export function describeThrottle(house: ContractHouse): void {
  describe('throttling', () => {
    it('lets as many through as the limit says, then names the end of the window', async () => {
      const { storage, now } = await house.tenant();
      const rules = [rule(2)];
      expect(await storage.throttle.take(rules, now)).toBeUndefined();
      expect(await storage.throttle.take(rules, now + SECOND_MS)).toBeUndefined();
      expect(await storage.throttle.take(rules, now + 2 * SECOND_MS)).toBe(now + WINDOW_MS);
    });

    it('attempts beyond the limit do not lengthen the window', async () => {
      const { storage, now } = await house.tenant();
      const rules = [rule(1)];
      for (let second = 0; second < 60; second += 1)
        await storage.throttle.take(rules, now + second * SECOND_MS);
      expect(await storage.throttle.take(rules, now + WINDOW_MS)).toBeUndefined();
      expect(await storage.throttle.take(rules, now + WINDOW_MS)).toBe(now + 2 * WINDOW_MS);
    });

    it('counts attempts that come at once one by one', async () => {
      const { storage, now } = await house.tenant();
      const rules = [rule(10)];
      const answers = await Promise.all(Array.from({ length: 16 }, () => storage.throttle.take(rules, now)));
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(10);
    });

    it('what one rule refuses counts under none after it, and what none refuses counts under each', async () => {
      const { storage, now } = await house.tenant();
      const [tight, wide] = [rule(1), { ...rule(2), windowMs: 2 * WINDOW_MS }];
      await storage.throttle.take([tight, wide], now);
      for (let time = 0; time < 5; time += 1) {
        expect(await storage.throttle.take([tight, wide], now)).toBe(now + WINDOW_MS);
      }
      expect(await storage.throttle.take([rule(1), wide], now)).toBeUndefined();
      expect(await storage.throttle.take([rule(1), wide], now)).toBe(now + 2 * WINDOW_MS);
    });

    it('an attempt that is given back does not count, and gives nobody else’s back', async () => {
      const { storage, now } = await house.tenant();
      const [rules, others] = [[rule(2)], [rule(1)]];
      await storage.throttle.take(others, now);
      for (let time = 0; time < 5; time += 1) {
        expect(await storage.throttle.take(rules, now)).toBeUndefined();
        await storage.throttle.giveBack(rules, now);
      }
      await storage.throttle.take(rules, now);
      await storage.throttle.take(rules, now);
      expect(await storage.throttle.take(rules, now)).toBe(now + WINDOW_MS);
      expect(await storage.throttle.take(others, now)).toBe(now + WINDOW_MS);
    });

    it('more can’t be given back than was taken', async () => {
      const { storage, now } = await house.tenant();
      const rules = [rule(1)];
      await storage.throttle.giveBack(rules, now);
      await storage.throttle.take(rules, now);
      for (let time = 0; time < 3; time += 1) await storage.throttle.giveBack(rules, now);
      expect(await storage.throttle.take(rules, now)).toBeUndefined();
      expect(await storage.throttle.take(rules, now)).toBe(now + WINDOW_MS);
    });

    it('keys count apart', async () => {
      const { storage, now } = await house.tenant();
      await storage.throttle.take([rule(1)], now);
      expect(await storage.throttle.take([rule(1)], now)).toBeUndefined();
    });
  });
}
