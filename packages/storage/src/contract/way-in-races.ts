import type { EnvironmentSettings, IdentityProvider } from '@fluxo/core';
import { expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import type { RaceProcesses } from './race-processes.js';
import type { RaceCall } from './race-worker.js';
import type { Tenant } from './tenant.js';

const AT_ONCE = 8;

export interface Racing {
  readonly house: ContractHouse;
  readonly processes: () => RaceProcesses;
  readonly rounds: (round: (tenant: Tenant) => Promise<void>) => Promise<void>;
}

const required = ({ environment }: Tenant): EnvironmentSettings => ({
  ...environment.settings,
  singleSignOn: 'required',
});

const disabling = ({ environment }: Tenant, provider: IdentityProvider): RaceCall => ({
  ...{ environmentId: environment.id, port: 'identityProviders', method: 'update' },
  input: [{ ...provider, enabled: false }],
});

const deleting = ({ environment, now }: Tenant, { id }: IdentityProvider): RaceCall => ({
  ...{ environmentId: environment.id, port: 'identityProviders', method: 'delete' },
  input: [id, now],
});

const requiring = (tenant: Tenant): RaceCall => ({
  ...{ port: 'environments', method: 'update' },
  input: [tenant.environment.id, { settings: required(tenant) }],
});

/** From the database: this process may remember for a moment what another one changed. */
async function stateOf({ storage: { overview } }: Tenant) {
  const { items } = await overview.identityProviders({ limit: AT_ONCE });
  return {
    isRequired: (await overview.environment())?.thing.settings.singleSignOn === 'required',
    enabled: items.filter(({ thing }) => thing.enabled).length,
  };
}

/** Nobody is locked out, whatever several administrators do at the same moment. */
export function describeWayInRaces({ house, processes, rounds }: Racing): void {
  it('where single sign-on is required, of providers that are disabled and deleted one stays', async () => {
    await rounds(async (tenant) => {
      const providers: IdentityProvider[] = [];
      for (let count = 0; count < AT_ONCE; count += 1) providers.push(await tenant.identityProvider());
      await house.storage.environments.update(tenant.environment.id, { settings: required(tenant) });
      const outcomes = await processes().race<string>((worker) =>
        providers
          .filter((_provider, index) => index % 2 === worker)
          .map((provider) => (worker === 0 ? deleting(tenant, provider) : disabling(tenant, provider))),
      );
      expect(outcomes.filter((outcome) => outcome === 'last-way-in')).toHaveLength(1);
      const done = outcomes.filter((outcome) => outcome === 'updated' || outcome === 'deleted');
      expect(done).toHaveLength(AT_ONCE - 1);
      expect(await stateOf(tenant)).toEqual({ isRequired: true, enabled: 1 });
    });
  });

  it('single sign-on becomes required, or its last provider is disabled: never both', async () => {
    await rounds(async (first) => {
      const tenants = [first];
      while (tenants.length < AT_ONCE) tenants.push(await house.tenant());
      const providers: IdentityProvider[] = [];
      for (const tenant of tenants) providers.push(await tenant.identityProvider());
      const outcomes = await processes().race<unknown>((worker) =>
        providers.map((provider, index) => {
          const tenant = tenants[index] ?? first;
          return worker === 0 ? requiring(tenant) : disabling(tenant, provider);
        }),
      );
      for (const [index, tenant] of tenants.entries()) {
        const { isRequired, enabled } = await stateOf(tenant);
        const [began, closed] = [outcomes[index], outcomes[AT_ONCE + index]];
        expect([began === 'no-way-in', closed, enabled]).toEqual(
          isRequired ? [false, 'last-way-in', 1] : [true, 'updated', 0],
        );
      }
    });
  });
}
