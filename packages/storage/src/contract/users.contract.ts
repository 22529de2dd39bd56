import { usernameKey } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';

export function describeUsers(house: ContractHouse): void {
  describe('users', () => {
    it('are found by identifier and by username, with the password hash only where it is needed', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user({ username: 'Ada@Example.com', administrator: true });
      expect(await tenant.storage.users.find(user.id)).toEqual(user);
      const found = await tenant.storage.users.findByUsername(usernameKey('ada@example.COM'));
      expect(found).toEqual({ user, passwordHash: '$argon2id$example' });
      expect(await tenant.storage.users.list()).toEqual([user]);
    });

    it('a username in another case is the same username, and is taken', async () => {
      const tenant = await house.tenant();
      const first = await tenant.user({ username: 'ada@example.com' });
      const second = tenant.userRow({ username: 'ADA@example.com' });
      expect(await tenant.storage.users.create(second)).toBe('username-taken');
      expect(await tenant.storage.users.list()).toEqual([first]);
    });

    it('the same username may exist in two environments', async () => {
      const [one, two] = [await house.tenant(), await house.tenant()];
      await one.user({ username: 'ada@example.com' });
      const outcome = await two.storage.users.create(two.userRow({ username: 'ada@example.com' }));
      expect(outcome).toBe('created');
    });

    it('a deleted user’s name is free again, for somebody who inherits nothing', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected({ user: await tenant.user({ username: 'ada' }) });
      const browser = await tenant.signIn(grant.user);

      expect(await tenant.storage.users.delete(grant.user.id, tenant.now)).toBe(true);
      const heir = await tenant.user({ username: 'ada' });

      expect(await tenant.isAlive(browser)).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect((await grant.refresh(1)).kind).toBe('refused');
      expect(await tenant.storage.grants.listConsents(heir.id)).toEqual([]);
      expect(await tenant.storage.users.delete(grant.user.id, tenant.now)).toBe(false);
      expect(await tenant.auditTypes()).toContain('user.deleted');
    });

    it('a disabled user’s code, sessions and refresh tokens are dead at once', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      const waiting = await tenant.authorized({ user });
      const grant = await tenant.connected({ user });
      const browser = await tenant.signIn(user);

      const disabled = await tenant.storage.users.update(user.id, { enabled: false }, tenant.now);

      expect(disabled?.disabledAt).toBe(tenant.now);
      expect(await tenant.isAlive(browser)).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await waiting.redeem()).toEqual({ kind: 'refused', reason: 'ended' });
    });

    it('what died when a user was disabled stays dead when the user is enabled again', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      const waiting = await tenant.authorized({ user });
      const grant = await tenant.connected({ user });
      const browser = await tenant.signIn(user);
      await tenant.storage.users.update(user.id, { enabled: false }, tenant.now);

      const enabled = await tenant.storage.users.update(user.id, { enabled: true }, tenant.now);

      expect(enabled?.disabledAt).toBeNull();
      expect(await tenant.isAlive(browser)).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await waiting.redeem()).toEqual({ kind: 'refused', reason: 'ended' });
      const fresh = await tenant.connected({ user, application: grant.application });
      expect(await tenant.isAlive(fresh.sessionId)).toBe(true);
    });

    it('a new password ends the browser sessions and leaves the connected applications alone', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { user } = grant;
      const browser = await tenant.signIn(user);

      await tenant.storage.users.update(user.id, { passwordHash: '$argon2id$new' }, tenant.now);

      expect(await tenant.isAlive(browser)).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      const found = await tenant.storage.users.findByUsername(usernameKey(user.username));
      expect(found?.passwordHash).toBe('$argon2id$new');
      expect(await tenant.isAlive(await tenant.signIn(user))).toBe(true);
    });

    it('a new name or role ends nothing', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const browser = await tenant.signIn(grant.user);
      const change = { name: 'Ada L.', administrator: true };
      expect(await tenant.storage.users.update(grant.user.id, change, tenant.now)).toMatchObject(change);
      expect(await tenant.isAlive(browser)).toBe(true);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
    });

    it('creation and change are recorded, and a refused creation is not', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user({ username: 'ada' });
      await tenant.storage.users.create(tenant.userRow({ username: 'Ada' }));
      await tenant.storage.users.update(user.id, {}, tenant.now);
      expect(await tenant.auditTypes()).toEqual(['user.updated', 'user.created', 'environment.created']);
    });
  });
}
