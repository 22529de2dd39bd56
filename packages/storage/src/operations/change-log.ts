import type { ClientId, EnvironmentId } from '@fluxo/core';
import { change, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';

type Subject =
  | readonly [kind: 'environment', subjectId: EnvironmentId]
  | readonly [kind: 'application', subjectId: ClientId];

/**
 * Part of every transaction that changes what servers remember of an environment: by it the others hear of it. What
 * is noted of uses changes nothing that anybody decides by, and is not told.
 */
export function* noteChange(
  { db, environmentId, essentials }: Scope,
  ...[kind, subjectId]: Subject
): Operation<void> {
  yield* change(
    db
      .insertInto('change_log')
      .values({ environment_id: environmentId, kind, subject_id: subjectId, at: essentials.clock.real() }),
  );
}
