import type { ConnectionFilter } from '@fluxo/core';
import type { Scope } from '../scope.js';

/** Whatever is left out of the filter doesn't matter. */
export function consentsOf({ db, environmentId }: Scope, { clientId, userId, consentId }: ConnectionFilter) {
  let query = db
    .selectFrom('consents')
    .select(['id', 'user_id'])
    .where('environment_id', '=', environmentId)
    .orderBy('id');
  if (clientId !== undefined) query = query.where('application_id', '=', clientId);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  if (consentId !== undefined) query = query.where('id', '=', consentId);
  return query;
}
