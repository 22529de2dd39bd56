import { DAY_MS, newOrderedId, type GrantId, type RefreshPolicy } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { CALLBACK, KEY_ID, SECOND_MS, someDigest } from './contract-values.js';
import type { Grant } from './grant.js';
import type { Tenant } from './tenant.js';

const ROTATING = { rotation: true, absoluteDays: null, inactivityDays: null };
const KEPT = { ...ROTATING, rotation: false };
const SPA_POLICY = { ...ROTATING, absoluteDays: 30 };

async function connectedUnder(tenant: Tenant, refreshPolicy: RefreshPolicy): Promise<Grant> {
  return tenant.connected({ application: await tenant.application({ refreshPolicy }) });
}

async function connectedSpa(tenant: Tenant): Promise<Grant> {
  const application = await tenant.application({ kind: 'spa', refreshPolicy: SPA_POLICY });
  return tenant.connected({ application, goal: { codeChallenge: 'c'.repeat(43) } });
}

export function describeRotate(house: ContractHouse): void {
  describe('refreshing', () => {
    it('makes the successor current and opens a new session beside the old one', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const old = grant.sessionId;
      const authorizedAt = tenant.now;
      tenant.advance(SECOND_MS);
      expect(await grant.refresh(1)).toEqual({
        kind: 'refreshed',
        grant: {
          userId: grant.user.id,
          authorizedAt,
          expiresAt: null,
          userLastActiveAt: grant.user.lastActiveAt,
        },
      });
      expect(grant.sessionId).not.toBe(old);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      expect(await tenant.isAlive(old)).toBe(true);
      expect((await grant.refresh(2)).kind).toBe('refreshed');
      expect((await grant.refresh(3)).kind).toBe('refreshed');
    });

    it('writes no audit row: successful refreshes are counters', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const before = await tenant.storage.audit.list(100);
      await grant.refresh(1);
      await grant.refresh(1);
      expect(await tenant.storage.audit.list(100)).toEqual(before);
    });

    it.each<[string, (tenant: Tenant) => Promise<Parameters<Grant['refresh']>[1]>]>([
      ['another application', async (tenant) => ({ clientId: (await tenant.application()).clientId })],
      [
        'a grant that never was',
        ({ house: { essentials } }) => Promise.resolve({ grantId: newOrderedId<GrantId>(essentials) }),
      ],
      ['another secret', () => Promise.resolve({ presented: { generation: 1, digest: someDigest() } })],
      [
        'a generation that has not been given out',
        () => Promise.resolve({ presented: { generation: 2, digest: someDigest() } }),
      ],
    ])('with %s is refused as unknown and leaves the grant as it is', async (_name, wrong) => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      expect(await grant.refresh(1, await wrong(tenant))).toEqual({ kind: 'refused', reason: 'unknown' });
      expect((await grant.refresh(1)).kind).toBe('refreshed');
    });

    it('a code that was not exchanged yet has no refresh token', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.authorized();
      expect(await grant.refresh(0)).toEqual({ kind: 'refused', reason: 'unknown' });
      expect((await grant.redeem()).kind).toBe('redeemed');
    });

    it('a superseded token of another application’s grant revokes nothing', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await grant.refresh(2);
      const { clientId } = await tenant.application();
      expect(await grant.refresh(1, { clientId })).toEqual({ kind: 'refused', reason: 'unknown' });
      expect((await grant.refresh(3)).kind).toBe('refreshed');
    });
  });

  describe('a refresh whose answer was lost', () => {
    it('is repeated identically, as often as it is asked for, and touches nothing', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      const session = { id: grant.sessionId, createdAt: tenant.now };
      tenant.advance(10 * SECOND_MS);
      for (let time = 0; time < 3; time += 1) {
        expect(await grant.refresh(1)).toMatchObject({ kind: 'repeated', keyId: KEY_ID, session });
      }
      expect((await grant.refresh(2)).kind).toBe('refreshed');
    });

    it('may be repeated by a web application for 24 hours, then it is reuse', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      tenant.advance(DAY_MS - 1);
      expect((await grant.refresh(1)).kind).toBe('repeated');
      tenant.advance(1);
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });

    it('may be repeated by a spa for 30 seconds, then it is reuse', async () => {
      const tenant = await house.tenant();
      const grant = await connectedSpa(tenant);
      await grant.refresh(1);
      tenant.advance(30 * SECOND_MS - 1);
      expect((await grant.refresh(1)).kind).toBe('repeated');
      tenant.advance(1);
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });

    it('a repeat does not lengthen the window', async () => {
      const tenant = await house.tenant();
      const grant = await connectedSpa(tenant);
      await grant.refresh(1);
      tenant.advance(20 * SECOND_MS);
      await grant.refresh(1);
      tenant.advance(20 * SECOND_MS);
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });

    it('may be repeated also when the refresh before it was used', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await grant.use();
      await grant.refresh(2);
      expect((await grant.refresh(2)).kind).toBe('repeated');
    });

    it('may not be repeated with another secret of the same generation', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      const forged = { presented: { generation: 1, digest: someDigest() } };
      expect((await grant.refresh(1, forged)).kind).not.toBe('repeated');
    });

    it('may not be repeated once the successor’s session was used', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await grant.use();
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });

    it('may not be repeated once the successor’s session was ended by its application', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await tenant.storage.sessions.end(grant.sessionId, tenant.now);
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });

    it('may not be repeated once the successor’s refresh token was used', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await grant.refresh(2);
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });

    it('may not be repeated once the successor’s refresh token was used without rotation', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      expect((await grant.refresh(2, { successor: undefined, policy: KEPT })).kind).toBe('refreshed');
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });
  });

  describe('a superseded refresh token', () => {
    it('revokes its grant, is recorded once, and leaves the user’s other grants alive', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { user, application } = grant;
      const other = await tenant.connected({ user, application });
      await grant.refresh(1);
      await grant.refresh(2);

      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });

      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.refresh(3)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await grant.summary()).toMatchObject({
        revokedAt: tenant.now,
        revokedReason: 'refresh-token-reused',
      });
      const recorded = (await tenant.storage.audit.list(100)).filter(
        ({ type }) => type === 'grant.refresh-token-reused',
      );
      expect(recorded).toMatchObject([{ grantId: grant.id, userId: user.id, detail: 'generation 1' }]);
      expect(await tenant.isAlive(other.sessionId)).toBe(true);
      expect((await other.refresh(1)).kind).toBe('refreshed');
    });

    it('has the remembered consent forgotten: the user is asked again', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application({ rememberConsent: true, redirectUrls: [CALLBACK] });
      const grant = await tenant.connected({ application });
      await grant.refresh(1);
      await grant.use();
      await grant.refresh(1);
      const again = tenant.authorization(grant.user, application);
      expect(await tenant.storage.grants.authorizeRemembered(again)).toBe('not-remembered');
    });
  });

  describe('without rotation', () => {
    it('the same refresh token stays good, each time with a session of its own', async () => {
      const tenant = await house.tenant();
      const grant = await connectedUnder(tenant, KEPT);
      const sessions = [grant.sessionId];
      for (let time = 0; time < 3; time += 1) {
        expect((await grant.refresh(1)).kind).toBe('refreshed');
        sessions.push(grant.sessionId);
      }
      expect(new Set(sessions).size).toBe(4);
      for (const id of sessions) expect(await tenant.isAlive(id)).toBe(true);
    });

    it('a token that was superseded while the application still rotated is reuse', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.refresh(1);
      await grant.use();
      const outcome = await grant.refresh(1, { successor: undefined, policy: KEPT });
      expect(outcome).toEqual({ kind: 'reused' });
    });
  });
}
