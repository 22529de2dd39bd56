import { CODE_LIFETIME_MS, DAY_MS, FLOW_LIFETIME_MS } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, SECOND_MS } from './contract-values.js';

const PAGE = { kind: 'page', path: '/account', uiLocales: null } as const;

export function describePurge(house: ContractHouse): void {
  describe('what has expired goes with ordinary writes:', () => {
    it('flows when their time is over, and not before', async () => {
      const tenant = await house.tenant();
      const flow = await tenant.flow(PAGE);
      await house.purgeAfter(FLOW_LIFETIME_MS - 30 * SECOND_MS, tenant);
      expect(await tenant.storage.flows.find(flow.id)).toEqual(flow);
      await house.purgeAfter(FLOW_LIFETIME_MS + SECOND_MS, tenant);
      expect(await tenant.storage.flows.find(flow.id)).toBeUndefined();
    });

    it('sessions when they have ended unused, and one that was used lives on', async () => {
      const tenant = await house.tenant();
      const [unused, used] = [await tenant.connected(), await tenant.connected()];
      await used.use(tenant.now + HOUR_MS);
      await house.purgeAfter(8 * HOUR_MS - 30 * SECOND_MS, tenant);
      expect(await tenant.storage.sessions.find(unused.sessionId)).toBeDefined();
      await house.purgeAfter(8 * HOUR_MS + SECOND_MS, tenant);
      expect(await tenant.storage.sessions.find(unused.sessionId)).toBeUndefined();
      expect(await tenant.storage.sessions.find(used.sessionId)).toBeDefined();
    });

    it('grants whose code nobody exchanged, an hour after it expired', async () => {
      const tenant = await house.tenant();
      const [waiting, connected] = [await tenant.authorized(), await tenant.connected()];
      await house.purgeAfter(CODE_LIFETIME_MS + HOUR_MS - 30 * SECOND_MS, tenant);
      expect(await waiting.summary()).toBeDefined();
      await house.purgeAfter(CODE_LIFETIME_MS + HOUR_MS + SECOND_MS, tenant);
      expect(await waiting.summary()).toBeUndefined();
      expect(await connected.summary()).toBeDefined();
    });

    it('revoked grants after a week, and a grant without an expiry never', async () => {
      const tenant = await house.tenant();
      const [revoked, standing] = [await tenant.connected(), await tenant.connected()];
      await tenant.storage.grants.revokeGrant(revoked.id, 'revoked-by-administrator', { now: tenant.now });
      await house.purgeAfter(6 * DAY_MS, tenant);
      expect(await revoked.summary()).toBeDefined();
      await house.purgeAfter(3650 * DAY_MS, tenant);
      expect(await revoked.summary()).toBeUndefined();
      expect(await standing.summary()).toBeDefined();
    });

    it('grants a week after their absolute expiry', async () => {
      const tenant = await house.tenant();
      const refreshPolicy = { rotation: true, absoluteDays: 1, inactivityDays: null };
      const grant = await tenant.connected({ application: await tenant.application({ refreshPolicy }) });
      await house.purgeAfter(7 * DAY_MS, tenant);
      expect(await grant.summary()).toBeDefined();
      await house.purgeAfter(9 * DAY_MS, tenant);
      expect(await grant.summary()).toBeUndefined();
    });
  });
}
