import type { ConsentId, KeyAuthorization } from '@fluxo/core';
import { change, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { REVOKED_GRANT_KEPT_MS } from './grant-kept.js';
import { replayOperations } from './replay.js';

/** A grant and its one session, from a JWT that was found good; all or nothing. */
export function* authorizeByKey(
  scope: Scope,
  input: KeyAuthorization,
): Operation<'authorized' | 'replayed' | 'gone'> {
  const { once, now } = input;
  if (once !== undefined) {
    const { writes } = replayOperations(scope);
    if (!(yield* writes.useOnce(once.digest, once.expiresAt, now))) return 'replayed';
  }
  const epoch = yield* readEpoch(scope, input);
  if (epoch === undefined) return 'gone';
  const consentId = yield* takeKey(scope, input);
  if (consentId === undefined) return 'gone';
  yield* insertGrant(scope, input, { consentId, epoch });
  yield* recordAudit(scope, {
    ...{ type: 'grant.authorized', at: now, userId: input.userId, clientId: input.clientId },
    ...{ grantId: input.grantId, detail: `key ${input.keyId}` },
  });
  return 'authorized';
}

/** Read before the key is taken: an epoch that moves meanwhile makes the grant a dead one. */
function* readEpoch(
  { db, environmentId }: Scope,
  { userId }: KeyAuthorization,
): Operation<number | undefined> {
  const user = yield* first(
    db
      .selectFrom('users')
      .select('grant_epoch')
      .where('id', '=', userId)
      .where('environment_id', '=', environmentId)
      .where('disabled_at', 'is', null),
  );
  return user?.grant_epoch;
}

/** Its condition is the rule; its lock on the key's row lets who deletes the key wait, and then find the grant. */
function* takeKey(
  { db, environmentId }: Scope,
  { keyId, clientId, userId, now }: KeyAuthorization,
): Operation<ConsentId | undefined> {
  const row = yield* first(
    db
      .updateTable('application_keys')
      .set({ last_used_at: now })
      .where('id', '=', keyId)
      .where('environment_id', '=', environmentId)
      .where('application_id', '=', clientId)
      .where('registered_by', '=', userId)
      .where('deleted_at', 'is', null)
      .where((build) =>
        build.exists(
          build
            .selectFrom('consents')
            .select('consents.id')
            .whereRef('consents.id', '=', 'application_keys.consent_id')
            .where('consents.environment_id', '=', environmentId),
        ),
      )
      .where((build) =>
        build.exists(
          build
            .selectFrom('applications')
            .select('applications.id')
            .whereRef('applications.id', '=', 'application_keys.application_id')
            .where('applications.environment_id', '=', environmentId)
            .where('applications.enabled', '=', 1),
        ),
      )
      .returning('consent_id'),
  );
  return row?.consent_id as ConsentId | undefined;
}

function* insertGrant(
  { db, environmentId }: Scope,
  { grantId, clientId, userId, keyId, session, expiresAt, now }: KeyAuthorization,
  under: { readonly consentId: ConsentId; readonly epoch: number },
): Operation<void> {
  yield* change(
    db.insertInto('grants').values({
      id: grantId,
      environment_id: environmentId,
      application_id: clientId,
      user_id: userId,
      consent_id: under.consentId,
      user_epoch: under.epoch,
      authorized_at: now,
      // There was no redirect and no code: an empty digest is nobody's.
      redirect_uri: '',
      redirect_uri_sent: 0,
      code_digest: new Uint8Array(),
      code_expires_at: now,
      redeemed_at: now,
      expires_at: expiresAt,
      generation: 0,
      refreshes: 0,
      application_key_id: keyId,
      purge_after: expiresAt + REVOKED_GRANT_KEPT_MS,
    }),
  );
  yield* change(
    db.insertInto('sessions').values({
      id: session.id,
      environment_id: environmentId,
      origin: 'application',
      user_id: userId,
      grant_id: grantId,
      digest: session.digest,
      created_at: now,
      idle_expires_at: now + session.idleTimeoutMs,
    }),
  );
}
