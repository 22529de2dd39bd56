import {
  viaOf,
  type AuditEntry,
  type AuditEventId,
  type AuditPage,
  type AuditPerson,
  type AuditQuery,
  type ClientId,
  type Evidence,
  type GrantId,
  type UserId,
} from '@fluxo/core';
import type { ExpressionBuilder } from 'kysely';
import { sql } from '../kysely.js';
import { all, first, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { contains } from './pages.js';

/**
 * No index finds a text or a time, so each event must be looked at: this many in one look, for SQLite answers nobody
 * else meanwhile.
 */
const EVENTS_PER_LOOK = 2000;
/** An event's identifier is made a moment after its time was read. */
const IDENTIFIED_WITHIN_MS = 600_000;

/** As far as an index leads; the newest first. */
function indexed({ db, environmentId }: Scope, { types, userId, clientId, to, cursor }: AuditQuery) {
  let query = db.selectFrom('audit_events as e').where('e.environment_id', '=', environmentId);
  if (cursor !== undefined) query = query.where('e.id', '<', cursor);
  // An environment's time is never behind the real one, by which identifiers are made.
  if (to !== undefined) query = query.where('e.id', '<', firstIdAt(to + IDENTIFIED_WITHIN_MS));
  if (types !== undefined) query = query.where((is) => is.or(types.map((type) => isOfType(is, type))));
  if (userId !== undefined) {
    query = query.where((is) => is.or([is('e.user_id', '=', userId), is('e.actor_id', '=', userId)]));
  }
  if (clientId !== undefined) query = query.where('e.application_id', '=', clientId);
  return query.orderBy('e.id', 'desc');
}

function isOfType(is: ExpressionBuilder<{ e: Tables['audit_events'] }, 'e'>, type: string) {
  if (!type.endsWith('.')) return is('e.type', '=', type);
  // The character after the dot: everything between begins with the prefix.
  return is.and([is('e.type', '>=', type), is('e.type', '<', `${type.slice(0, -1)}/`)]);
}

/** What only a look at the event tells. */
function named(scope: Scope, query: AuditQuery) {
  const { db, environmentId } = scope;
  const needsLook = query.text !== undefined || query.from !== undefined || query.to !== undefined;
  const window = indexed(scope, query)
    .select('e.id')
    .limit(needsLook ? EVENTS_PER_LOOK : query.limit + 1);
  let found = db
    .selectFrom('audit_events as e')
    .leftJoin('users as u', (on) =>
      on.onRef('u.id', '=', 'e.user_id').onRef('u.environment_id', '=', 'e.environment_id'),
    )
    .leftJoin('users as b', (on) =>
      on.onRef('b.id', '=', 'e.actor_id').onRef('b.environment_id', '=', 'e.environment_id'),
    )
    .leftJoin('applications as a', (on) =>
      on.onRef('a.id', '=', 'e.application_id').onRef('a.environment_id', '=', 'e.environment_id'),
    )
    .leftJoin('audit_unsealed as q', (on) =>
      on.onRef('q.id', '=', 'e.id').onRef('q.environment_id', '=', 'e.environment_id'),
    )
    .where('e.environment_id', '=', environmentId)
    .where('e.id', 'in', window);
  if (query.from !== undefined) found = found.where('e.at', '>=', query.from);
  if (query.to !== undefined) found = found.where('e.at', '<', query.to);
  const { text } = query;
  if (text !== undefined) {
    const columns = ['e.detail', 'e.evidence', 'u.username', 'u.name', 'b.username', 'b.name', 'a.name'];
    found = found.where((is) => is.or(columns.map((column) => contains(sql.ref(column), text))));
  }
  return { needsLook, found: found.orderBy('e.id', 'desc').limit(query.limit + 1) };
}

export function* auditPage(scope: Scope, query: AuditQuery): Operation<AuditPage> {
  const { needsLook, found } = named(scope, query);
  const rows = yield* all(
    found
      .selectAll('e')
      .select([
        ...(['u.username as user_username', 'u.name as user_name'] as const),
        ...(['b.username as actor_username', 'b.name as actor_name'] as const),
        ...(['a.name as application_name', 'q.id as waiting_id'] as const),
      ]),
  );
  const events = rows.slice(0, query.limit).map(toEntry);
  if (rows.length > query.limit) return { events, nextCursor: events.at(-1)?.id ?? null };
  if (!needsLook) return { events, nextCursor: null };
  const end = yield* first(
    indexed(scope, query)
      .select('e.id')
      .limit(1)
      .offset(EVENTS_PER_LOOK - 1),
  );
  return { events, nextCursor: (end?.id as AuditEventId | undefined) ?? null };
}

type NamedRow = Tables['audit_events'] &
  Readonly<
    Record<
      'user_username' | 'user_name' | 'actor_username' | 'actor_name' | 'application_name' | 'waiting_id',
      string | null
    >
  >;

function toEntry(row: NamedRow): AuditEntry {
  const type = row.type as AuditEntry['type'];
  const clientId = row.application_id as ClientId | null;
  return {
    id: row.id as AuditEventId,
    at: row.at,
    type,
    user: toPerson(row.user_id, row.user_username, row.user_name),
    actor: toPerson(row.actor_id, row.actor_username, row.actor_name),
    via: viaOf(type, row.via),
    application: clientId === null ? null : { clientId, name: row.application_name },
    grantId: row.grant_id as GrantId | null,
    evidence: row.evidence === null ? null : (JSON.parse(row.evidence) as Evidence),
    detail: row.detail,
    omitted: row.omitted,
    sealed: row.waiting_id === null,
  };
}

function toPerson(id: string | null, username: string | null, name: string | null): AuditPerson | null {
  return id === null ? null : { id: id as UserId, username, name };
}

/** Identifiers begin with their milliseconds (UUIDv7). */
function firstIdAt(at: number): string {
  const milliseconds = Math.min(Math.max(0, Math.trunc(at)), 2 ** 48 - 1);
  return milliseconds.toString(16).padStart(12, '0').padEnd(32, '0');
}
