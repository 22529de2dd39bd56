import {
  newOrderedId,
  viaOf,
  type AuditEvent,
  type AuditEventId,
  type AuditQuery,
  type Evidence,
  type RefusalEvent,
} from '@fluxo/core';
import type { Selectable } from 'kysely';
import { all, change, type Operation } from '../operation.js';
import type { Tables } from '../schema/tables.js';
import type { Scope } from '../scope.js';
import { auditPage } from './audit-page.js';

export type NewAuditEvent = Omit<AuditEvent, 'id' | 'environmentId' | 'at'> & { readonly at?: number };

/** Part of the transaction that it tells of. */
export function* recordAudit(scope: Scope, event: NewAuditEvent): Operation<void> {
  const id = newOrderedId<AuditEventId>(scope.essentials);
  yield* change(insertion(scope, { ...event, id }));
}

function insertion(
  { db, environmentId, essentials, acting }: Scope,
  event: NewAuditEvent & Pick<AuditEvent, 'id'>,
) {
  return db.insertInto('audit_events').values({
    id: event.id,
    environment_id: environmentId,
    at: event.at ?? essentials.clock.now(environmentId),
    type: event.type,
    user_id: event.userId ?? null,
    application_id: event.clientId ?? null,
    grant_id: event.grantId ?? null,
    detail: event.detail ?? null,
    actor_id: event.actorId ?? acting?.actorId ?? null,
    via: event.via ?? acting?.via ?? null,
    evidence: event.evidence === undefined ? null : JSON.stringify(event.evidence),
    omitted: event.omitted ?? null,
  });
}

export function auditOperations(scope: Scope) {
  const { db, environmentId } = scope;
  return {
    reads: {
      *list(limit: number): Operation<readonly AuditEvent[]> {
        const rows = yield* all(
          db
            .selectFrom('audit_events')
            .selectAll()
            .where('environment_id', '=', environmentId)
            .orderBy('id', 'desc')
            .limit(limit),
        );
        return rows.map(toEvent);
      },
      page: (query: AuditQuery) => auditPage(scope, query),
    },
    writes: {
      *record(events: readonly RefusalEvent[]): Operation<void> {
        for (const event of events) {
          yield* change(insertion(scope, event).onConflict((conflict) => conflict.doNothing()));
        }
      },
    },
  };
}

function toEvent(row: Selectable<Tables['audit_events']>): AuditEvent {
  const via = viaOf(row.type as AuditEvent['type'], row.via);
  return {
    id: row.id,
    environmentId: row.environment_id,
    at: row.at,
    type: row.type,
    ...(row.user_id === null ? {} : { userId: row.user_id }),
    ...(row.application_id === null ? {} : { clientId: row.application_id }),
    ...(row.grant_id === null ? {} : { grantId: row.grant_id }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.actor_id === null ? {} : { actorId: row.actor_id }),
    ...(via === null ? {} : { via }),
    ...(row.evidence === null ? {} : { evidence: JSON.parse(row.evidence) as Evidence }),
    ...(row.omitted === null ? {} : { omitted: row.omitted }),
  } as AuditEvent;
}
