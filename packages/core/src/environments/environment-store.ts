import type { ClientId, EnvironmentId } from '../ids.js';
import type { Revision } from '../overview/overview-store.js';
import type { Environment, EnvironmentName } from './environment.js';

/** The only port that isn't bound to one environment: it finds them. */
export interface EnvironmentStore {
  findByName(name: EnvironmentName): Promise<Environment | undefined>;
  /** For the host that names no organization: the environment, in that lane, of an application. */
  findByClientId(lane: string, clientId: ClientId): Promise<Environment | undefined>;
  list(): Promise<readonly Environment[]>;
  /** One transaction; of two at once with the same name exactly one is created. */
  create(environment: Environment): Promise<'created' | 'name-taken'>;
  /** @param ifRevision only while it is this one. Undefined: there is none, or it is at another. */
  update(
    id: EnvironmentId,
    change: Partial<Pick<Environment, 'name' | 'settings'>>,
    ifRevision?: Revision,
  ): Promise<Environment | undefined>;
  /** Removes the environment and everything in it, in one transaction. */
  delete(id: EnvironmentId): Promise<boolean>;
}
