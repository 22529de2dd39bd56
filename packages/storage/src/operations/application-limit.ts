import { first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { lockEnvironment } from './lock-environment.js';

/** Waits for whoever registers an application in this environment at the same time, and counts what they left. */
export function* hasRoom(scope: Scope): Operation<boolean> {
  const environment = yield* lockEnvironment(scope);
  const counted = yield* first(
    scope.db
      .selectFrom('applications')
      .select((build) => build.fn.countAll().as('count'))
      .where('environment_id', '=', scope.environmentId),
  );
  return Number(counted?.count) < (environment?.max_applications ?? 0);
}
