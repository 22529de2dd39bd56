import type { IdentityProviderId, UserId } from '@fluxo/core';
import { change, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { NO_PROOF } from './flow-rows.js';
import { REVOKED_GRANT_KEPT_MS } from './grant-kept.js';

/**
 * In the transaction that disables a provider. A sign-in through it locks its row too, so that it comes either before
 * and is ended here, or after and finds the provider disabled.
 */
export function* endWhatProviderOpened(
  scope: Scope,
  providerId: IdentityProviderId,
  at: number,
): Operation<void> {
  const { db, environmentId } = scope;
  yield* change(
    db
      .updateTable('flows')
      .set({ user_id: null, provider_state_digest: null, ...NO_PROOF })
      .where('provider_id', '=', providerId)
      .where('environment_id', '=', environmentId),
  );
  yield* endProviderSessions(scope, { providerId }, at);
  yield* change(
    db
      .updateTable('grants')
      .set({
        revoked_at: at,
        revoked_reason: 'identity-provider-disabled',
        purge_after: at + REVOKED_GRANT_KEPT_MS,
      })
      .where('environment_id', '=', environmentId)
      .where('redeemed_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('user_id', 'in', (users) =>
        users
          .selectFrom('federated_identities')
          .select('user_id')
          .where('provider_id', '=', providerId)
          .where('environment_id', '=', environmentId),
      ),
  );
}

/** Ends the browser sessions that a provider opened, of everybody or of one user. */
export function* endProviderSessions(
  { db, environmentId }: Scope,
  { providerId, userId }: { readonly providerId: IdentityProviderId; readonly userId?: UserId },
  at: number,
): Operation<void> {
  const sessions = db
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('provider_id', '=', providerId)
    .where('environment_id', '=', environmentId)
    .where('ended_at', 'is', null);
  yield* change(userId === undefined ? sessions : sessions.where('user_id', '=', userId));
}
