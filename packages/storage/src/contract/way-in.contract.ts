import { DEFAULT_ENVIRONMENT_SETTINGS, type EnvironmentSettings, type IdentityProvider } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import type { Tenant } from './tenant.js';

const AT_ONCE = 4;
const ROUNDS = 10;
const CLOSINGS = ['disable', 'delete'] as const;
type Closing = (typeof CLOSINGS)[number];

export function describeWayIn(house: ContractHouse): void {
  const rule = ({ environment }: Tenant, singleSignOn: EnvironmentSettings['singleSignOn'], at?: number) => {
    const settings = { ...environment.settings, singleSignOn };
    return house.storage.environments.update(environment.id, { settings }, undefined, at);
  };
  const close = (how: Closing, { storage, now }: Tenant, provider: IdentityProvider) =>
    how === 'delete'
      ? storage.identityProviders.delete(provider.id, now)
      : storage.identityProviders.update({ ...provider, enabled: false }, undefined);
  const done = { disable: 'updated', delete: 'deleted' } as const;
  /** Read from the database: a node may remember for a moment what another one changed. */
  const stateOf = async ({ storage: { overview } }: Tenant) => {
    const { items } = await overview.identityProviders({ limit: 100 });
    return {
      singleSignOn: (await overview.environment())?.thing.settings.singleSignOn,
      enabled: items.filter(({ thing }) => thing.enabled).length,
    };
  };

  describe('single sign-on that is required', () => {
    it('begins only where a provider is enabled; what is refused changes nothing and isn’t recorded', async () => {
      const tenant = await house.tenant();
      const provider = await tenant.identityProvider({ enabled: false });
      const recorded = await tenant.auditTypes();
      expect(await rule(tenant, 'required')).toBe('no-way-in');
      expect(await rule(tenant, 'required', 7)).toBeUndefined();
      expect(await tenant.auditTypes()).toEqual(recorded);
      expect(await stateOf(tenant)).toEqual({ singleSignOn: 'off', enabled: 0 });
      await tenant.storage.identityProviders.update({ ...provider, enabled: true }, undefined);
      expect(await rule(tenant, 'required')).toMatchObject({ settings: { singleSignOn: 'required' } });
    });

    it.each(CLOSINGS)('keeps its last enabled provider from a hand that would %s it', async (how) => {
      const tenant = await house.tenant();
      const [last, other] = [await tenant.identityProvider(), await tenant.identityProvider()];
      await rule(tenant, 'required');
      expect(await close(how, tenant, other)).toBe(done[how]);
      const recorded = await tenant.auditTypes();
      expect(await close(how, tenant, last)).toBe('last-way-in');
      const { identityProviders } = tenant.storage;
      expect(await identityProviders.delete(last.id, tenant.now, 7)).toBe('stale');
      expect(await identityProviders.update({ ...last, enabled: false }, undefined, 7)).toBe('stale');
      expect(await tenant.auditTypes()).toEqual(recorded);
      expect(await identityProviders.update({ ...last, name: 'New' }, undefined)).toBe('updated');
      await rule(tenant, 'offered');
      expect(await close(how, tenant, last)).toBe(done[how]);
    });

    it('lets go of a provider that is disabled already, and looks at no other environment', async () => {
      const [tenant, neighbour] = [await house.tenant(), await house.tenant()];
      await neighbour.identityProvider();
      const [last, idle] = [
        await tenant.identityProvider(),
        await tenant.identityProvider({ enabled: false }),
      ];
      await rule(tenant, 'required');
      const { identityProviders } = tenant.storage;
      expect(await identityProviders.update({ ...idle, name: 'New' }, undefined)).toBe('updated');
      expect(await identityProviders.delete(idle.id, tenant.now)).toBe('deleted');
      expect(await close('delete', tenant, last)).toBe('last-way-in');
    });

    it('stays as it is where no provider was enabled before this was asked', async () => {
      const settings = { ...DEFAULT_ENVIRONMENT_SETTINGS, singleSignOn: 'required' } as const;
      const tenant = await house.tenant({ settings });
      expect(await rule(tenant, 'required')).toEqual(tenant.environment);
    });

    it.each(CLOSINGS)('of many who each %s another provider at once, one is refused', async (how) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const tenant = await house.tenant();
        const providers: IdentityProvider[] = [];
        for (let count = 0; count < AT_ONCE; count += 1) providers.push(await tenant.identityProvider());
        await rule(tenant, 'required');
        const outcomes = await Promise.all(providers.map((provider) => close(how, tenant, provider)));
        expect(outcomes.sort()).toEqual(
          ['last-way-in', ...Array<string>(AT_ONCE - 1).fill(done[how])].sort(),
        );
        expect(await stateOf(tenant)).toEqual({ singleSignOn: 'required', enabled: 1 });
      }
    });

    it.each(CLOSINGS)(
      'begins, or somebody may %s the last provider at the same time: never both',
      async (how) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const tenant = await house.tenant();
          const provider = await tenant.identityProvider();
          const requires = () => rule(tenant, 'required');
          const closes = () => close(how, tenant, provider);
          const [first, second] = round % 2 === 0 ? [requires, closes] : [closes, requires];
          const outcomes = await Promise.all([first(), second()]);
          const { singleSignOn, enabled } = await stateOf(tenant);
          expect(outcomes).toContain(singleSignOn === 'required' ? 'last-way-in' : 'no-way-in');
          expect(enabled).toBe(singleSignOn === 'required' ? 1 : 0);
        }
      },
    );
  });
}
