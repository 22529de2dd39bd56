import { first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';

/**
 * Waits for whoever registers an application in this environment at the same time, and counts what they left: the
 * row of the environment is locked by being written, on either database.
 */
export function* hasRoom({ db, environmentId }: Scope): Operation<boolean> {
  const environment = yield* first(
    db
      .updateTable('environments')
      .set({ id: environmentId })
      .where('id', '=', environmentId)
      .returning('max_applications'),
  );
  const counted = yield* first(
    db
      .selectFrom('applications')
      .select((build) => build.fn.countAll().as('count'))
      .where('environment_id', '=', environmentId),
  );
  return Number(counted?.count) < (environment?.max_applications ?? 0);
}
