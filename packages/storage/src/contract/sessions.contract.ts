import { newOrderedId, type SessionId } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';

export function describeSessions(house: ContractHouse): void {
  describe('sessions', () => {
    it('an application’s session is read together with its grant and the application’s policy of now', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const refreshPolicy = { rotation: false, absoluteDays: 3, inactivityDays: 2 };
      const tokenType = 'Bearer';
      await tenant.storage.applications.update({ ...grant.application, refreshPolicy, tokenType });
      const { consentId } = await tenant.consentOf(grant);
      expect(await tenant.storage.sessions.find(grant.sessionId)).toMatchObject({
        id: grant.sessionId,
        origin: 'application',
        endedAt: null,
        userAgent: null,
        userAllows: true,
        user: { id: grant.user.id, username: grant.user.username, name: 'Ada', administrator: false },
        grant: { consentId, stands: true, expiresAt: null, refreshPolicy, tokenType },
      });
    });

    it('one that never was is not found', async () => {
      const tenant = await house.tenant();
      const unknown = newOrderedId<SessionId>(house.essentials);
      expect(await tenant.storage.sessions.find(unknown)).toBeUndefined();
    });

    it('one that is ended is dead at once and alone, and ending it is recorded once', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const first = grant.sessionId;
      await grant.refresh(1);
      await tenant.storage.sessions.end(first, tenant.now);
      await tenant.storage.sessions.end(first, tenant.now + 1);
      expect(await tenant.isAlive(first)).toBe(false);
      expect((await tenant.storage.sessions.find(first))?.endedAt).toBe(tenant.now);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      const events = (await tenant.storage.audit.list(1000)).filter(({ type }) => type === 'session.ended');
      expect(events.map(({ userId }) => userId)).toEqual([grant.user.id]);
    });

    it('ending one that never was changes and records nothing', async () => {
      const tenant = await house.tenant();
      await tenant.storage.sessions.end(newOrderedId<SessionId>(house.essentials), tenant.now);
      expect(await tenant.auditTypes()).toEqual(['environment.created']);
    });

    it('signing out everywhere ends the user’s browser sessions and leaves what applications hold', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { user } = grant;
      const browsers = [await tenant.signIn(user), await tenant.signIn(user)];
      const neighbour = await tenant.signIn(await tenant.user());

      await tenant.storage.sessions.endAllOfUser(user.id, tenant.now);

      for (const id of browsers) expect(await tenant.isAlive(id)).toBe(false);
      expect(await tenant.storage.sessions.listOfUser(user.id)).toEqual([]);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      expect((await grant.refresh(1)).kind).toBe('refreshed');
      expect(await tenant.isAlive(neighbour)).toBe(true);
      expect(await tenant.isAlive(await tenant.signIn(user))).toBe(true);
      expect(await tenant.auditTypes()).toContain('user.signed-out-everywhere');
    });

    it('signing out everywhere somebody who is not there is not recorded', async () => {
      const tenant = await house.tenant();
      await tenant.storage.sessions.endAllOfUser(tenant.userRow().id, tenant.now);
      expect(await tenant.auditTypes()).toEqual(['environment.created']);
    });

    it('a user’s list has the browser sessions that were not ended, newest first', async () => {
      const tenant = await house.tenant();
      const { user } = await tenant.connected();
      const [first, ended, last] = [
        await tenant.signIn(user),
        await tenant.signIn(user),
        await tenant.signIn(user),
      ];
      await tenant.storage.sessions.end(ended, tenant.now);
      const listed = await tenant.storage.sessions.listOfUser(user.id);
      expect(listed.map(({ id }) => id)).toEqual([last, first]);
      expect(listed[0]).toEqual(await tenant.storage.sessions.find(last));
    });
  });
}
