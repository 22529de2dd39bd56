import { DEFAULT_ENVIRONMENT_SETTINGS, type ClientId } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import { newEnvironment, type ContractHouse } from './contract-house.js';
import { HOUR_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

export function describeEnvironments(house: ContractHouse): void {
  describe('environments', () => {
    it('are found by domain and lane as they were created', async () => {
      const { environment } = await house.tenant();
      const { domain, lane } = environment;
      expect(await house.storage.environments.findByName({ domain, lane })).toEqual(environment);
      expect(await house.storage.environments.findByName({ domain, lane: 'preview' })).toBeUndefined();
    });

    it('a name that is taken in the same lane is refused and the first one stays', async () => {
      const { environment } = await house.tenant();
      const { domain, lane } = environment;
      const second = newEnvironment({ domain, lane, name: 'Second' });
      expect(await house.storage.environments.create(second)).toBe('name-taken');
      expect(await house.storage.environments.findByName({ domain, lane })).toEqual(environment);
    });

    it('one domain has an environment of its own in each lane', async () => {
      const { environment } = await house.tenant();
      const preview = newEnvironment({ domain: environment.domain, lane: 'preview' });
      expect(await house.storage.environments.create(preview)).toBe('created');
    });

    it('an update changes what it names and nothing else, and is recorded', async () => {
      const tenant = await house.tenant();
      const { id } = tenant.environment;
      await tenant.identityProvider();
      const single = {
        singleSignOn: 'required',
        administratorsExempt: true,
        secondFactor: 'required',
        accentColor: '#7a1fa2',
      } as const;
      const settings = { ...DEFAULT_ENVIRONMENT_SETTINGS, sessionIdInQuery: true, ...single };
      expect(await house.storage.environments.update(id, { name: 'New' })).toEqual({
        ...tenant.environment,
        name: 'New',
      });
      expect(await house.storage.environments.update(id, { settings })).toEqual({
        ...tenant.environment,
        name: 'New',
        settings,
      });
      expect(await tenant.auditTypes()).toEqual([
        'environment.updated',
        'environment.updated',
        'identity-provider.created',
        'environment.created',
      ]);
    });

    it('a logo is kept, replaced and taken away together with its version', async () => {
      const { environment } = await house.tenant();
      const { environments } = house.storage;
      const { id } = environment;
      const neighbour = await house.tenant();
      const logo = { png: Buffer.from([1, 2, 3]), version: 'v1' };
      expect(await environments.setLogo(id, { ...logo, version: 'v0' })).toEqual({
        ...environment,
        logoVersion: 'v0',
      });
      expect(await environments.setLogo(id, logo)).toEqual({ ...environment, logoVersion: 'v1' });
      expect(await environments.findByName(environment)).toMatchObject({ logoVersion: 'v1' });
      expect(await environments.findLogo(id)).toEqual(logo);
      expect(await environments.findLogo(neighbour.environment.id)).toBeUndefined();
      expect(await environments.update(id, { name: 'New' })).toMatchObject({ logoVersion: 'v1' });
      expect(await environments.setLogo(id, undefined)).toMatchObject({ logoVersion: null });
      expect(await environments.findLogo(id)).toBeUndefined();
      expect(await environments.setLogo(newEnvironment().id, logo)).toBeUndefined();
    });

    it('an update without a change leaves the environment as it is', async () => {
      const { environment } = await house.tenant();
      expect(await house.storage.environments.update(environment.id, {})).toEqual(environment);
    });

    it('an update or deletion of an environment that is not there says so', async () => {
      const { id } = newEnvironment();
      expect(await house.storage.environments.update(id, { name: 'New' })).toBeUndefined();
      expect(await house.storage.environments.delete(id)).toBe(false);
    });

    it('are found by one of their applications, in its lane only', async () => {
      const tenant = await house.tenant();
      const { clientId } = await tenant.application();
      const { environments } = house.storage;
      expect(await environments.findByClientId('my', clientId)).toEqual(tenant.environment);
      expect(await environments.findByClientId('preview', clientId)).toBeUndefined();
      expect(await environments.findByClientId('my', '0'.repeat(32) as ClientId)).toBeUndefined();
    });

    it('a deleted environment takes all that was in it along, and leaves a record', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const browser = await tenant.signIn(grant.user);
      const neighbour = await house.tenant();
      const neighbours = await neighbour.connected();
      const digest = someDigest();
      const use = ({ storage, now }: Tenant) => storage.replay.useOnce(digest, now + HOUR_MS, now);
      expect([await use(tenant), await use(neighbour)]).toEqual([true, true]);
      const { id: providerId } = await tenant.identityProvider();
      const identity = { providerId, federationId: 'ada' };
      await house.storage.environments.setLogo(tenant.environment.id, {
        png: Buffer.from([1]),
        version: 'v1',
      });
      await tenant.storage.federatedIdentities.link(identity, grant.user.id, tenant.now);

      expect(await house.storage.environments.delete(tenant.environment.id)).toBe(true);

      expect(await house.storage.environments.findByName(tenant.environment)).toBeUndefined();
      expect(await house.storage.environments.findLogo(tenant.environment.id)).toBeUndefined();
      expect(await tenant.storage.users.list()).toEqual([]);
      expect(await tenant.storage.applications.list()).toEqual([]);
      expect(await tenant.storage.grants.list({})).toEqual([]);
      expect(await tenant.storage.identityProviders.list()).toEqual([]);
      expect(await tenant.storage.federatedIdentities.findUser(identity)).toBeUndefined();
      expect(await tenant.isAlive(browser)).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect((await grant.refresh(1)).kind).toBe('refused');
      expect((await tenant.auditTypes())[0]).toBe('environment.deleted');
      // Nothing remembers it any more; the neighbour's is its own.
      expect([await use(tenant), await use(neighbour)]).toEqual([true, false]);
      expect(await neighbour.isAlive(neighbours.sessionId)).toBe(true);
    });

    it('a listing has each environment once', async () => {
      const { environment } = await house.tenant();
      const listed = await house.storage.environments.list();
      expect(listed.filter(({ id }) => id === environment.id)).toEqual([environment]);
    });
  });
}
