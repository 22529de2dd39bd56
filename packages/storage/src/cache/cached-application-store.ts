import type { ApplicationStore, EnvironmentId } from '@fluxo/core';
import type { ReadCache } from './read-cache.js';

/**
 * What each request asks of an application is remembered; lists and logos are read. Of the secrets it is good
 * for proving a client: when one was last used is older here than in `listSecrets`, which always reads.
 * @param cache undefined: nothing is remembered
 */
export function cachedApplicationStore(
  store: ApplicationStore,
  environmentId: EnvironmentId,
  cache: ReadCache | undefined,
): ApplicationStore {
  if (cache === undefined) return store;
  const remembered = <T>(question: string, read: () => Promise<T | undefined>): Promise<T | undefined> =>
    cache.get({ key: `${environmentId} ${question}`, read, environmentOf: () => environmentId });
  /** Dropped before the answer, also when it failed: what was not confirmed may have happened. */
  const changing = async <T>(write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      cache.drop(environmentId);
    }
  };
  return {
    ...store,
    find: (clientId) => remembered(`application ${clientId}`, () => store.find(clientId)),
    findCredentials: (clientId) =>
      remembered(`credentials ${clientId}`, () => store.findCredentials(clientId)),
    isSpaOrigin: async (origin) =>
      (await remembered(`spa ${origin}`, async () => (await store.isSpaOrigin(origin)) || undefined)) ??
      false,
    register: (application, secret) => changing(store.register(application, secret)),
    update: (application, ifRevision) => changing(store.update(application, ifRevision)),
    delete: (clientId, ifRevision) => changing(store.delete(clientId, ifRevision)),
    writeTogether: (writes) => changing(store.writeTogether(writes)),
    addSecret: (clientId, secret, maxLive) => changing(store.addSecret(clientId, secret, maxLive)),
    deleteSecret: (clientId, secretId, at) => changing(store.deleteSecret(clientId, secretId, at)),
    addKey: (clientId, key, maxLive) => changing(store.addKey(clientId, key, maxLive)),
    deleteKey: (clientId, keyId, at) => changing(store.deleteKey(clientId, keyId, at)),
    setLogo: (clientId, logo) => changing(store.setLogo(clientId, logo)),
  };
}
