import type { Acting } from '../audit/audit-event.js';
import type { ClientId, EnvironmentId } from '../ids.js';
import type { Revision } from '../overview/overview-store.js';
import type { Environment, EnvironmentName } from './environment.js';

/** The only port that isn't bound to one environment: it finds them. Each change is told who makes it, for the log. */
export interface EnvironmentStore {
  findByName(name: EnvironmentName): Promise<Environment | undefined>;
  /** For the host that names no organization: the environment, in that lane, of an application. */
  findByClientId(lane: string, clientId: ClientId): Promise<Environment | undefined>;
  list(): Promise<readonly Environment[]>;
  /** One transaction; of two at once with the same name exactly one is created. */
  create(environment: Environment, by?: Acting): Promise<'created' | 'name-taken'>;
  /** @param ifRevision only while it is this one. Undefined: there is none, or it is at another. */
  update(
    id: EnvironmentId,
    change: Partial<Pick<Environment, 'name' | 'settings'>>,
    by?: Acting,
    ifRevision?: Revision,
  ): Promise<Environment | undefined>;
  /** Removes the environment and everything in it but its activity log, in one transaction. */
  delete(id: EnvironmentId, by?: Acting): Promise<boolean>;
}

/** The same store for one who acts: the log says so of each change. */
export function environmentsBy(store: EnvironmentStore, by: Acting): EnvironmentStore {
  return {
    ...store,
    create: (environment) => store.create(environment, by),
    update: (id, change, _by, ifRevision) => store.update(id, change, by, ifRevision),
    delete: (id) => store.delete(id, by),
  };
}
