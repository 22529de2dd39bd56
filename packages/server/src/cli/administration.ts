import {
  environmentsBy,
  type ApplicationAdministration,
  type ApplicationChanging,
  type EnvironmentChanging,
  type IdentityProviderAdministration,
  type ProviderChanging,
  type UserAdministration,
  type UserChanging,
} from '@fluxo/core';
import { BY_COMMAND, type Tenant, type Tool } from './tool.js';

export function applicationAdministration(
  { essentials, hosts }: Tool,
  { environment, storage }: Tenant,
): ApplicationAdministration {
  const { isOwnHost } = hosts;
  return { environmentId: environment.id, store: storage.applications, essentials, isOwnHost };
}

export function applicationChanging(tool: Tool, tenant: Tenant): ApplicationChanging {
  const { overview } = tenant.storage;
  return { administration: applicationAdministration(tool, tenant), overview };
}

export function environmentChanging({ storage }: Tool, tenant: Tenant): EnvironmentChanging {
  const { overview } = tenant.storage;
  return { overview, environments: environmentsBy(storage.environments, BY_COMMAND) };
}

export function providerAdministration(
  { essentials }: Tool,
  { environment, storage }: Tenant,
): IdentityProviderAdministration {
  return { environmentId: environment.id, store: storage.identityProviders, essentials };
}

export function providerChanging(tool: Tool, tenant: Tenant): ProviderChanging {
  const { overview } = tenant.storage;
  return { administration: providerAdministration(tool, tenant), overview };
}

export async function userAdministration(
  { essentials }: Tool,
  { environment, storage }: Tenant,
): Promise<UserAdministration> {
  // Native code, loaded only where a user is written.
  const { Argon2PasswordHasher } = await import('../adapters/argon2-password-hasher.js');
  const passwordHasher = new Argon2PasswordHasher();
  return { environmentId: environment.id, store: storage.users, essentials, passwordHasher };
}

/** By an operator, who is no user. */
export async function userChanging(tool: Tool, tenant: Tenant): Promise<UserChanging> {
  return { administration: await userAdministration(tool, tenant), overview: tenant.storage.overview };
}
