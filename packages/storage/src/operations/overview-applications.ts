import type {
  ApplicationFilter,
  ApplicationRecord,
  ClientId,
  ConnectionFilter,
  ConnectionRecord,
  ConsentId,
  Page,
  PageRequest,
  UserId,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { sql } from '../kysely.js';
import { all, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { toApplication } from './application-rows.js';
import { lastUseOfConnection, livingGrants, standingConnections } from './living-grants.js';
import { contains, rowsFor, toPage } from './pages.js';

type Row = Selectable<Tables['applications']>;

export function* applicationPage(
  scope: Scope,
  filter: ApplicationFilter,
  { page, now }: { readonly page: PageRequest; readonly now: number },
): Operation<Page<ApplicationRecord>> {
  let query = scope.db
    .selectFrom('applications')
    .selectAll()
    .where('environment_id', '=', scope.environmentId);
  const { text, kind, enabled } = filter;
  if (text !== undefined) {
    query = query.where((eb) => eb.or([contains(sql.ref('name'), text), eb('id', '=', idOr(text))]));
  }
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (enabled !== undefined) query = query.where('enabled', '=', enabled ? 1 : 0);
  const [name, id] = page.after ?? [];
  if (name !== undefined && id !== undefined) {
    query = query.where((eb) => eb(eb.refTuple('name', 'id'), '>', eb.tuple(name, id)));
  }
  const rows = yield* all(query.orderBy('name').orderBy('id').limit(rowsFor(page)));
  const found = toPage(rows, page, { item: (row) => row, position: (row) => [row.name, row.id] });
  return { ...found, items: yield* toRecords(scope, found.items, now) };
}

export function* applicationRecord(
  scope: Scope,
  clientId: ClientId,
  now: number,
): Operation<ApplicationRecord | undefined> {
  const row = yield* first(
    scope.db
      .selectFrom('applications')
      .selectAll()
      .where('id', '=', clientId)
      .where('environment_id', '=', scope.environmentId),
  );
  return row && (yield* toRecords(scope, [row], now))[0];
}

/** Three statements for a whole page: redirect URLs, who is connected, and the last use. */
function* toRecords(
  scope: Scope,
  rows: readonly Row[],
  now: number,
): Operation<readonly ApplicationRecord[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const urls = yield* all(
    scope.db
      .selectFrom('redirect_urls')
      .select(['application_id', 'url'])
      .where('environment_id', '=', scope.environmentId)
      .where('application_id', 'in', ids)
      .orderBy('position'),
  );
  const connected = yield* all(
    standingConnections(scope, now)
      .select('connection.application_id')
      .select((eb) => eb.fn.countAll<number | string>().as('users'))
      .where('connection.application_id', 'in', ids)
      .groupBy('connection.application_id'),
  );
  const uses = yield* all(
    livingGrants(scope, now)
      .select('grants.application_id')
      .select((eb) => eb.fn.max('grants.last_used_at').as('last_used_at'))
      .where('grants.application_id', 'in', ids)
      .groupBy('grants.application_id'),
  );
  const usersOf = new Map(connected.map((row) => [row.application_id, Number(row.users)]));
  const lastUseOf = new Map(uses.map((row) => [row.application_id, row.last_used_at]));
  return rows.map((row) => ({
    application: toApplication(
      row,
      urls.filter((url) => url.application_id === row.id).map(({ url }) => url),
    ),
    revision: row.revision,
    connectedUsers: usersOf.get(row.id) ?? 0,
    lastUsedAt: timeOf(lastUseOf.get(row.id)),
  }));
}

export function* connectionPage(
  scope: Scope,
  { clientId, userId, consentId }: ConnectionFilter,
  { page, now }: { readonly page: PageRequest; readonly now: number },
): Operation<Page<ConnectionRecord>> {
  let query = standingConnections(scope, now)
    .select(['connection.id as consent_id', 'connection.consented_at'])
    .select(['person.id as user_id', 'person.username', 'person.name as user_name'])
    .select(['app.id as application_id', 'app.name as application_name', 'app.logo_version'])
    .select(lastUseOfConnection(scope, now).as('last_used_at'));
  if (clientId !== undefined) query = query.where('connection.application_id', '=', clientId);
  if (userId !== undefined) query = query.where('connection.user_id', '=', userId);
  if (consentId !== undefined) query = query.where('connection.id', '=', consentId);
  const [after] = page.after ?? [];
  if (after !== undefined) query = query.where('connection.id', '<', after);
  const rows = yield* all(query.orderBy('connection.id', 'desc').limit(rowsFor(page)));
  return toPage(rows, page, {
    item: (row) => ({
      consentId: row.consent_id as ConsentId,
      user: { id: row.user_id as UserId, username: row.username, name: row.user_name },
      application: {
        clientId: row.application_id as ClientId,
        name: row.application_name,
        logoVersion: row.logo_version,
      },
      connectedAt: row.consented_at,
      lastUsedAt: timeOf(row.last_used_at),
    }),
    position: (row) => [row.consent_id],
  });
}

/** What a driver gives back for a computed number may be its text. */
function timeOf(value: number | string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

const ID = /^[0-9a-f]{32}$/;
const NOBODY = '0'.repeat(32);

/** PostgreSQL compares identifiers with identifiers only. */
export function idOr(text: string): string {
  return ID.test(text) ? text : NOBODY;
}
