import type { PasswordLink, User } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

const NEW_HASH = '$argon2id$new';

async function withLink(house: ContractHouse, overrides: Partial<PasswordLink> = {}) {
  const tenant = await house.tenant();
  const user = await tenant.user();
  const link = tenant.passwordLink(user, overrides);
  expect(await tenant.storage.passwordLinks.issue(link, tenant.now)).toBe('issued');
  return { tenant, user, link };
}

function redeem(
  tenant: Tenant,
  { userId, digest }: Pick<PasswordLink, 'userId' | 'digest'>,
  endsConnections = false,
): Promise<'set' | 'gone'> {
  const passwordHash = NEW_HASH;
  const redemption = { userId, digest, passwordHash, endsConnections, now: tenant.now };
  return tenant.storage.passwordLinks.redeem(redemption);
}

async function passwordOf(tenant: Tenant, user: User): Promise<string | undefined> {
  return (await tenant.storage.users.findWithPassword(user.id))?.passwordHash;
}

export function describePasswordLinks(house: ContractHouse): void {
  describe('password links', () => {
    it('set the password once, and end every browser session, and no connection', async () => {
      const { tenant, user, link } = await withLink(house);
      const grant = await tenant.connected({ user });
      const browser = await tenant.signIn(user);
      expect(await tenant.storage.passwordLinks.find(user.id)).toEqual(link);

      expect(await redeem(tenant, link)).toBe('set');

      expect(await passwordOf(tenant, user)).toBe(NEW_HASH);
      expect(await tenant.isAlive(browser)).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      expect(await redeem(tenant, link)).toBe('gone');
      expect(await tenant.storage.passwordLinks.find(user.id)).toBeUndefined();
      const [newest] = await tenant.storage.audit.list(1);
      expect(newest).toMatchObject({ type: 'user.password-set-by-link', userId: user.id, detail: 'reset' });
    });

    it('are not issued to who has no password for good, and set none once that is decided', async () => {
      const { tenant, user, link } = await withLink(house);
      await tenant.storage.users.update(user.id, { onlySingleSignOn: true }, tenant.now);
      expect(await redeem(tenant, link)).toBe('gone');
      expect(await tenant.storage.passwordLinks.issue(link, tenant.now)).toBe('gone');
    });

    it('end the connections too where that is wished: codes, sessions, refresh tokens, consents', async () => {
      const { tenant, user, link } = await withLink(house);
      const [grant, waiting] = [await tenant.connected({ user }), await tenant.authorized({ user })];
      const elsewhere = await tenant.connected();
      expect(await redeem(tenant, link, true)).toBe('set');
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await waiting.redeem()).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await tenant.storage.grants.listConsents(user.id)).toEqual([]);
      expect(await tenant.isAlive(elsewhere.sessionId)).toBe(true);
      const fresh = await tenant.connected({ user, application: grant.application });
      expect(await tenant.isAlive(fresh.sessionId)).toBe(true);
    });

    it('a new link makes the one before dead', async () => {
      const { tenant, user, link } = await withLink(house);
      const next = tenant.passwordLink(user, { purpose: 'invitation' });
      await tenant.storage.passwordLinks.issue(next, tenant.now);
      expect(await redeem(tenant, link)).toBe('gone');
      expect(await passwordOf(tenant, user)).not.toBe(NEW_HASH);
      expect(await redeem(tenant, next)).toBe('set');
    });

    it.each<[string, (tenant: Tenant, user: User) => Promise<unknown>]>([
      [
        'its time is over',
        (tenant) => {
          tenant.advance(HOUR_MS);
          return Promise.resolve();
        },
      ],
      [
        'the password was changed otherwise',
        ({ storage, now }, user) => storage.users.update(user.id, { passwordHash: '$argon2id$other' }, now),
      ],
      [
        'the user’s address was changed',
        ({ storage, now }, user) => storage.users.update(user.id, { email: 'other@example.com' }, now),
      ],
      [
        'the user was disabled',
        ({ storage, now }, user) => storage.users.update(user.id, { enabled: false }, now),
      ],
      ['the user was deleted', ({ storage, now }, user) => storage.users.delete(user.id, now)],
    ])('a link is dead when %s', async (_name, spoil) => {
      const { tenant, user, link } = await withLink(house);
      await spoil(tenant, user);
      expect(await redeem(tenant, link)).toBe('gone');
      expect(await passwordOf(tenant, user)).not.toBe(NEW_HASH);
    });

    it('another secret sets nothing, and leaves the link as it is', async () => {
      const { tenant, user, link } = await withLink(house);
      expect(await redeem(tenant, { ...link, digest: someDigest() })).toBe('gone');
      const other = await tenant.user();
      expect(await redeem(tenant, { ...link, userId: other.id })).toBe('gone');
      expect(await tenant.storage.passwordLinks.find(user.id)).toEqual(link);
    });

    it('nobody who is disabled or isn’t there gets one', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      await tenant.storage.users.update(user.id, { enabled: false }, tenant.now);
      const { passwordLinks } = tenant.storage;
      expect(await passwordLinks.issue(tenant.passwordLink(user), tenant.now)).toBe('gone');
      expect(await passwordLinks.issue(tenant.passwordLink(tenant.newUser()), tenant.now)).toBe('gone');
    });

    it('who has no password has no hash, until a link sets one', async () => {
      const tenant = await house.tenant();
      const row = { ...tenant.userRow({ email: 'ada@example.com' }), passwordHash: undefined };
      await tenant.storage.users.create(row);
      expect(await passwordOf(tenant, row)).toBeUndefined();
      expect(await tenant.storage.users.find(row.id)).toMatchObject({ email: 'ada@example.com' });
      const link = tenant.passwordLink(row, { purpose: 'invitation' });
      await tenant.storage.passwordLinks.issue(link, tenant.now);
      expect(await redeem(tenant, link)).toBe('set');
      expect(await passwordOf(tenant, row)).toBe(NEW_HASH);
      expect(await tenant.auditTypes()).toContain('user.invited');
    });
  });
}
