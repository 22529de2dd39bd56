import type { GrantId } from '@fluxo/core';
import { first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';

/**
 * Waits for whoever works on the grant, so that each statement after it sees what they committed. A single
 * UPDATE would wait too, but look at other tables as they were before.
 */
export function* locked<T>(
  { db, environmentId }: Scope,
  grantId: GrantId,
  operation: Operation<T>,
): Operation<T> {
  yield* first(
    db
      .selectFrom('grants')
      .select('id')
      .where('environment_id', '=', environmentId)
      .where('id', '=', grantId)
      .forUpdate(),
  );
  return yield* operation;
}
