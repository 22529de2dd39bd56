import { newOrderedId, type AuditEvent, type AuditEventId } from '@fluxo/core';
import { all, change, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';

export type NewAuditEvent = Omit<AuditEvent, 'id' | 'environmentId' | 'at'> & { readonly at?: number };

/** Part of the transaction that it tells of. */
export function* recordAudit(
  { db, environmentId, essentials }: Scope,
  event: NewAuditEvent,
): Operation<void> {
  yield* change(
    db.insertInto('audit_events').values({
      id: newOrderedId<AuditEventId>(essentials),
      environment_id: environmentId,
      at: event.at ?? essentials.clock.now(environmentId),
      type: event.type,
      user_id: event.userId ?? null,
      application_id: event.clientId ?? null,
      grant_id: event.grantId ?? null,
      detail: event.detail ?? null,
    }),
  );
}

export function auditOperations({ db, environmentId }: Scope) {
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
        return rows.map(
          (row) =>
            ({
              id: row.id,
              environmentId: row.environment_id,
              at: row.at,
              type: row.type,
              ...(row.user_id === null ? {} : { userId: row.user_id }),
              ...(row.application_id === null ? {} : { clientId: row.application_id }),
              ...(row.grant_id === null ? {} : { grantId: row.grant_id }),
              ...(row.detail === null ? {} : { detail: row.detail }),
            }) as AuditEvent,
        );
      },
    },
    writes: {},
  };
}
