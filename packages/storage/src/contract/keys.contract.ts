import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';

/** Keys belong to no environment, so these tests build on one another's: the database has but one ring. */
export function describeKeys(house: ContractHouse): void {
  describe('the record of secret keys', () => {
    const keys = () => house.storage.keys;

    it('of two nodes that start at once with different keys on an empty database exactly one is admitted', async () => {
      const rings = [['a'], ['b'], ['c', 'd']];
      const admissions = await Promise.all(rings.map((ring) => keys().admit(ring, 1000)));
      const admitted = rings.filter((_, index) => admissions[index]?.kind === 'admitted');
      expect(admitted).toHaveLength(1);
      expect((await keys().list()).map(({ keyId }) => keyId)).toEqual(admitted.flat());
      await Promise.all(admitted.flat().map((keyId) => keys().retire(keyId, 1500)));
    });

    it('what is new in an admitted ring is recorded; a refused ring leaves no trace', async () => {
      expect(await keys().admit(['k1'], 2000)).toEqual({ kind: 'admitted', added: ['k1'] });
      expect(await keys().admit(['k2', 'k1'], 3000)).toEqual({ kind: 'admitted', added: ['k2'] });
      expect(await keys().admit(['k3', 'k1'], 4000)).toEqual({ kind: 'missing', keyIds: ['k2'] });
      const recorded = (await keys().list()).filter(({ retiredAt }) => retiredAt === null);
      expect(recorded).toEqual([
        { keyId: 'k1', firstSeenAt: 2000, retiredAt: null },
        { keyId: 'k2', firstSeenAt: 3000, retiredAt: null },
      ]);
    });

    it('a retired key is missed no more, and its return is refused', async () => {
      expect(await keys().retire('k1', 5000)).toBe(true);
      expect(await keys().admit(['k2'], 6000)).toEqual({ kind: 'admitted', added: [] });
      expect(await keys().admit(['k2', 'k1'], 6000)).toEqual({ kind: 'retired', keyIds: ['k1'] });
    });

    it('retiring again keeps the first time; a key that was never seen is not retired', async () => {
      expect(await keys().retire('k1', 9000)).toBe(true);
      expect((await keys().list()).find(({ keyId }) => keyId === 'k1')?.retiredAt).toBe(5000);
      expect(await keys().retire('unseen', 9000)).toBe(false);
    });

    it('the record outlives a restart', async () => {
      const before = await keys().list();
      await house.reopen();
      expect(await keys().list()).toEqual(before);
    });
  });
}
