import type { Logo } from '../applications/application-store.js';
import type { ClientId, EnvironmentId } from '../ids.js';
import type { PasswordLink } from '../password-links/password-link-store.js';
import type { NewUserRow } from '../users/user-store.js';
import type { Environment, EnvironmentName } from './environment.js';

/** The only port that isn't bound to one environment: it finds them. */
export interface EnvironmentStore {
  findByName(name: EnvironmentName): Promise<Environment | undefined>;
  /** For the host that names no organization: the environment, in that lane, of an application. */
  findByClientId(lane: string, clientId: ClientId): Promise<Environment | undefined>;
  list(): Promise<readonly Environment[]>;
  /** All lanes of one organization. */
  listOfDomain(domain: string): Promise<readonly Environment[]>;
  /** One transaction, with whoever is there from the beginning; of two at once with the same name exactly one is created. */
  create(environment: Environment, founding?: Founding): Promise<'created' | 'name-taken'>;
  update(
    id: EnvironmentId,
    change: Partial<Pick<Environment, 'name' | 'settings'>>,
  ): Promise<Environment | undefined>;
  setLogo(id: EnvironmentId, logo: Logo | undefined): Promise<Environment | undefined>;
  findLogo(id: EnvironmentId): Promise<Logo | undefined>;
  /** Removes the environment and everything in it, in one transaction. */
  delete(id: EnvironmentId): Promise<boolean>;
}

/** What an environment that nobody administers yet begins with. */
export interface Founding {
  readonly administrator: NewUserRow;
  /** By which the administrator chooses a password. */
  readonly link: PasswordLink;
  readonly logo: Logo | undefined;
}
