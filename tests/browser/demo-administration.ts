import {
  changeEnvironment,
  type Environment,
  type EnvironmentSettings,
  type ProviderChanging,
  type UserChanging,
} from '@fluxo/core';
import type { Demo } from '@fluxo/example-demo';
import { demoTenant } from './demo.js';

export interface DemoAdministration {
  readonly ports: Awaited<ReturnType<typeof demoTenant>>['storage'];
  readonly people: UserChanging;
  readonly providers: ProviderChanging;
  readonly rule: (settings: Partial<EnvironmentSettings>) => Promise<Environment>;
  readonly now: number;
}

/** The demo's own environment, as an administrator changes what is in it. */
export async function administerDemo(demo: Demo): Promise<DemoAdministration> {
  const { environment, essentials, storage: ports } = await demoTenant(demo);
  const { passwordHasher, storage } = demo.server.services;
  const { overview, identityProviders, users } = ports;
  const common = { environmentId: environment.id, essentials };
  return {
    ports,
    people: { administration: { ...common, store: users, passwordHasher }, overview },
    providers: { administration: { ...common, store: identityProviders }, overview },
    rule: (settings) => changeEnvironment({ settings }, { overview, environments: storage.environments }),
    now: essentials.clock.now(environment.id),
  };
}
