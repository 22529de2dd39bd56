import type { Application, ClientId } from '@fluxo/core';
import { first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';

/**
 * Waits for whoever adds to the application at the same time, takes from it or deletes it, and then sees what they
 * left: its row is locked by being written, on either database.
 * @returns its kind; undefined: there is none
 */
export function* lockApplication(
  { db, environmentId }: Pick<Scope, 'db' | 'environmentId'>,
  clientId: ClientId,
): Operation<Application['kind'] | undefined> {
  const row = yield* first(
    db
      .updateTable('applications')
      .set({ id: clientId })
      .where('id', '=', clientId)
      .where('environment_id', '=', environmentId)
      .returning('kind'),
  );
  return row?.kind;
}
