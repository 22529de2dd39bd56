import {
  usernameKey,
  type ApplicationFilter,
  type ClientId,
  type ConnectionFilter,
  type Environment,
  type IdentityProvider,
  type IdentityProviderId,
  type Page,
  type PageRequest,
  type Revised,
  type UserFilter,
  type UserId,
  type UserRecord,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { sql } from '../kysely.js';
import { all, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { toEnvironment } from './environments.js';
import { toIdentityProvider } from './identity-providers.js';
import { standingConnections } from './living-grants.js';
import { applicationPage, applicationRecord, connectionPage, idOr } from './overview-applications.js';
import { contains, rowsFor, toPage } from './pages.js';
import { toUser } from './users.js';

type UserRow = Selectable<Tables['users']>;

/** What administrators look at: reads only, and as many statements for a hundred rows as for one. */
export function overviewOperations(scope: Scope) {
  const { db, environmentId } = scope;
  const providers = () =>
    db.selectFrom('identity_providers').selectAll().where('environment_id', '=', environmentId);
  return {
    reads: {
      applications: (filter: ApplicationFilter, page: PageRequest, now: number) =>
        applicationPage(scope, filter, { page, now }),
      application: (clientId: ClientId, now: number) => applicationRecord(scope, clientId, now),
      users: (filter: UserFilter, page: PageRequest, now: number) => userPage(scope, filter, { page, now }),
      *user(id: UserId, now: number): Operation<UserRecord | undefined> {
        const row = yield* first(
          db.selectFrom('users').selectAll().where('id', '=', id).where('environment_id', '=', environmentId),
        );
        return row && (yield* toUserRecords(scope, [row], now))[0];
      },
      connections: (filter: ConnectionFilter, page: PageRequest, now: number) =>
        connectionPage(scope, filter, { page, now }),
      *environment(): Operation<Revised<Environment> | undefined> {
        const row = yield* first(db.selectFrom('environments').selectAll().where('id', '=', environmentId));
        return row && { thing: toEnvironment(row), revision: row.revision };
      },
      *identityProviders(page: PageRequest): Operation<Page<Revised<IdentityProvider>>> {
        let query = providers();
        const [createdAt, id] = page.after ?? [];
        if (createdAt !== undefined && id !== undefined) {
          query = query.where((eb) =>
            eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(Number(createdAt), id)),
          );
        }
        const rows = yield* all(query.orderBy('created_at').orderBy('id').limit(rowsFor(page)));
        return toPage(rows, page, {
          item: (row) => ({ thing: toIdentityProvider(row), revision: row.revision }),
          position: (row) => [String(row.created_at), row.id],
        });
      },
      *identityProvider(id: IdentityProviderId): Operation<Revised<IdentityProvider> | undefined> {
        const row = yield* first(providers().where('id', '=', id));
        return row && { thing: toIdentityProvider(row), revision: row.revision };
      },
    },
    writes: {},
  };
}

function* userPage(
  scope: Scope,
  { text, enabled }: UserFilter,
  { page, now }: { readonly page: PageRequest; readonly now: number },
): Operation<Page<UserRecord>> {
  let query = scope.db.selectFrom('users').selectAll().where('environment_id', '=', scope.environmentId);
  if (text !== undefined) {
    query = query.where((eb) =>
      eb.or([
        contains(sql.ref('name'), text),
        contains(sql.ref('username_key'), usernameKey(text)),
        eb('id', '=', idOr(text)),
      ]),
    );
  }
  if (enabled !== undefined) query = query.where('disabled_at', enabled ? 'is' : 'is not', null);
  const [after] = page.after ?? [];
  if (after !== undefined) query = query.where('username_key', '>', after);
  const rows = yield* all(query.orderBy('username_key').limit(rowsFor(page)));
  const found = toPage(rows, page, { item: (row) => row, position: (row) => [row.username_key] });
  return { ...found, items: yield* toUserRecords(scope, found.items, now) };
}

/** Two statements for a whole page. */
function* toUserRecords(
  scope: Scope,
  rows: readonly UserRow[],
  now: number,
): Operation<readonly UserRecord[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const factors = yield* all(
    scope.db
      .selectFrom('second_factors')
      .select('user_id')
      .where('environment_id', '=', scope.environmentId)
      .where('user_id', 'in', ids),
  );
  const connected = yield* all(
    standingConnections(scope, now)
      .select('connection.user_id')
      .select((eb) => eb.fn.countAll<number | string>().as('applications'))
      .where('connection.user_id', 'in', ids)
      .groupBy('connection.user_id'),
  );
  const withFactor = new Set(factors.map((row) => row.user_id));
  const count = new Map(connected.map((row) => [row.user_id, Number(row.applications)]));
  return rows.map((row) => ({
    user: toUser(row),
    revision: row.revision,
    hasSecondFactor: withFactor.has(row.id),
    connectedApplications: count.get(row.id) ?? 0,
  }));
}
