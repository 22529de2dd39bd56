import {
  createOperatorKey,
  deleteOperatorKey,
  proveOperatorKey,
  systemRandom,
  type OperatorKeyContext,
} from '@fluxo/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';

/** They belong to no environment: other tests of the suite have none. */
export function describeOperatorKeys(house: ContractHouse): void {
  describe('operator keys', () => {
    let now = 1_000_000;
    /** Time is what the test says, so that a use is noted when the test wants it. */
    const context = (): OperatorKeyContext => ({
      store: house.storage.operatorKeys,
      essentials: { random: systemRandom, clock: { real: () => now, now: () => now } },
    });
    beforeAll(() => {
      now = 1_000_000;
    });

    it('a key proves itself until it is deleted; its text is kept nowhere', async () => {
      const { key, text } = await createOperatorKey('deployment', context());
      expect(text).toMatch(/^fxo[0-9A-Za-z]+$/);
      expect(key.lastCharacters).toBe(text.slice(-2));
      expect(await proveOperatorKey(text, context())).toMatchObject({ id: key.id, note: 'deployment' });
      const kept = JSON.stringify([await context().store.find(key.id), await context().store.list()]);
      expect(kept).not.toContain(text);

      await deleteOperatorKey(key.id, context());

      expect(await proveOperatorKey(text, context())).toBeUndefined();
      await expect(deleteOperatorKey(key.id, context())).rejects.toThrow(/good any more/);
      const found = await context().store.find(key.id);
      expect(found).toMatchObject({ deletedAt: now, lastCharacters: key.lastCharacters, note: 'deployment' });
      expect(found?.digest).toHaveLength(0);
    });

    it('the identifier of one key with the secret of another proves neither', async () => {
      const one = await createOperatorKey(null, context());
      const two = await createOperatorKey(null, context());
      const border = 'fxo'.length + 21;
      const mixed = one.text.slice(0, border) + two.text.slice(border);
      expect(mixed).not.toBe(two.text);
      expect(await proveOperatorKey(mixed, context())).toBeUndefined();
      expect(await proveOperatorKey(`${one.text}0`, context())).toBeUndefined();
      expect(await proveOperatorKey('', context())).toBeUndefined();
    });

    it('a use is noted at most once a minute, never backwards, and not on a tombstone', async () => {
      const { key, text } = await createOperatorKey(null, context());
      const { store } = context();
      const usedAt = async (): Promise<number | null | undefined> => (await store.find(key.id))?.lastUsedAt;
      const first = now;
      await proveOperatorKey(text, context());
      now += 59_000;
      await proveOperatorKey(text, context());
      expect(await usedAt()).toBe(first);
      now += 1000;
      await proveOperatorKey(text, context());
      expect(await usedAt()).toBe(first + 60_000);
      await store.noteUse(key.id, first);
      expect(await usedAt()).toBe(first + 60_000);
      await deleteOperatorKey(key.id, context());
      await store.noteUse(key.id, now + 1);
      expect(await usedAt()).toBe(first + 60_000);
    });

    it('a listing has every key, the oldest first, the deleted ones too, and no digest', async () => {
      const listed = await context().store.list();
      expect(listed.length).toBeGreaterThanOrEqual(4);
      expect(listed.map(({ id }) => id)).toEqual([...listed.map(({ id }) => id)].sort());
      expect(listed.filter(({ deletedAt }) => deletedAt !== null)).toHaveLength(2);
      expect(listed.every((key) => !('digest' in key))).toBe(true);
    });

    it('keys outlive a restart', async () => {
      const { text } = await createOperatorKey(null, context());
      await house.reopen();
      expect(await proveOperatorKey(text, context())).toBeDefined();
    });
  });
}
