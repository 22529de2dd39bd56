import type { RawBuilder } from 'kysely';
import { sql } from '../kysely.js';
import type { Scope } from '../scope.js';
import { keyStands } from './grant-summaries.js';

const DAY_MS = 86_400_000;

type Place = Pick<Scope, 'db' | 'environmentId'>;

/**
 * Consents under which an application can act at this moment: with a grant that lives, or with a key that makes one at
 * any time. One that is switched off keeps its connections: they work again when it is switched on.
 */
export function standingConnections(place: Place, now: number) {
  const { db, environmentId } = place;
  return db
    .selectFrom('consents as connection')
    .innerJoin('users as person', (join) =>
      join.onRef('person.id', '=', 'connection.user_id').on('person.disabled_at', 'is', null),
    )
    .innerJoin('applications as app', 'app.id', 'connection.application_id')
    .where('connection.environment_id', '=', environmentId)
    .where((eb) =>
      eb.or([
        eb.exists(grantsOfConnection(place, now).select('grants.id')),
        eb.exists(
          db
            .selectFrom('application_keys')
            .select('application_keys.id')
            .where('application_keys.consent_id', '=', sql.ref<string>('connection.id'))
            .where('application_keys.deleted_at', 'is', null),
        ),
      ]),
    );
}

/** When somebody last used the connection; null where nobody did. A part of the query above. */
export function lastUseOfConnection(place: Place, now: number) {
  return grantsOfConnection(place, now).select((eb) => eb.fn.max('grants.last_used_at').as('last_used_at'));
}

function grantsOfConnection(place: Place, now: number) {
  return (
    livingGrants(place, now)
      .where('grants.consent_id', '=', sql.ref<string>('connection.id'))
      // What the consent says already, for the index.
      .where('grants.user_id', '=', sql.ref<string>('connection.user_id'))
      .where('grants.application_id', '=', sql.ref<string>('connection.application_id'))
  );
}

/** Core's `grantExpiresAt`, as a condition, beside the rows that a grant stands on. */
export function livingGrants({ db, environmentId }: Place, now: number) {
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
    .where(keyStands)
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
