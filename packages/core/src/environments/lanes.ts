import { InputError } from '../errors/oauth-error.js';
import { NotFoundError } from '../errors/refusals.js';
import type { Essentials } from '../essentials.js';
import type { EnvironmentStorage, Storage } from '../storage.js';
import { usernameKey, type User } from '../users/user.js';
import { checkLane, PRODUCTION_LANE, type Environment } from './environment.js';
import type { EnvironmentStore } from './environment-store.js';
import { createEnvironmentWithAdministrator, type FoundedEnvironment } from './found-environment.js';

/** One environment among those of its organization. */
export interface Lane {
  readonly environment: Environment;
  /** The one that was asked from. */
  readonly current: boolean;
  readonly applications: number;
}

/** All lanes of one organization; production first. */
export async function listLanes(
  here: Environment,
  storage: Pick<Storage, 'environments' | 'forEnvironment'>,
): Promise<readonly Lane[]> {
  const environments = await storage.environments.listOfDomain(here.domain);
  const lanes = environments.map(async (environment) => ({
    environment,
    current: environment.id === here.id,
    applications: await storage.forEnvironment(environment.id).applications.count(),
  }));
  const isTest = ({ environment }: Lane): number => Number(environment.lane !== PRODUCTION_LANE);
  return (await Promise.all(lanes)).sort((a, b) => isTest(a) - isTest(b));
}

/** Another lane of the same organization. @throws InputError when it is none, or the one where one is already */
export async function requireLane(
  text: string,
  here: Environment,
  store: EnvironmentStore,
): Promise<Environment> {
  const lane = checkLane(text);
  if (lane === here.lane)
    throw new InputError('lane', `${lane} is the lane where you are: name another one.`);
  const environment = await store.findByName({ domain: here.domain, lane });
  if (environment !== undefined) return environment;
  throw new NotFoundError('lane', `${here.domain} has no lane ${lane} yet.`);
}

/**
 * A new lane with the settings and the look of this one, empty but for its administrator, who is invited. Identity
 * providers have secrets and addresses of this lane alone: they aren't copied, so nobody is sent to one there.
 * Production isn't made from a test lane: what is done there counts for others than those who try things.
 * @throws InputError for a name that is none, or taken, or production's
 */
export async function createLane(
  text: string,
  { here, administrator }: { readonly here: Environment; readonly administrator: User },
  { environments, essentials }: LaneContext,
): Promise<FoundedEnvironment> {
  const lane = checkLane(text);
  if (lane === PRODUCTION_LANE && here.lane !== PRODUCTION_LANE) {
    throw new InputError(
      'lane',
      `Production isn't made from a test lane. An operator makes it: fluxo environment create ${here.domain}.${lane}`,
    );
  }
  const logo = here.logoVersion === null ? undefined : await environments.findLogo(here.id);
  const { domain, name } = here;
  const { username, name: personName, email } = administrator;
  return createEnvironmentWithAdministrator(
    {
      ...{ domain, lane, name },
      settings: { ...here.settings, singleSignOn: 'off', administratorsExempt: false },
      administrator: { username, name: personName, email },
      ...(logo === undefined ? {} : { logo }),
    },
    environments,
    essentials,
  );
}

export interface LaneContext {
  readonly environments: EnvironmentStore;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
}

export type LaneAdmission =
  | { readonly kind: 'admitted'; readonly administrator: User }
  /** Nobody of that username is an enabled administrator there. */
  | { readonly kind: 'not-administrator' }
  /** From a test lane nobody reaches production. */
  | { readonly kind: 'production' };

/**
 * Whether an administrator of one lane may look at another one and change what is there: as an enabled administrator
 * of the same username. A username proves nothing across lanes: whoever administers a test lane can make a user of any
 * name there, and sign in as that. So production, which others depend on, can't be reached from a test lane: it is
 * changed by who signed in to it, or by an operator.
 */
export async function admitToLane(
  caller: Pick<User, 'username'>,
  { here, there, users }: LanePassage,
): Promise<LaneAdmission> {
  if (here.domain !== there.domain) return { kind: 'not-administrator' };
  if (there.lane === PRODUCTION_LANE && here.lane !== PRODUCTION_LANE) return { kind: 'production' };
  const user = (await users.findByUsername(usernameKey(caller.username)))?.user;
  return user?.administrator === true && user.disabledAt === null
    ? { kind: 'admitted', administrator: user }
    : { kind: 'not-administrator' };
}

export interface LanePassage {
  readonly here: Environment;
  readonly there: Environment;
  /** Of the lane that is to be reached. */
  readonly users: EnvironmentStorage['users'];
}
