import { newOrderedId, type GrantId } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { someDigest } from './contract-values.js';
import type { Grant } from './grant.js';

const BY_ADMINISTRATOR = 'revoked-by-administrator';

function token(grant: Grant, generation: number, digest: Uint8Array = grant.refreshDigest(generation)) {
  return { id: grant.id, presented: { generation, digest } };
}

export function describeRevoke(house: ContractHouse): void {
  describe('revoking a grant', () => {
    it('kills its code, sessions and refresh tokens, is recorded, and happens once', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      const other = await tenant.connected({ user: grant.user, application: grant.application });
      const { grants } = tenant.storage;

      expect(await grants.revokeGrant(grant.id, BY_ADMINISTRATOR, { now: tenant.now })).toBe(true);
      expect(await grants.revokeGrant(grant.id, BY_ADMINISTRATOR, { now: tenant.now })).toBe(false);

      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.refresh(2)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await tenant.storage.audit.list(1)).toMatchObject([
        { type: 'grant.revoked', grantId: grant.id, userId: grant.user.id, detail: BY_ADMINISTRATOR },
      ]);
      expect((await tenant.consentOf(grant)).grants.map(({ id }) => id)).toEqual([other.id]);
      expect(await tenant.isAlive(other.sessionId)).toBe(true);
    });

    it('by an application reaches only its own grants', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { clientId } = await tenant.application();
      const { grants } = tenant.storage;
      const reason = 'revoked-by-application';
      expect(await grants.revokeGrant(grant.id, reason, { now: tenant.now, clientId })).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      const own = { now: tenant.now, clientId: grant.application.clientId };
      expect(await grants.revokeGrant(grant.id, reason, own)).toBe(true);
    });

    it('that never was says so', async () => {
      const tenant = await house.tenant();
      const id = newOrderedId<GrantId>(house.essentials);
      const revoked = await tenant.storage.grants.revokeGrant(id, BY_ADMINISTRATOR, { now: tenant.now });
      expect(revoked).toBe(false);
    });
  });

  describe('giving a grant back by its refresh token', () => {
    it.each([1, 2, 3])('works with genuine generation %i of three', async (generation) => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await grant.refresh(2);
      const by = { now: tenant.now, clientId: grant.application.clientId };
      await tenant.storage.grants.revokeByRefreshToken(token(grant, generation), by);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.summary()).toMatchObject({ revokedReason: 'revoked-by-application' });
    });

    it.each([
      ['the current generation with another secret', 3],
      ['the previous generation with another secret', 2],
      ['a generation that was never given out', 4],
    ])('does nothing with %s', async (_name, generation) => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await grant.refresh(2);
      const by = { now: tenant.now, clientId: grant.application.clientId };
      await tenant.storage.grants.revokeByRefreshToken(token(grant, generation, someDigest()), by);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      expect((await grant.refresh(3)).kind).toBe('refreshed');
    });

    it('does nothing for another application', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const before = await tenant.storage.audit.list(100);
      const { clientId } = tenant.applicationRow();
      await tenant.storage.grants.revokeByRefreshToken(token(grant, 1), { now: tenant.now, clientId });
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      expect(await tenant.storage.audit.list(100)).toEqual(before);
    });
  });

  describe('looking at a refresh token', () => {
    it('finds the current generation only', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      const { grants } = tenant.storage;
      expect(await grants.findByRefreshToken(token(grant, 2))).toMatchObject({
        clientId: grant.application.clientId,
        username: grant.user.username,
        grant: { userId: grant.user.id },
      });
      expect(await grants.findByRefreshToken(token(grant, 1))).toBeUndefined();
      expect(await grants.findByRefreshToken(token(grant, 2, someDigest()))).toBeUndefined();
    });

    it('finds nothing once grant, consent, application or user have ended', async () => {
      const tenant = await house.tenant();
      const { grants, applications, users } = tenant.storage;
      const four = await Promise.all([1, 2, 3, 4].map(() => tenant.connected()));
      const [revoked, taken, disabled, leaver] = four as [Grant, Grant, Grant, Grant];
      await grants.revokeGrant(revoked.id, BY_ADMINISTRATOR, { now: tenant.now });
      const { consentId } = await tenant.consentOf(taken);
      await grants.revokeConsent(consentId, taken.user.id, tenant.now);
      await applications.update({ ...disabled.application, enabled: false });
      await users.update(leaver.user.id, { enabled: false }, tenant.now);
      for (const grant of four) expect(await grants.findByRefreshToken(token(grant, 1))).toBeUndefined();
    });
  });

  describe('listing grants', () => {
    it('says of each whether it still stands', async () => {
      const tenant = await house.tenant();
      const { grants, applications, users } = tenant.storage;
      const five = await Promise.all([1, 2, 3, 4, 5].map(() => tenant.connected()));
      const [standing, revoked, taken, disabled, leaver] = five as [Grant, Grant, Grant, Grant, Grant];
      await grants.revokeGrant(revoked.id, BY_ADMINISTRATOR, { now: tenant.now });
      const { consentId } = await tenant.consentOf(taken);
      await grants.revokeConsent(consentId, taken.user.id, tenant.now);
      await applications.update({ ...disabled.application, enabled: false });
      await users.update(leaver.user.id, { enabled: false }, tenant.now);
      await users.update(leaver.user.id, { enabled: true }, tenant.now);
      const stands = (await grants.list({})).filter((grant) => grant.stands);
      expect(stands.map(({ id }) => id)).toEqual([standing.id]);
      for (const grant of five) expect((await grant.summary())?.stands).toBe(grant === standing);
    });

    it('filters by user and by application, newest first, revoked ones included', async () => {
      const tenant = await house.tenant();
      const first = await tenant.connected();
      const second = await tenant.connected({ user: first.user });
      const third = await tenant.connected({ application: first.application });
      const { grants } = tenant.storage;
      await grants.revokeGrant(first.id, BY_ADMINISTRATOR, { now: tenant.now });
      const ids = async (filter: Parameters<typeof grants.list>[0]) =>
        (await grants.list(filter)).map(({ id }) => id);
      expect(await ids({})).toEqual([third.id, second.id, first.id]);
      expect(await ids({ userId: first.user.id })).toEqual([second.id, first.id]);
      expect(await ids({ clientId: first.application.clientId })).toEqual([third.id, first.id]);
      expect(await ids({ userId: third.user.id, clientId: second.application.clientId })).toEqual([]);
    });
  });
}
