import { InputError, parseId, usernameKey, type User, type UserId } from '@fluxo/core';
import type { Tenant } from './tool.js';

/** Named by wid or by username. @throws InputError */
export async function requireUser(text: string, { environment, storage }: Tenant): Promise<User> {
  const id = parseId<UserId>(text);
  const byId = id === undefined ? undefined : await storage.users.find(id);
  const user = byId ?? (await storage.users.findByUsername(usernameKey(text)))?.user;
  if (user !== undefined) return user;
  const { domain, lane } = environment;
  throw new InputError(
    'user',
    `There is no user "${text}" in ${domain}.${lane}. See: fluxo user list ${domain}.${lane}`,
  );
}
