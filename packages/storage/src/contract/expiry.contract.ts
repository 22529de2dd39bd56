import { DAY_MS, type RefreshPolicy } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import type { Grant } from './grant.js';
import type { Tenant } from './tenant.js';

const NEVER = { rotation: true, absoluteDays: null, inactivityDays: null };
const EXPIRED = { kind: 'refused', reason: 'expired' };

async function connectedUnder(tenant: Tenant, policy: Partial<RefreshPolicy>): Promise<Grant> {
  const application = await tenant.application({ refreshPolicy: { ...NEVER, ...policy } });
  return tenant.connected({ application });
}

export function describeExpiry(house: ContractHouse): void {
  describe('the absolute expiry of a grant', () => {
    it('counts from the grant, however often it is refreshed', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, { absoluteDays: 2 });
      tenant.advance(DAY_MS);
      expect((await grant.refresh(1)).kind).toBe('refreshed');
      tenant.advance(DAY_MS - 1);
      expect((await grant.refresh(2)).kind).toBe('refreshed');
      tenant.advance(1);
      expect(await grant.refresh(3)).toEqual(EXPIRED);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
    });

    it('of then still counts when the application has a later one or none by now', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, { absoluteDays: 1 });
      tenant.advance(DAY_MS);
      expect(await grant.refresh(1, { policy: NEVER })).toEqual(EXPIRED);
      expect(await grant.refresh(1, { policy: { ...NEVER, absoluteDays: 30 } })).toEqual(EXPIRED);
    });

    it('of now counts when it is earlier than the one of then', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, { absoluteDays: 30 });
      tenant.advance(DAY_MS);
      const shorter = { ...NEVER, absoluteDays: 1 };
      expect(await grant.refresh(1, { policy: shorter })).toEqual(EXPIRED);
      await tenant.storage.applications.update({ ...grant.application, refreshPolicy: shorter });
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
    });

    it('is not stretched by a repeat, and an expired grant’s old token is no reuse', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, { absoluteDays: 1 });
      tenant.advance(DAY_MS - 1);
      await grant.refresh(1);
      tenant.advance(1);
      expect(await grant.refresh(1)).toEqual(EXPIRED);
      expect(await grant.summary()).toMatchObject({ revokedAt: null });
    });
  });

  describe('the inactivity expiry of a grant', () => {
    it('counts from the user’s last doing, not from the application’s calls', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, { inactivityDays: 2 });
      tenant.advance(DAY_MS);
      expect((await grant.refresh(1)).kind).toBe('refreshed');
      await grant.use();
      tenant.advance(DAY_MS);
      expect(await grant.refresh(2)).toEqual(EXPIRED);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
    });

    it('begins anew when the user signs in', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, { inactivityDays: 2 });
      tenant.advance(DAY_MS);
      await tenant.signIn(grant.user);
      tenant.advance(2 * DAY_MS - 1);
      expect((await grant.refresh(1)).kind).toBe('refreshed');
      tenant.advance(1);
      expect(await grant.refresh(2)).toEqual(EXPIRED);
    });

    it('another user’s sign-in does not count', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, { inactivityDays: 1 });
      tenant.advance(DAY_MS);
      await tenant.signIn(await tenant.user());
      expect(await grant.refresh(1)).toEqual(EXPIRED);
    });

    it('also ends a code that was not exchanged', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application({ refreshPolicy: { ...NEVER, inactivityDays: 1 } });
      const user = await tenant.user({ lastActiveAt: tenant.now - DAY_MS });
      const grant = await tenant.authorized({ user, application });
      expect(await grant.redeem()).toEqual({ kind: 'refused', reason: 'ended' });
    });
  });
}
