import type { Logo } from '../applications/application-store.js';
import type { Acting } from '../audit/audit-event.js';
import type { ClientId, EnvironmentId } from '../ids.js';
import type { Revision } from '../overview/overview-store.js';
import type { PasswordLink } from '../password-links/password-link-store.js';
import type { NewUserRow } from '../users/user-store.js';
import type { Environment, EnvironmentName } from './environment.js';

/** The only port that isn't bound to one environment: it finds them. Each change is told who makes it, for the log. */
export interface EnvironmentStore {
  findByName(name: EnvironmentName): Promise<Environment | undefined>;
  /** For the host that names no organization: the environment, in that lane, of an application. */
  findByClientId(lane: string, clientId: ClientId): Promise<Environment | undefined>;
  list(): Promise<readonly Environment[]>;
  /** All lanes of one organization. */
  listOfDomain(domain: string): Promise<readonly Environment[]>;
  /** One transaction, with whoever is there from the beginning; of two at once with the same name exactly one is created. */
  create(environment: Environment, founding?: Founding, by?: Acting): Promise<'created' | 'name-taken'>;
  /**
   * Single sign-on becomes required only while an identity provider is enabled: who disables the last one at the same
   * time is waited for.
   * @param ifRevision only while it is this one. Undefined: there is none, or it is at another
   */
  update(
    id: EnvironmentId,
    change: Partial<Pick<Environment, 'name' | 'settings'>>,
    by?: Acting,
    ifRevision?: Revision,
  ): Promise<Environment | 'no-way-in' | undefined>;
  setLogo(id: EnvironmentId, logo: Logo | undefined, by?: Acting): Promise<Environment | undefined>;
  findLogo(id: EnvironmentId): Promise<Logo | undefined>;
  /** Removes the environment and everything in it but its activity log, in one transaction. */
  delete(id: EnvironmentId, by?: Acting): Promise<boolean>;
}

/** One that hears of changes, for whoever keeps what was found. */
export interface WatchedEnvironmentStore extends EnvironmentStore {
  /**
   * Another number whenever something of any environment may have changed since: what was found at one number is so
   * while it is the same. Undefined where nobody can tell without reading.
   */
  heard(): number | undefined;
}

/** The same store for one who acts: the log says so of each change. */
export function environmentsBy(store: EnvironmentStore, by: Acting): EnvironmentStore {
  return {
    ...store,
    create: (environment, founding) => store.create(environment, founding, by),
    update: (id, change, ...[, ifRevision]) => store.update(id, change, by, ifRevision),
    setLogo: (id, logo) => store.setLogo(id, logo, by),
    delete: (id) => store.delete(id, by),
  };
}

/** What an environment that nobody administers yet begins with. */
export interface Founding {
  readonly administrator: NewUserRow;
  /** By which the administrator chooses a password. */
  readonly link: PasswordLink;
  readonly logo: Logo | undefined;
}
