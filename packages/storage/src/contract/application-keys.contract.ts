import {
  DEFAULT_ENVIRONMENT_SETTINGS,
  type ApplicationKey,
  type KeyAuthorization,
  type User,
} from '@fluxo/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, someDigest } from './contract-values.js';
import { keyAuthorization, keyRow, machineOf, type MachineApplication } from './machine-application.js';
import type { Tenant } from './tenant.js';

const AT_ONCE = 8;

export function describeApplicationKeys(house: ContractHouse): void {
  describe('machine applications', () => describeMachines(house));
}

function describeMachines(house: ContractHouse): void {
  let tenant: Tenant;
  let ana: User;
  let machine: MachineApplication;
  beforeEach(async () => {
    tenant = await house.tenant();
    ana = await tenant.user();
    machine = await machineOf(tenant, ana);
  });

  const applications = () => tenant.storage.applications;
  const add = (key: ApplicationKey, most = 10) =>
    applications().addKey(machine.application.clientId, key, most);
  const remove = (key: ApplicationKey) =>
    applications().deleteKey(machine.application.clientId, key.id, tenant.now);
  const authorize = (of = machine, overrides: Partial<KeyAuthorization> = {}) =>
    tenant.storage.grants.authorizeByKey(keyAuthorization(tenant, of, overrides));
  const consentOf = async () => {
    const [consent] = await tenant.storage.grants.listConsents(ana.id);
    if (consent === undefined) throw new Error('There is no consent.');
    return consent;
  };
  /** A session that was obtained with the key. */
  const connect = async (key = machine.key) => {
    const input = keyAuthorization(tenant, { ...machine, key });
    expect(await tenant.storage.grants.authorizeByKey(input)).toBe('authorized');
    return input;
  };

  describe('keys of applications', () => {
    it('come back as they were added, with the credentials only while they are good', async () => {
      const { clientId } = machine.application;
      const second = keyRow(tenant, ana, { algorithm: 'EdDSA', note: 'new machine' });
      expect(await add(second)).toBe('added');
      expect(await applications().listKeys(clientId)).toEqual([machine.key, second]);
      expect(await remove(machine.key)).toBe(true);
      expect(await remove(machine.key)).toBe(false);
      expect((await applications().findCredentials(clientId))?.keys).toEqual([second]);
      expect(await applications().listKeys(clientId)).toEqual([
        { ...machine.key, deletedAt: tenant.now },
        second,
      ]);
    });

    it('the same one is taken once while it lives, also of many at once, and anew when it was deleted', async () => {
      const { spki, fingerprint } = keyRow(tenant, ana);
      const again = () => keyRow(tenant, ana, { spki, fingerprint });
      const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => add(again())));
      expect(outcomes.sort()).toEqual(['added', ...Array<string>(AT_ONCE - 1).fill('known')]);
      const [, first] = await applications().listKeys(machine.application.clientId);
      expect(await remove(first ?? machine.key)).toBe(true);
      expect(await add(again())).toBe('added');
    });

    it('of many at once no more are added than may live', async () => {
      const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => add(keyRow(tenant, ana), 3)));
      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(2);
      expect(new Set(outcomes)).toEqual(new Set(['added', 'limit-reached']));
    });

    it('are not taken by another kind of application, nor for a user who is disabled or not there', async () => {
      const web = await tenant.application();
      expect(await applications().addKey(web.clientId, keyRow(tenant, ana), 10)).toBe('gone');
      const bob = await tenant.user();
      await tenant.storage.users.update(bob.id, { enabled: false }, tenant.now);
      expect(await add(keyRow(tenant, bob))).toBe('gone');
      expect(await add(keyRow(tenant, tenant.newUser()))).toBe('gone');
      expect((await applications().findCredentials(web.clientId))?.keys).toEqual([]);
    });

    it('are recorded when added and deleted, with their user and their fingerprint', async () => {
      await remove(machine.key);
      const [deleted, ...earlier] = await tenant.storage.audit.list(10);
      const parties = { userId: ana.id, clientId: machine.application.clientId };
      expect(deleted).toMatchObject({ type: 'application.key-deleted', ...parties });
      expect(deleted?.detail).toBe(machine.key.fingerprint);
      const types = earlier.map(({ type }) => type);
      expect(types.slice(0, 2)).toEqual(['application.key-added', 'consent.given']);
    });
  });

  describe('a grant by key', () => {
    it('has one living session and no refresh token, and notes when the key was used', async () => {
      tenant.advance(5);
      const { grantId, session } = await connect();
      expect(await tenant.isAlive(session.id)).toBe(true);
      expect(await tenant.storage.grants.find(grantId)).toMatchObject({
        ...{ stands: true, redeemedAt: tenant.now, expiresAt: tenant.now + 24 * HOUR_MS },
      });
      const [key] = await applications().listKeys(machine.application.clientId);
      expect(key?.lastUsedAt).toBe(tenant.now);
      const presented = { generation: 0, digest: new Uint8Array() };
      const token = { id: grantId, presented };
      expect(await tenant.storage.grants.findByRefreshToken(token)).toBeUndefined();
      const [event] = await tenant.storage.audit.list(1);
      expect(event).toMatchObject({ type: 'grant.authorized', userId: ana.id, grantId });
    });

    it('ends with its absolute expiry, used or not', async () => {
      const { session } = await connect();
      tenant.advance(24 * HOUR_MS);
      expect(await tenant.isAlive(session.id)).toBe(false);
    });

    it('what may be used once makes one grant, whoever asks first, on whichever connection', async () => {
      const once = { digest: someDigest(), expiresAt: tenant.now + HOUR_MS };
      const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => authorize(machine, { once })));
      expect(outcomes.sort()).toEqual(['authorized', ...Array<string>(AT_ONCE - 1).fill('replayed')]);
      expect(await tenant.storage.grants.list({ userId: ana.id })).toHaveLength(1);
      await house.reopen();
      expect(await authorize(machine, { once })).toBe('replayed');
    });

    it('is refused for another user than the key’s, for another application, and for no key', async () => {
      const bob = await tenant.user();
      const other = await machineOf(tenant, bob);
      expect(await authorize(machine, { userId: bob.id })).toBe('gone');
      expect(await authorize(machine, { clientId: other.application.clientId })).toBe('gone');
      expect(await authorize({ ...machine, key: keyRow(tenant, ana) })).toBe('gone');
      expect(await authorize()).toBe('authorized');
    });

    it('dies with its key alone, for good, and the key makes no other', async () => {
      const second = keyRow(tenant, ana);
      await add(second);
      const [first, other] = [await connect(), await connect(second)];
      await remove(machine.key);
      expect([await tenant.isAlive(first.session.id), await tenant.isAlive(other.session.id)]).toEqual([
        false,
        true,
      ]);
      expect(await authorize()).toBe('gone');
      expect(await tenant.storage.grants.find(first.grantId)).toMatchObject({
        ...{ stands: false, revokedReason: 'key-deleted' },
      });
    });

    it('the user sees the consent from the key on, and takes it back with sessions and keys', async () => {
      const consents = () => tenant.storage.grants.listConsents(ana.id);
      const [consent] = await consents();
      expect(consent).toMatchObject({ application: machine.application, grants: [], hasKey: true });
      const { session } = await connect();
      expect((await consents())[0]?.grants).toHaveLength(1);
      await tenant.storage.grants.revokeConsent((await consentOf()).consentId, ana.id, tenant.now);
      expect(await tenant.isAlive(session.id)).toBe(false);
      expect(await authorize()).toBe('gone');
      expect(await applications().listKeys(machine.application.clientId)).toMatchObject([
        { deletedAt: tenant.now },
      ]);
      // Registered anew it is a new consent; the old session stays dead.
      const { spki, fingerprint } = machine.key;
      const anew = keyRow(tenant, ana, { spki, fingerprint });
      expect(await add(anew)).toBe('added');
      await connect(anew);
      expect(await tenant.isAlive(session.id)).toBe(false);
    });

    it('the consent goes with the last key of its user, and stays with another user’s', async () => {
      const bob = await tenant.user();
      await add(keyRow(tenant, bob));
      await remove(machine.key);
      expect(await tenant.storage.grants.listConsents(ana.id)).toEqual([]);
      expect(await tenant.storage.grants.listConsents(bob.id)).toMatchObject([{ hasKey: true }]);
    });

    it('is refused, and its session dead, while the application is disabled', async () => {
      const { session } = await connect();
      await applications().update({ ...machine.application, enabled: false });
      expect([await authorize(), await tenant.isAlive(session.id)]).toEqual(['gone', false]);
    });

    it('is refused while the user is disabled, and earlier sessions are dead for good', async () => {
      const { session } = await connect();
      await tenant.storage.users.update(ana.id, { enabled: false }, tenant.now);
      expect(await authorize()).toBe('gone');
      await tenant.storage.users.update(ana.id, { enabled: true }, tenant.now);
      expect(await tenant.isAlive(session.id)).toBe(false);
      expect(await authorize()).toBe('authorized');
    });

    it('is over with the deletion of its user, and so are the keys', async () => {
      const { session } = await connect();
      await tenant.storage.users.delete(ana.id, tenant.now);
      expect([await authorize(), await tenant.isAlive(session.id)]).toEqual(['gone', false]);
      const { clientId } = machine.application;
      expect((await applications().findCredentials(clientId))?.keys).toEqual([]);
    });
  });

  describe('the limit of an environment’s applications', () => {
    it('of many at once exactly as many are registered as there is room for', async () => {
      const settings = { ...DEFAULT_ENVIRONMENT_SETTINGS, maxApplications: 3 };
      const small = await house.tenant({ settings });
      const first = await small.application();
      await small.application();
      const register = () => small.storage.applications.register(small.applicationRow(), small.secret());
      const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, register));
      expect(outcomes.sort()).toEqual([...Array<string>(AT_ONCE - 1).fill('limit-reached'), 'registered']);
      const registered = await small.storage.applications.list();
      expect(registered).toHaveLength(3);
      await small.storage.applications.delete(first.clientId);
      expect(await register()).toBe('registered');
    });

    it('what is let beyond an application’s own is recorded in words, when it changes', async () => {
      const powers = { introspectEnvironment: true, adminApi: true };
      await applications().update({ ...machine.application, ...powers });
      await applications().update({ ...machine.application, ...powers });
      await applications().update({ ...machine.application, ...powers, adminApi: false });
      const events = await tenant.storage.audit.list(3);
      expect(events.map(({ detail }) => detail)).toEqual([
        ...['admin-api off', undefined],
        'introspect-environment on, admin-api on',
      ]);
    });
  });
}
