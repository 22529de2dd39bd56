import {
  equalDigests,
  type ClientId,
  type ConnectionFilter,
  type ConsentId,
  type GrantId,
  type KeyAuthorization,
  type PresentedRefreshToken,
  type RefreshEvidence,
  type RevocationReason,
  type RevokedBy,
  type StandingConsent,
  type StandingGrant,
  type SuccessorSession,
  type UserId,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { toApplication } from './application-rows.js';
import { endKeysOfUser, hasLiveKey } from './application-keys.js';
import { redirectUrlsOf } from './applications.js';
import { consentsOf } from './consents.js';
import { recordAudit } from './audit.js';
import { authorizeByKey } from './authorize-by-key.js';
import { REVOKED_GRANT_KEPT_MS } from './grant-kept.js';
import { grantSummaries, keyStands, toStandingGrant } from './grant-summaries.js';

type GrantRow = Selectable<Tables['grants']>;

export function grantOperations(scope: Scope) {
  return { reads: reads(scope), writes: writes(scope) };
}

function reads({ db, environmentId }: Scope) {
  function* standingGrants(consentId: ConsentId, userId: UserId): Operation<readonly StandingGrant[]> {
    const rows = yield* all(
      db
        .selectFrom('grants')
        .innerJoin('users', 'users.id', 'grants.user_id')
        .selectAll('grants')
        .where('grants.user_id', '=', userId)
        .where('consent_id', '=', consentId)
        .where('revoked_at', 'is', null)
        .whereRef('users.grant_epoch', '=', 'grants.user_epoch')
        .where(keyStands)
        .orderBy('grants.id'),
    );
    return rows.map(toStandingGrant);
  }
  return {
    *listConsents(userId: UserId): Operation<readonly StandingConsent[]> {
      const rows = yield* all(
        db
          .selectFrom('consents')
          .innerJoin('applications', 'applications.id', 'consents.application_id')
          .selectAll('applications')
          .select(['consents.id as consent_id', 'consented_at'])
          .where('consents.user_id', '=', userId)
          .where('consents.environment_id', '=', environmentId)
          .orderBy('consented_at', 'desc'),
      );
      const consents: StandingConsent[] = [];
      for (const row of rows) {
        const consentId = row.consent_id as ConsentId;
        const grants = yield* standingGrants(consentId, userId);
        consents.push({
          consentId,
          application: toApplication(row, yield* redirectUrlsOf(db, row.id as ClientId)),
          consentedAt: row.consented_at,
          grants,
          hasKey: yield* hasLiveKey({ db, environmentId }, consentId),
        });
      }
      return consents;
    },
    ...grantSummaries({ db, environmentId }),
    *findByRefreshToken({ id, presented }: PresentedRefreshToken): Operation<RefreshEvidence | undefined> {
      const row = yield* first(
        db
          .selectFrom('grants')
          .innerJoin('users', 'users.id', 'grants.user_id')
          .innerJoin('applications', 'applications.id', 'grants.application_id')
          .innerJoin('consents', 'consents.id', 'grants.consent_id')
          .selectAll('grants')
          .select(['users.username', 'users.last_active_at'])
          .where('grants.id', '=', id)
          .where('grants.environment_id', '=', environmentId)
          .where('grants.generation', '=', presented.generation)
          .where('grants.current_digest', '=', presented.digest)
          .where('grants.revoked_at', 'is', null)
          .where('users.disabled_at', 'is', null)
          .whereRef('users.grant_epoch', '=', 'grants.user_epoch')
          .where('applications.enabled', '=', 1),
      );
      return (
        row && {
          clientId: row.application_id as ClientId,
          username: row.username,
          grant: {
            userId: row.user_id as UserId,
            authorizedAt: row.authorized_at,
            expiresAt: row.expires_at,
            userLastActiveAt: row.last_active_at,
          },
        }
      );
    },
  };
}

function writes(scope: Scope) {
  const { db, environmentId } = scope;
  function* revokeGrant(
    id: GrantId,
    reason: RevocationReason,
    { now, clientId }: RevokedBy,
  ): Operation<boolean> {
    const revoke = db
      .updateTable('grants')
      .set({ revoked_at: now, revoked_reason: reason, purge_after: now + REVOKED_GRANT_KEPT_MS })
      .where('id', '=', id)
      .where('environment_id', '=', environmentId)
      .where('revoked_at', 'is', null)
      .returning(['user_id', 'application_id']);
    const row = yield* first(clientId === undefined ? revoke : revoke.where('application_id', '=', clientId));
    if (row === undefined) return false;
    yield* recordAudit(scope, {
      type: 'grant.revoked',
      at: now,
      userId: row.user_id as UserId,
      clientId: row.application_id as ClientId,
      grantId: id,
      detail: reason,
    });
    return true;
  }
  function* revokeConsent(id: ConsentId, userId: UserId, now: number): Operation<boolean> {
    const row = yield* first(
      db
        .deleteFrom('consents')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .where('environment_id', '=', environmentId)
        .returning('application_id'),
    );
    if (row === undefined) return false;
    // Dead already with their consent; this only says why, and when the rows may go.
    yield* change(
      db
        .updateTable('grants')
        .set({
          revoked_at: now,
          revoked_reason: 'consent-revoked',
          purge_after: now + REVOKED_GRANT_KEPT_MS,
        })
        .where('user_id', '=', userId)
        .where('consent_id', '=', id)
        .where('revoked_at', 'is', null),
    );
    const clientId = row.application_id as ClientId;
    yield* endKeysOfUser(scope, userId, { at: now, clientId });
    yield* recordAudit(scope, { type: 'consent.revoked', at: now, userId, clientId });
    return true;
  }
  return {
    revokeGrant,
    *revokeByRefreshToken(
      { id, presented }: PresentedRefreshToken,
      by: Required<RevokedBy>,
    ): Operation<void> {
      const row = yield* first(
        db
          .selectFrom('grants')
          .select(['generation', 'current_digest', 'previous_digest'])
          .where('id', '=', id)
          .where('environment_id', '=', environmentId),
      );
      if (row === undefined || !isGenuine(row, presented)) return;
      yield* revokeGrant(id, 'revoked-by-application', by);
    },
    *disconnect(filter: ConnectionFilter, limit: number, now: number): Operation<number> {
      const found = yield* all(consentsOf(scope, filter).limit(limit));
      for (const { id, user_id: userId } of found) {
        yield* revokeConsent(id as ConsentId, userId as UserId, now);
      }
      return found.length;
    },
    revokeConsent,
    replaceSuccessorSession: (input: SuccessorSession) => replaceSuccessorSession(scope, input),
    authorizeByKey: (input: KeyAuthorization) => authorizeByKey(scope, input),
  };
}

/** Genuine tags were checked before; where the row still has a generation's digest, it must agree too. */
function isGenuine(
  row: Pick<GrantRow, 'generation' | 'current_digest' | 'previous_digest'>,
  presented: PresentedRefreshToken['presented'],
): boolean {
  const same = (digest: Uint8Array | null): boolean =>
    digest !== null && equalDigests(digest, presented.digest);
  if (presented.generation === row.generation) return same(row.current_digest);
  if (presented.generation === row.generation - 1) return same(row.previous_digest);
  return presented.generation < row.generation;
}

function* replaceSuccessorSession(scope: Scope, input: SuccessorSession): Operation<boolean> {
  const { db, environmentId } = scope;
  const replace = db
    .updateTable('grants')
    .set({ successor_session_id: input.session.id })
    .where('id', '=', input.grantId)
    .where('environment_id', '=', environmentId)
    .where('generation', '=', input.generation)
    .where('revoked_at', 'is', null)
    .where('successor_used_at', 'is', null)
    .where((eb) =>
      input.expected === undefined
        ? // The row still names the session that has ended; its own row may be gone by now.
          eb.not(
            eb.exists(
              eb
                .selectFrom('sessions')
                .select('sessions.id')
                .whereRef('sessions.id', '=', 'grants.successor_session_id')
                .where('sessions.ended_at', 'is', null),
            ),
          )
        : eb('successor_session_id', '=', input.expected),
    )
    .returning('user_id');
  const row = yield* first(replace);
  if (row === undefined) return false;
  yield* change(
    db.insertInto('sessions').values({
      id: input.session.id,
      environment_id: environmentId,
      origin: 'application',
      user_id: row.user_id,
      grant_id: input.grantId,
      digest: input.session.digest,
      epoch: null,
      created_at: input.now,
      last_used_at: null,
      ended_at: null,
      user_agent: null,
      idle_expires_at: input.now + input.session.idleTimeoutMs,
    }),
  );
  return true;
}
