import type { ApplicationAdministration, UserAdministration } from '@fluxo/core';
import type { Tenant, Tool } from './tool.js';

export function applicationAdministration(
  { essentials, hosts }: Tool,
  { environment, storage }: Tenant,
): ApplicationAdministration {
  const { isOwnHost } = hosts;
  return { environmentId: environment.id, store: storage.applications, essentials, isOwnHost };
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
