import type {
  NewUserRow,
  User,
  UserChange,
  UserConditions,
  UserId,
  UserStore,
  UserWithPassword,
} from '@fluxo/core';
import type { RawBuilder, Selectable } from 'kysely';
import { sql } from '../kysely.js';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { endKeysOfUser } from './application-keys.js';
import { recordAudit } from './audit.js';
import { leaveToPurge } from './end-connections.js';
import { lockEnvironment } from './lock-environment.js';
import { dropPasswordLink } from './password-links.js';
import { atRevision, NEXT_REVISION } from './revision.js';
import { dropSecondFactor } from './second-factors.js';

export function toUser(row: Selectable<Tables['users']>): User {
  return {
    id: row.id as UserId,
    username: row.username,
    name: row.name,
    email: row.email,
    administrator: row.administrator === 1,
    onlySingleSignOn: row.only_single_sign_on === 1,
    disabledAt: row.disabled_at,
    createdAt: row.created_at,
    lastActiveAt: row.last_active_at,
  };
}

const withPassword = (row: Selectable<Tables['users']>): UserWithPassword => ({
  user: toUser(row),
  passwordHash: row.password_hash === '' ? undefined : row.password_hash,
});

export function userOperations(scope: Scope) {
  const { db, environmentId } = scope;
  const users = () => db.selectFrom('users').selectAll().where('environment_id', '=', environmentId);
  return {
    reads: {
      *find(id: UserId): Operation<User | undefined> {
        const row = yield* first(users().where('id', '=', id));
        return row && toUser(row);
      },
      *findByUsername(usernameKey: string): Operation<UserWithPassword | undefined> {
        const row = yield* first(users().where('username_key', '=', usernameKey));
        return row && withPassword(row);
      },
      *findWithPassword(id: UserId): Operation<UserWithPassword | undefined> {
        const row = yield* first(users().where('id', '=', id));
        return row && withPassword(row);
      },
      *list(): Operation<readonly User[]> {
        return (yield* all(users().orderBy('username_key'))).map(toUser);
      },
    },
    writes: {
      *create(user: NewUserRow): Operation<'created' | 'username-taken'> {
        if ((yield* insertUser(scope, user)) === 0) return 'username-taken';
        yield* recordAudit(scope, { type: 'user.created', userId: user.id });
        return 'created';
      },
      update: (...[id, update, at, conditions]: Parameters<UserStore['update']>) =>
        updateUser(scope, id, { update, at, conditions }),
      delete: (id: UserId, at: number, conditions?: UserConditions) =>
        deleteUser(scope, id, { at, conditions }),
    },
  };
}

/** @returns 0 when the username is taken */
export function insertUser({ db, environmentId }: Scope, user: NewUserRow): Operation<number> {
  return change(
    db
      .insertInto('users')
      .values({
        id: user.id,
        environment_id: environmentId,
        username: user.username,
        username_key: user.usernameKey,
        name: user.name,
        administrator: user.administrator ? 1 : 0,
        only_single_sign_on: user.onlySingleSignOn ? 1 : 0,
        password_hash: user.passwordHash ?? '',
        email: user.email,
        disabled_at: user.disabledAt,
        created_at: user.createdAt,
        last_active_at: user.lastActiveAt,
        session_epoch: 0,
        grant_epoch: 0,
      })
      .onConflict((conflict) => conflict.columns(['environment_id', 'username_key']).doNothing()),
  );
}

interface Conditional {
  readonly at: number;
  readonly conditions?: UserConditions | undefined;
}

/**
 * Whether somebody beside this user is an administrator who may sign in. Two administrators who take each other out wait
 * for each other at the environment's row before: the second sees what the first did.
 */
function leavesAdministrator(
  { environmentId }: Scope,
  id: UserId,
  { keepsAdministrator }: UserConditions,
): RawBuilder<boolean> {
  if (keepsAdministrator !== true) return sql<boolean>`1 = 1`;
  return sql<boolean>`EXISTS (SELECT 1 FROM users AS others WHERE others.environment_id = ${environmentId}
    AND others.id <> ${id} AND others.administrator = 1 AND others.disabled_at IS NULL)`;
}

function* updateUser(
  scope: Scope,
  id: UserId,
  { update, at, conditions = {} }: Conditional & { readonly update: UserChange },
): Operation<User | undefined> {
  const { db, environmentId } = scope;
  if (conditions.keepsAdministrator === true) yield* lockEnvironment(scope);
  const disables = update.enabled === false;
  // Whoever may sign in at a provider only must not go on in a session that a password opened.
  const endsSessions = disables || update.passwordHash !== undefined || update.onlySingleSignOn === true;
  const row = yield* first(
    db
      .updateTable('users')
      .set({
        revision: NEXT_REVISION,
        ...(update.name === undefined ? {} : { name: update.name }),
        ...(update.administrator === undefined ? {} : { administrator: update.administrator ? 1 : 0 }),
        ...(update.onlySingleSignOn === undefined
          ? {}
          : { only_single_sign_on: update.onlySingleSignOn ? 1 : 0 }),
        ...(update.email === undefined ? {} : { email: update.email }),
        ...(update.passwordHash === undefined ? {} : { password_hash: update.passwordHash }),
        ...(update.enabled === undefined ? {} : { disabled_at: disables ? at : null }),
        // An epoch is a state, not a sweep: everything older is dead wherever it is looked at.
        ...(endsSessions ? { session_epoch: sql<number>`session_epoch + 1` } : {}),
        ...(disables ? { grant_epoch: sql<number>`grant_epoch + 1` } : {}),
      })
      .where('id', '=', id)
      .where('environment_id', '=', environmentId)
      .where(atRevision(conditions.revision))
      .where(leavesAdministrator(scope, id, conditions))
      .returningAll(),
  );
  if (row === undefined) return undefined;
  if (disables) yield* leaveToPurge(scope, id, at);
  if (endsSessions || update.email !== undefined) yield* dropPasswordLink(scope, id);
  yield* recordAudit(scope, { type: 'user.updated', userId: id, at, detail: Object.keys(update).join(', ') });
  return toUser(row);
}

function* deleteUser(scope: Scope, id: UserId, { at, conditions = {} }: Conditional): Operation<boolean> {
  const { db, environmentId } = scope;
  if (conditions.keepsAdministrator === true) yield* lockEnvironment(scope);
  const deleted = yield* change(
    db
      .deleteFrom('users')
      .where('id', '=', id)
      .where('environment_id', '=', environmentId)
      .where(atRevision(conditions.revision))
      .where(leavesAdministrator(scope, id, conditions)),
  );
  if (deleted === 0) return false;
  yield* change(db.deleteFrom('federated_identities').where('user_id', '=', id));
  yield* change(db.deleteFrom('consents').where('user_id', '=', id));
  yield* endKeysOfUser(scope, id, { at });
  yield* dropSecondFactor(scope, id);
  yield* dropPasswordLink(scope, id);
  yield* change(db.deleteFrom('grants').where('user_id', '=', id));
  yield* recordAudit(scope, { type: 'user.deleted', userId: id, at });
  return true;
}
