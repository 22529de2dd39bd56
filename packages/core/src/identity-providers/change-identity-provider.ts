import { requireWayIn } from '../environments/change-environment.js';
import type { Environment } from '../environments/environment.js';
import { NotFoundError } from '../errors/refusals.js';
import type { IdentityProviderId } from '../ids.js';
import { changeRevised } from '../overview/change-revised.js';
import type { OverviewStore, Revised, Revision } from '../overview/overview-store.js';
import type { IdentityProvider } from './identity-provider.js';
import {
  changedProvider,
  sealProviderSecret,
  type IdentityProviderAdministration,
  type IdentityProviderChange,
} from './manage-identity-providers.js';

export interface ProviderChanging {
  readonly administration: IdentityProviderAdministration;
  readonly overview: OverviewStore;
  readonly environment: Environment;
  readonly ifRevision?: Revision | undefined;
}

/** @throws NotFoundError */
export async function requireProviderRecord(
  id: IdentityProviderId,
  overview: OverviewStore,
): Promise<Revised<IdentityProvider>> {
  const record = await overview.identityProvider(id);
  if (record !== undefined) return record;
  throw new NotFoundError('identityProvider', `No identity provider ${id} in this environment.`);
}

/** What is left out stays as it is. @throws InputError, NotFoundError, ConflictError, StaleRevisionError */
export function changeIdentityProvider(
  id: IdentityProviderId,
  change: IdentityProviderChange,
  { administration, overview, environment, ifRevision }: ProviderChanging,
): Promise<IdentityProvider> {
  const { store } = administration;
  const secret = change.secret === null ? null : sealProviderSecret(id, change.secret, administration);
  return changeRevised({
    ...{ subject: 'identityProvider', ifRevision },
    read: () => requireProviderRecord(id, overview),
    write: async ({ thing, revision }) => {
      const next = changedProvider(thing, change, administration);
      if (thing.enabled && !next.enabled) await requireOtherWayIn(id, administration, environment);
      return (await store.update(next, secret, revision)) ? next : undefined;
    },
  });
}

/** @throws NotFoundError, ConflictError, StaleRevisionError */
export async function deleteIdentityProvider(
  id: IdentityProviderId,
  { administration, overview, environment, ifRevision }: ProviderChanging,
): Promise<void> {
  const { store, essentials, environmentId } = administration;
  await changeRevised({
    ...{ subject: 'identityProvider', ifRevision },
    read: () => requireProviderRecord(id, overview),
    write: async ({ thing, revision }) => {
      if (thing.enabled) await requireOtherWayIn(id, administration, environment);
      const now = essentials.clock.now(environmentId);
      return (await store.delete(id, now, revision)) ? true : undefined;
    },
  });
}

async function requireOtherWayIn(
  id: IdentityProviderId,
  { store }: IdentityProviderAdministration,
  environment: Environment,
): Promise<void> {
  const others = (await store.list()).filter((other) => other.enabled && other.id !== id);
  requireWayIn(others.length, environment);
}
