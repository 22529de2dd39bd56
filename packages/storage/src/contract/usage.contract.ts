import type { SessionUse } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS } from './contract-values.js';
import type { Tenant } from './tenant.js';

function useOf(tenant: Tenant, overrides: Pick<SessionUse, 'sessionId' | 'userId'> & Partial<SessionUse>) {
  return {
    environmentId: tenant.environment.id,
    origin: 'browser' as const,
    grantId: null,
    first: false,
    at: tenant.now,
    idleExpiresAt: tenant.now + 8 * HOUR_MS,
    ...overrides,
  };
}

export function describeUsage(house: ContractHouse): void {
  const record = (...sessions: readonly SessionUse[]): Promise<void> =>
    house.storage.recordUsage({ sessions, secrets: new Map() });

  describe('recording usage', () => {
    it('keeps a session alive that would have ended unused', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      tenant.advance(7 * HOUR_MS);
      await grant.use();
      tenant.advance(7 * HOUR_MS);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      tenant.advance(HOUR_MS);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
    });

    it('times only move forward: a late batch takes no newer use back', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const browser = await tenant.signIn(grant.user);
      const { id: userId } = grant.user;
      const { clientId } = grant.application;
      const secret = tenant.secret();
      await tenant.storage.applications.addSecret(clientId, secret, 10);
      const newer = tenant.now + HOUR_MS;
      for (const at of [newer, tenant.now]) {
        await grant.use(at);
        await record(useOf(tenant, { sessionId: browser, userId, at }));
        const secretUse = { environmentId: tenant.environment.id, at };
        await house.storage.recordUsage({ sessions: [], secrets: new Map([[secret.id, secretUse]]) });
      }
      expect((await tenant.storage.sessions.find(grant.sessionId))?.lastUsedAt).toBe(newer);
      expect((await tenant.storage.sessions.find(browser))?.lastUsedAt).toBe(newer);
      expect((await tenant.storage.users.find(userId))?.lastActiveAt).toBe(newer);
      expect((await grant.summary())?.lastUsedAt).toBe(newer);
      const [listed] = await tenant.storage.applications.listSecrets(clientId);
      expect(listed?.lastUsedAt).toBe(newer);
    });

    it('a browser’s use is the user’s own doing, an application’s is not', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const browser = await tenant.signIn(grant.user);
      const signedInAt = tenant.now;
      tenant.advance(HOUR_MS);
      await grant.use();
      expect((await tenant.storage.users.find(grant.user.id))?.lastActiveAt).toBe(signedInAt);
      await record(useOf(tenant, { sessionId: browser, userId: grant.user.id }));
      expect((await tenant.storage.users.find(grant.user.id))?.lastActiveAt).toBe(tenant.now);
    });

    it('only the use of the successor’s session closes the window of its refresh', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const old = grant.sessionId;
      await grant.refresh(1);
      const { id: grantId, user } = grant;
      const first = { userId: user.id, grantId, origin: 'application', first: true } as const;
      await record(useOf(tenant, { ...first, sessionId: old }));
      expect((await grant.refresh(1)).kind).toBe('repeated');
      await record(useOf(tenant, { ...first, sessionId: grant.sessionId }));
      expect((await grant.refresh(1)).kind).toBe('reused');
    });

    it('of what is gone by then changes nothing', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await tenant.storage.users.delete(grant.user.id, tenant.now);
      await grant.use();
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
    });
  });
}
