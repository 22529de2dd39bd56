import type { Selectable } from 'kysely';
import { first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';

/**
 * Who changes what a rule of the whole environment counts waits here for whoever does so at the same time, and looks
 * afterwards at what they left: the row is locked by being written, on either database. Undefined: there is none.
 */
export function lockEnvironment({
  db,
  environmentId,
}: Scope): Operation<Selectable<Tables['environments']> | undefined> {
  return first(
    db.updateTable('environments').set({ id: environmentId }).where('id', '=', environmentId).returningAll(),
  );
}
