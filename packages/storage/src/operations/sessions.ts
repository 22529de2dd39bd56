import type { SessionEvidence, SessionId, UserId } from '@fluxo/core';
import { sql } from '../kysely.js';
import { all, change, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { endSession } from './flows.js';

export function sessionOperations(scope: Scope) {
  const { db, environmentId } = scope;
  return {
    reads: {
      *listOfUser(userId: UserId): Operation<readonly SessionEvidence[]> {
        const rows = yield* all(
          db
            .selectFrom('sessions')
            .innerJoin('users', 'users.id', 'sessions.user_id')
            .selectAll('sessions')
            .select(['users.username', 'users.name', 'users.administrator', 'users.last_active_at'])
            .where('sessions.user_id', '=', userId)
            .where('sessions.environment_id', '=', environmentId)
            .where('origin', '=', 'browser')
            .where('ended_at', 'is', null)
            .where('users.disabled_at', 'is', null)
            .whereRef('sessions.epoch', '=', 'users.session_epoch')
            .orderBy('sessions.id', 'desc'),
        );
        return rows.map((row) => ({
          id: row.id as SessionId,
          origin: row.origin,
          digest: row.digest,
          createdAt: row.created_at,
          lastUsedAt: row.last_used_at,
          endedAt: row.ended_at,
          userAgent: row.user_agent,
          userAllows: true,
          user: {
            id: userId,
            username: row.username,
            name: row.name,
            administrator: row.administrator === 1,
            lastActiveAt: row.last_active_at,
          },
          grant: undefined,
        }));
      },
    },
    writes: {
      *end(id: SessionId, at: number): Operation<void> {
        const userId = yield* endSession(scope, id, at);
        if (userId !== undefined) yield* recordAudit(scope, { type: 'session.ended', at, userId });
      },
      *endAllOfUser(userId: UserId, at: number): Operation<void> {
        const changed = yield* change(
          db
            .updateTable('users')
            .set({ session_epoch: sql<number>`session_epoch + 1` })
            .where('id', '=', userId)
            .where('environment_id', '=', environmentId),
        );
        if (changed > 0) yield* recordAudit(scope, { type: 'user.signed-out-everywhere', at, userId });
      },
    },
  };
}
