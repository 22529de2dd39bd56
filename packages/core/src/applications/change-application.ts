import { NotFoundError } from '../errors/refusals.js';
import type { ClientId } from '../ids.js';
import { changeRevised } from '../overview/change-revised.js';
import type { ApplicationRecord, OverviewStore, Revision } from '../overview/overview-store.js';
import type { Application } from './application.js';
import type { ApplicationInput } from './check-application.js';
import { changedApplication, type ApplicationAdministration } from './manage-applications.js';

export interface ApplicationChanging {
  readonly administration: ApplicationAdministration;
  readonly overview: OverviewStore;
  /** What the change was made of; undefined: whatever is there now. */
  readonly ifRevision?: Revision | undefined;
}

/** @throws NotFoundError */
export async function requireApplicationRecord(
  clientId: ClientId,
  { administration, overview }: ApplicationChanging,
): Promise<ApplicationRecord> {
  const { essentials, environmentId } = administration;
  const record = await overview.application(clientId, essentials.clock.now(environmentId));
  if (record === undefined) {
    throw new NotFoundError('clientId', `No application ${clientId} in this environment.`);
  }
  return record;
}

/** What is left out stays as it is. @throws InputError, NotFoundError, StaleRevisionError */
export function changeApplication(
  clientId: ClientId,
  change: Partial<Omit<ApplicationInput, 'kind'>>,
  changing: ApplicationChanging,
): Promise<Application> {
  const { administration, ifRevision } = changing;
  return changeRevised({
    ...{ subject: 'application', ifRevision },
    read: () => requireApplicationRecord(clientId, changing),
    write: async ({ application, revision }) => {
      const next = changedApplication(application, change, administration);
      return (await administration.store.update(next, revision)) ? next : undefined;
    },
  });
}

/** Every grant under it ends at once and for good. @throws NotFoundError, StaleRevisionError */
export async function deleteApplication(clientId: ClientId, changing: ApplicationChanging): Promise<void> {
  const { administration, ifRevision } = changing;
  await changeRevised({
    ...{ subject: 'application', ifRevision },
    read: () => requireApplicationRecord(clientId, changing),
    write: async ({ revision }) =>
      (await administration.store.delete(clientId, revision)) ? true : undefined,
  });
}
