import type { UserId } from '@fluxo/core';
import { sql } from '../kysely.js';
import { change, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { endKeysOfUser } from './application-keys.js';
import { REVOKED_GRANT_KEPT_MS } from './grant-kept.js';

/** Every grant of the user is dead by its epoch, at once and for good, and what was remembered is forgotten. */
export function* endConnections(scope: Scope, userId: UserId, at: number): Operation<void> {
  const { db, environmentId } = scope;
  yield* change(
    db
      .updateTable('users')
      .set({ grant_epoch: sql<number>`grant_epoch + 1` })
      .where('id', '=', userId)
      .where('environment_id', '=', environmentId),
  );
  yield* change(
    db.deleteFrom('consents').where('user_id', '=', userId).where('environment_id', '=', environmentId),
  );
  yield* endKeysOfUser(scope, userId, { at });
  yield* leaveToPurge(scope, userId, at);
}

/** Dead by their epoch, for good: their rows stay no longer than those of revoked grants. */
export function* leaveToPurge({ db, environmentId }: Scope, userId: UserId, at: number): Operation<void> {
  yield* change(
    db
      .updateTable('grants')
      .set({ purge_after: at + REVOKED_GRANT_KEPT_MS })
      .where('environment_id', '=', environmentId)
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null),
  );
}
