import { ConflictError, NotFoundError } from '../errors/refusals.js';
import type { IdentityProviderId } from '../ids.js';
import { changeRevised } from '../overview/change-revised.js';
import type { OverviewStore, Revised, Revision } from '../overview/overview-store.js';
import type { IdentityProvider } from './identity-provider.js';
import type { ProviderDeletionOutcome, ProviderUpdateOutcome } from './identity-provider-store.js';
import {
  changedProvider,
  sealProviderSecret,
  type IdentityProviderAdministration,
  type IdentityProviderChange,
} from './manage-identity-providers.js';

export interface ProviderChanging {
  readonly administration: IdentityProviderAdministration;
  readonly overview: OverviewStore;
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
  { administration, overview, ifRevision }: ProviderChanging,
): Promise<IdentityProvider> {
  const { store } = administration;
  const secret = change.secret === null ? null : sealProviderSecret(id, change.secret, administration);
  return changeRevised({
    ...{ subject: 'identityProvider', ifRevision },
    read: () => requireProviderRecord(id, overview),
    write: async ({ thing, revision }) => {
      const next = changedProvider(thing, change, administration);
      return isDone(await store.update(next, secret, revision)) ? next : undefined;
    },
  });
}

/** @throws NotFoundError, ConflictError, StaleRevisionError */
export async function deleteIdentityProvider(
  id: IdentityProviderId,
  { administration, overview, ifRevision }: ProviderChanging,
): Promise<void> {
  const { store, essentials, environmentId } = administration;
  await changeRevised({
    ...{ subject: 'identityProvider', ifRevision },
    read: () => requireProviderRecord(id, overview),
    write: async ({ revision }) => {
      const now = essentials.clock.now(environmentId);
      return isDone(await store.delete(id, now, revision)) ? true : undefined;
    },
  });
}

/** The last way in must not be closed while it is the only one. @throws ConflictError */
function isDone(outcome: ProviderUpdateOutcome | ProviderDeletionOutcome): boolean {
  if (outcome !== 'last-way-in') return outcome !== 'stale';
  throw new ConflictError(
    'enabled',
    'Single sign-on is required here, and this is the only provider that is enabled: nobody could sign in.',
  );
}
