import type { Environment, EnvironmentId, EnvironmentStore, WatchedEnvironmentStore } from '@fluxo/core';
import type { ReadCache } from './read-cache.js';

/** @param cache undefined: nothing is remembered */
export function cachedEnvironmentStore(
  store: EnvironmentStore,
  cache: ReadCache | undefined,
): WatchedEnvironmentStore {
  if (cache === undefined) return { ...store, heard: () => undefined };
  const remembered = (
    key: string,
    read: () => Promise<Environment | undefined>,
  ): Promise<Environment | undefined> => cache.get({ key, read, environmentOf: ({ id }) => id });
  const changing = async <T>(id: EnvironmentId, write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      cache.drop(id);
    }
  };
  return {
    ...store,
    heard: () => cache.heard(),
    findByName: (name) => remembered(`name ${name.domain} ${name.lane}`, () => store.findByName(name)),
    findByClientId: (lane, clientId) =>
      remembered(`client ${lane} ${clientId}`, () => store.findByClientId(lane, clientId)),
    create: (environment, founding, by) => changing(environment.id, store.create(environment, founding, by)),
    update: (...change) => changing(change[0], store.update(...change)),
    delete: (id, by) => changing(id, store.delete(id, by)),
    setLogo: (id, logo, by) => changing(id, store.setLogo(id, logo, by)),
  };
}
