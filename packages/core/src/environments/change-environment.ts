import { ConflictError, NotFoundError } from '../errors/refusals.js';
import type { IdentityProviderStore } from '../identity-providers/identity-provider-store.js';
import { changeRevised } from '../overview/change-revised.js';
import type { OverviewStore, Revised, Revision } from '../overview/overview-store.js';
import type { Environment } from './environment.js';
import type { EnvironmentStore } from './environment-store.js';
import { checkEnvironmentChange, type EnvironmentChange } from './manage-environments.js';

export interface EnvironmentChanging {
  /** Of the environment that is changed. */
  readonly overview: OverviewStore;
  readonly identityProviders: IdentityProviderStore;
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
  { overview, identityProviders, environments, ifRevision }: EnvironmentChanging,
): Promise<Environment> {
  if (change.settings?.singleSignOn === 'required') await requireReadyProvider(identityProviders);
  return changeRevised({
    ...{ subject: 'environment', ifRevision },
    read: () => requireEnvironmentRecord(overview),
    write: ({ thing, revision }) =>
      environments.update(thing.id, checkEnvironmentChange(thing, change), undefined, revision),
  });
}

/** Or nobody could sign in any more. @throws InputError */
export async function requireReadyProvider(store: IdentityProviderStore): Promise<void> {
  if ((await store.list()).some(({ enabled }) => enabled)) return;
  throw new ConflictError(
    'singleSignOn',
    'No identity provider is enabled here, so nobody could sign in. Make and enable one first.',
  );
}

/** The last way in must not be closed while it is the only one. @throws ConflictError */
export function requireWayIn(remaining: number, { settings }: Environment): void {
  if (settings.singleSignOn !== 'required' || remaining > 0) return;
  throw new ConflictError(
    'enabled',
    'Single sign-on is required here, and this is the only provider that is enabled: nobody could sign in.',
  );
}
