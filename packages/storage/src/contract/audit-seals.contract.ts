import {
  BrokenChainError,
  CHAIN_BEGIN,
  carryChainOn,
  KeyRing,
  MOST_EVENTS_PER_SEAL,
  sealAllAudit,
  sealAudit,
  sealRows,
  verifyAudit,
  type EnvironmentId,
} from '@fluxo/core';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import type { Tenant } from './tenant.js';

const contextOf = ({ storage, environment, house }: Tenant, keyRing = house.essentials.keyRing) => ({
  store: storage.auditSeals,
  environmentId: environment.id,
  essentials: { ...house.essentials, keyRing },
  keyRing,
});

async function record(tenant: Tenant, count: number): Promise<void> {
  await tenant.storage.audit.record(Array.from({ length: count }, () => tenant.refusal()));
}

export function describeAuditSeals(house: ContractHouse): void {
  describe('the seals over the log', () => {
    it('cover what waits, in the order of its identifiers, and each event once', async () => {
      const tenant = await house.tenant();
      await record(tenant, MOST_EVENTS_PER_SEAL + 10);
      expect(await sealAudit(contextOf(tenant))).toBe('more');
      expect(await sealAudit(contextOf(tenant))).toBe('done');
      expect(await sealAudit(contextOf(tenant))).toBe('done');
      const seals = await tenant.storage.auditSeals.seals({ after: 0, upTo: 10, limit: 10 });
      expect(seals.map(({ sequence, eventCount }) => [sequence, eventCount])).toEqual([
        [1, MOST_EVENTS_PER_SEAL],
        [2, 11],
      ]);
      expect(await verifyAudit(contextOf(tenant))).toMatchObject({
        ...{ checked: MOST_EVENTS_PER_SEAL + 11, unsealed: 0, broken: null },
      });
    });

    it('tell of an event whether it has one', async () => {
      const tenant = await house.tenant();
      await sealAllAudit(contextOf(tenant));
      await record(tenant, 1);
      const { events } = await tenant.storage.audit.page({ limit: 10 });
      expect(events.map(({ type, sealed }) => [type, sealed])).toEqual([
        ['token.refused', false],
        ['environment.created', true],
      ]);
    });

    it('a log that nobody sealed yet is whole', async () => {
      const tenant = await house.tenant();
      expect(await verifyAudit(contextOf(tenant))).toEqual({
        ...{ checked: 0, unsealed: 1, sealedUntil: null, seal: null, broken: null },
      });
    });

    it('a log that is sealed while it is verified is whole, from its first seal on', async () => {
      const tenant = await house.tenant();
      const { auditSeals } = tenant.storage;
      const sealedMeanwhile = {
        ...auditSeals,
        totals: async () => {
          const totals = await auditSeals.totals();
          await sealAllAudit(contextOf(tenant));
          return totals;
        },
      };
      const verify = () => verifyAudit({ ...contextOf(tenant), store: sealedMeanwhile });
      expect(await verify()).toMatchObject({ checked: 0, unsealed: 1, seal: null, broken: null });
      await record(tenant, 2);
      expect(await verify()).toMatchObject({ checked: 1, unsealed: 2, broken: null });
    });

    it('of many sealers at once one adds each seal: there is one chain', async () => {
      const tenant = await house.tenant();
      for (let round = 0; round < 5; round += 1) {
        await record(tenant, 3);
        const sealers = Array.from({ length: 4 }, () => sealAllAudit(contextOf(tenant)));
        await Promise.all([...sealers, record(tenant, 2)]);
      }
      await sealAllAudit(contextOf(tenant));
      expect(await verifyAudit(contextOf(tenant))).toMatchObject({ checked: 26, unsealed: 0, broken: null });
    });

    it('one that was added under another chain changes nothing', async () => {
      const tenant = await house.tenant();
      await sealAllAudit(contextOf(tenant));
      const [first] = await tenant.storage.auditSeals.seals({ after: 0, upTo: 1, limit: 1 });
      if (first === undefined) throw new Error('No seal.');
      await record(tenant, 1);
      const before = await tenant.storage.auditSeals.totals();
      expect(await tenant.storage.auditSeals.addSeal(first, Buffer.alloc(32))).toBe('lost');
      const gap = { ...first, sequence: 3, entries: Buffer.alloc(0), eventCount: 0 };
      await expect(tenant.storage.auditSeals.addSeal(gap, Buffer.alloc(32))).rejects.toThrow(
        BrokenChainError,
      );
      expect(await tenant.storage.auditSeals.totals()).toEqual(before);
      expect(await tenant.storage.auditSeals.seals({ after: 1, upTo: 9, limit: 9 })).toEqual([]);
    });

    it('the queue tells which environments have something waiting, also a deleted one', async () => {
      const tenant = await house.tenant();
      const { id } = tenant.environment;
      const isWaiting = async () => (await house.storage.auditQueue.nextWaiting(before(id))) === id;
      expect(await isWaiting()).toBe(true);
      await sealAllAudit(contextOf(tenant));
      expect(await isWaiting()).toBe(false);
      await house.storage.environments.delete(id);
      expect(await isWaiting()).toBe(true);
    });

    it('prove themselves under a key that was rotated, and under the new one alone once it has carried the chain on', async () => {
      const tenant = await house.tenant();
      const [older, newer] = [randomBytes(32), randomBytes(32)];
      const [old, both, left] = [new KeyRing([older]), new KeyRing([newer, older]), new KeyRing([newer])];
      await sealAllAudit(contextOf(tenant, old));
      expect((await verifyAudit(contextOf(tenant, both))).broken).toBeNull();
      expect((await verifyAudit(contextOf(tenant, left))).broken).toMatchObject({ kind: 'key-missing' });
      const next = () =>
        house.storage.auditQueue.nextSealedByOther(left.signing.id, before(tenant.environment.id));
      expect(await next()).toBe(tenant.environment.id);
      await carryChainOn(contextOf(tenant, both));
      await carryChainOn(contextOf(tenant, both));
      expect(await next()).not.toBe(tenant.environment.id);
      expect(await verifyAudit(contextOf(tenant, left))).toMatchObject({ checked: 1, broken: null });
      const seals = await tenant.storage.auditSeals.seals({ after: 0, upTo: 9, limit: 9 });
      expect(seals.map(({ eventCount }) => eventCount)).toEqual([1, 0]);
    });

    it('after a key was lost vouch for themselves, and never for what only that key had proven', async () => {
      const tenant = await house.tenant();
      const [lost, newer, newest] = [randomBytes(32), randomBytes(32), randomBytes(32)];
      await sealAllAudit(contextOf(tenant, new KeyRing([lost])));
      await record(tenant, 2);
      await sealAllAudit(contextOf(tenant, new KeyRing([newer])));
      await record(tenant, 2);
      await carryChainOn(contextOf(tenant, new KeyRing([newest, newer])));
      await sealAllAudit(contextOf(tenant, new KeyRing([newest, newer])));
      for (const left of [[newest], [newest, newer]]) {
        const { broken } = await verifyAudit(contextOf(tenant, new KeyRing(left)));
        expect(broken).toMatchObject({ kind: 'key-missing', sequence: 1 });
      }
      const found = await verifyAudit(contextOf(tenant, new KeyRing([newest, newer, lost])));
      expect(found).toMatchObject({ checked: 5, broken: null });
    });

    it('are not added to an end that no key of ours noted', async () => {
      const tenant = await house.tenant();
      const { store, environmentId, essentials } = contextOf(tenant);
      const key = essentials.keyRing.signing;
      const { rows } = await store.unsealed(10);
      const forged = sealRows(rows, CHAIN_BEGIN, { environmentId, sealedAt: 1, key });
      // As by somebody who can write the database, and has no key.
      await store.addSeal({ ...forged, mac: Buffer.alloc(32) }, Buffer.alloc(32));
      await record(tenant, 1);
      await expect(sealAudit(contextOf(tenant))).rejects.toThrow(BrokenChainError);
      const rotated = new KeyRing([randomBytes(32)]);
      const both = { signing: rotated.signing, all: [rotated.signing, key] };
      const ring = Object.assign(Object.create(KeyRing.prototype) as KeyRing, both);
      await expect(carryChainOn(contextOf(tenant, ring))).rejects.toThrow(BrokenChainError);
      expect((await verifyAudit(contextOf(tenant))).broken).toMatchObject({ kind: 'seal-changed' });
    });

    it('somebody else’s keys prove nothing', async () => {
      const tenant = await house.tenant();
      await sealAllAudit(contextOf(tenant));
      const verdict = await verifyAudit(contextOf(tenant, new KeyRing([randomBytes(32)])));
      expect(verdict.broken).toMatchObject({ kind: 'key-missing', sequence: 1 });
    });

    it('are found again by the name of one that was kept elsewhere, however many came after', async () => {
      const tenant = await house.tenant();
      await sealAllAudit(contextOf(tenant));
      const { seal: kept } = await verifyAudit(contextOf(tenant));
      await record(tenant, 1);
      await sealAllAudit(contextOf(tenant));
      if (kept === null) throw new Error('No seal.');
      expect((await verifyAudit({ ...contextOf(tenant), kept })).broken).toBeNull();
      const other = `1-${'0'.repeat(32)}`;
      expect((await verifyAudit({ ...contextOf(tenant), kept: other })).broken).toMatchObject({
        kind: 'kept-seal-missing',
      });
    });
  });
}

/** The identifier just before. */
function before(id: EnvironmentId): EnvironmentId {
  return (BigInt(`0x${id}`) - 1n).toString(16).padStart(32, '0') as EnvironmentId;
}
