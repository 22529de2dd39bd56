import { sql, type RawBuilder } from 'kysely';
import type { Scope } from '../scope.js';

const DAY_MS = 86_400_000;

/**
 * Grants that can be used at this moment or at the next call, beside the rows that they stand on: core's
 * `grantExpiresAt`, as a condition, so that they can be counted where they are. An application that is switched off
 * keeps its connections: they work again when it is switched on.
 */
export function livingGrants({ db, environmentId }: Pick<Scope, 'db' | 'environmentId'>, now: number) {
  return db
    .selectFrom('grants')
    .innerJoin('applications', 'applications.id', 'grants.application_id')
    .innerJoin('consents', 'consents.id', 'grants.consent_id')
    .innerJoin('users', (join) =>
      join
        .onRef('users.id', '=', 'grants.user_id')
        .onRef('users.grant_epoch', '=', 'grants.user_epoch')
        .on('users.disabled_at', 'is', null),
    )
    .where('grants.environment_id', '=', environmentId)
    .where('grants.revoked_at', 'is', null)
    .where('grants.redeemed_at', 'is not', null)
    .where(isLater('grants.expires_at', null, now))
    .where(isLater('grants.authorized_at', 'applications.refresh_absolute_days', now))
    .where(isLater('users.last_active_at', 'applications.refresh_inactivity_days', now));
}

/** Whether a time, some days on, is yet to come; true where there is no such time, or no such number of days. */
function isLater(time: string, days: string | null, now: number): RawBuilder<boolean> {
  const [from, unset] = [sql.ref(time), sql.ref(days ?? time)];
  // In 64 bits: PostgreSQL would multiply as narrow as the column is.
  const until = days === null ? from : sql`${from} + CAST(${sql.ref(days)} AS bigint) * ${sql.lit(DAY_MS)}`;
  return sql<boolean>`(${unset} IS NULL OR ${until} > ${now})`;
}
