import { ConflictError, NotFoundError } from '../errors/refusals.js';
import type { UserId } from '../ids.js';
import { changeRevised } from '../overview/change-revised.js';
import type { OverviewStore, Revision, UserRecord } from '../overview/overview-store.js';
import { toUserChange, type UserAdministration, type UserUpdate } from './manage-users.js';
import type { User } from './user.js';

export interface UserChanging {
  readonly administration: UserAdministration;
  readonly overview: OverviewStore;
  /** The administrator who changes: nobody takes themselves out by a slip. Undefined: an operator, who is no user. */
  readonly callerId?: UserId;
  readonly ifRevision?: Revision | undefined;
}

/** @throws NotFoundError */
export async function requireUserRecord(
  id: UserId,
  {
    administration,
    overview,
  }: Pick<UserChanging, 'overview'> & {
    readonly administration: Pick<UserAdministration, 'essentials' | 'environmentId'>;
  },
): Promise<UserRecord> {
  const { essentials, environmentId } = administration;
  const record = await overview.user(id, essentials.clock.now(environmentId));
  if (record === undefined) throw new NotFoundError('user', `No user ${id} in this environment.`);
  return record;
}

/**
 * What is left out stays as it is. An administrator stays one who may sign in, and at least one is left.
 * @throws InputError, NotFoundError, ConflictError, StaleRevisionError
 */
export async function changeUser(id: UserId, update: UserUpdate, changing: UserChanging): Promise<User> {
  const { administration, callerId, ifRevision } = changing;
  if (id === callerId) refuseOwnEnd(update);
  const change = await toUserChange(update, administration);
  const takesOut = update.administrator === false || update.enabled === false;
  return changeRevised({
    ...{ subject: 'user', ifRevision },
    read: () => requireUserRecord(id, changing),
    write: (read) =>
      unlessLast(read, changing, (keepsAdministrator, now) =>
        administration.store.update(id, change, now, {
          ...{ revision: read.revision, keepsAdministrator: takesOut && keepsAdministrator },
        }),
      ),
  });
}

/** Ends everything of the user at once. @throws NotFoundError, ConflictError, StaleRevisionError */
export async function deleteUser(id: UserId, changing: UserChanging): Promise<void> {
  const { administration, callerId, ifRevision } = changing;
  if (id === callerId) {
    throw new ConflictError('user', 'You can’t delete yourself: another administrator can.');
  }
  await changeRevised({
    ...{ subject: 'user', ifRevision },
    read: () => requireUserRecord(id, changing),
    write: (read) =>
      unlessLast(read, changing, async (keepsAdministrator, now) => {
        const conditions = { revision: read.revision, keepsAdministrator };
        return (await administration.store.delete(id, now, conditions)) ? true : undefined;
      }),
  });
}

function refuseOwnEnd({ administrator, enabled }: UserUpdate): void {
  if (administrator === false) {
    throw new ConflictError(
      'administrator',
      'You can’t take your own administration away: another administrator can.',
    );
  }
  if (enabled === false) {
    throw new ConflictError('enabled', 'You can’t disable yourself: another administrator can.');
  }
}

/** What two administrators do to each other at the same time is seen here: the second would be the last one. */
async function unlessLast<Result>(
  { user, revision }: UserRecord,
  changing: UserChanging,
  write: (keepsAdministrator: boolean, now: number) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const { essentials, environmentId } = changing.administration;
  const keepsAdministrator = user.administrator && user.disabledAt === null;
  const result = await write(keepsAdministrator, essentials.clock.now(environmentId));
  if (result !== undefined || !keepsAdministrator) return result;
  if ((await requireUserRecord(user.id, changing)).revision !== revision) return undefined;
  throw new ConflictError(
    'administrator',
    `"${user.username}" is the last administrator who may sign in: make somebody else one first.`,
  );
}
