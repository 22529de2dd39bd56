import type { EnvironmentId, IdentityProviderStore } from '@fluxo/core';
import type { ReadCache } from './read-cache.js';

/**
 * Each sign-in page asks which providers there are. Their secrets are read, and so is when one was last used.
 * @param cache undefined: nothing is remembered
 */
export function cachedIdentityProviderStore(
  store: IdentityProviderStore,
  environmentId: EnvironmentId,
  cache: ReadCache | undefined,
): IdentityProviderStore {
  if (cache === undefined) return store;
  const remembered = <T>(question: string, read: () => Promise<T | undefined>): Promise<T | undefined> =>
    cache.get({ key: `${environmentId} ${question}`, read, environmentOf: () => environmentId });
  const changing = async <T>(write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      cache.drop(environmentId);
    }
  };
  return {
    ...store,
    list: async () => (await remembered('identity-providers', () => store.list())) ?? [],
    find: (id) => remembered(`identity-provider ${id}`, () => store.find(id)),
    create: (provider, secret) => changing(store.create(provider, secret)),
    update: (provider, secret, ifRevision) => changing(store.update(provider, secret, ifRevision)),
    delete: (id, at, ifRevision) => changing(store.delete(id, at, ifRevision)),
  };
}
