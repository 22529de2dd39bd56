import type { ClientId, GrantId, GrantSummary, StandingGrant, UserId } from '@fluxo/core';
import type { Expression, ExpressionBuilder, Selectable, SqlBool } from 'kysely';
import { all, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';

type GrantRow = Selectable<Tables['grants']>;

const MOST = 1000;

export function toStandingGrant(row: GrantRow): StandingGrant {
  return {
    id: row.id as GrantId,
    redeemedAt: row.redeemed_at,
    authorizedAt: row.authorized_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

/** What a JWT began is dead with the key that signed it. */
export function keyStands(build: ExpressionBuilder<Tables, 'grants'>): Expression<SqlBool> {
  const key = build
    .selectFrom('application_keys')
    .select('application_keys.id')
    .whereRef('application_keys.id', '=', 'grants.application_key_id')
    .where('application_keys.deleted_at', 'is', null);
  return build.or([build('grants.application_key_id', 'is', null), build.exists(key)]);
}

/** Grants as an administrator sees them: those that ended are shown too, with the reason. */
export function grantSummaries(scope: Pick<Scope, 'db' | 'environmentId'>) {
  return {
    *list(filter: {
      readonly userId?: UserId;
      readonly clientId?: ClientId;
    }): Operation<readonly GrantSummary[]> {
      let query = summaries(scope);
      if (filter.userId !== undefined) query = query.where('grants.user_id', '=', filter.userId);
      if (filter.clientId !== undefined) query = query.where('grants.application_id', '=', filter.clientId);
      return (yield* all(query.orderBy('grants.id', 'desc').limit(MOST))).map(toSummary);
    },
    *find(id: GrantId): Operation<GrantSummary | undefined> {
      const row = yield* first(summaries(scope).where('grants.id', '=', id));
      return row && toSummary(row);
    },
  };
}

/** Each grant beside the rows that it stands on: what is missing there took the grant's ground away. */
function summaries({ db, environmentId }: Pick<Scope, 'db' | 'environmentId'>) {
  return db
    .selectFrom('grants')
    .leftJoin('users', (join) =>
      join
        .onRef('users.id', '=', 'grants.user_id')
        .onRef('users.grant_epoch', '=', 'grants.user_epoch')
        .on('users.disabled_at', 'is', null),
    )
    .leftJoin('applications', (join) =>
      join.onRef('applications.id', '=', 'grants.application_id').on('applications.enabled', '=', 1),
    )
    .leftJoin('consents', 'consents.id', 'grants.consent_id')
    .leftJoin('application_keys', (join) =>
      join
        .onRef('application_keys.id', '=', 'grants.application_key_id')
        .on('application_keys.deleted_at', 'is', null),
    )
    .selectAll('grants')
    .select(['users.id as standing_user', 'applications.id as standing_application'])
    .select(['consents.id as standing_consent', 'application_keys.id as standing_key'])
    .where('grants.environment_id', '=', environmentId);
}

interface SummaryRow extends GrantRow {
  readonly standing_user: string | null;
  readonly standing_application: string | null;
  readonly standing_consent: string | null;
  readonly standing_key: string | null;
}

function toSummary(row: SummaryRow): GrantSummary {
  const grounds = [row.standing_user, row.standing_application, row.standing_consent];
  if (row.application_key_id !== null) grounds.push(row.standing_key);
  return {
    ...toStandingGrant(row),
    clientId: row.application_id as ClientId,
    userId: row.user_id as UserId,
    revokedAt: row.revoked_at,
    revokedReason: row.revoked_reason,
    stands: row.revoked_at === null && !grounds.includes(null),
  };
}
