import { ConflictError, NotFoundError } from '../errors/refusals.js';
import { changeRevised } from '../overview/change-revised.js';
import type { OverviewStore, Revised, Revision } from '../overview/overview-store.js';
import type { Environment } from './environment.js';
import type { EnvironmentStore } from './environment-store.js';
import { checkEnvironmentChange, type EnvironmentChange } from './manage-environments.js';

export interface EnvironmentChanging {
  /** Of the environment that is changed. */
  readonly overview: OverviewStore;
  readonly environments: EnvironmentStore;
  readonly ifRevision?: Revision | undefined;
}

/** @throws NotFoundError when it was deleted meanwhile */
export async function requireEnvironmentRecord(overview: OverviewStore): Promise<Revised<Environment>> {
  const record = await overview.environment();
  if (record === undefined) throw new NotFoundError('environment', 'The environment was deleted meanwhile.');
  return record;
}

/** What is left out stays as it is. @throws InputError, NotFoundError, ConflictError, StaleRevisionError */
export async function changeEnvironment(
  change: EnvironmentChange,
  { overview, environments, ifRevision }: EnvironmentChanging,
): Promise<Environment> {
  return changeRevised({
    ...{ subject: 'environment', ifRevision },
    read: () => requireEnvironmentRecord(overview),
    write: async ({ thing, revision }) => {
      const next = checkEnvironmentChange(thing, change);
      const written = await environments.update(thing.id, next, undefined, revision);
      if (written === 'no-way-in') throw noWayIn();
      return written;
    },
  });
}

function noWayIn(): ConflictError {
  return new ConflictError(
    'singleSignOn',
    'No identity provider is enabled here, so nobody could sign in. Make and enable one first.',
  );
}
