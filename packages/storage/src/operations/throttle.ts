import type { ThrottleRule } from '@fluxo/core';
import { change, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { sql } from '../kysely.js';

export function throttleOperations({ db, environmentId }: Scope) {
  function* takeOne({ key, limit, windowMs }: ThrottleRule, now: number): Operation<number | undefined> {
    const over = sql<boolean>`throttles.window_ends_at <= ${now}`;
    const row = yield* first(
      db
        .insertInto('throttles')
        .values({
          environment_id: environmentId,
          key,
          window_started_at: now,
          window_ends_at: now + windowMs,
          attempts: 1,
        })
        .onConflict((conflict) =>
          conflict.columns(['environment_id', 'key']).doUpdateSet({
            window_started_at: sql`CASE WHEN ${over} THEN ${now} ELSE throttles.window_started_at END`,
            window_ends_at: sql`CASE WHEN ${over} THEN ${now + windowMs} ELSE throttles.window_ends_at END`,
            attempts: sql`CASE WHEN ${over} THEN 1 ELSE throttles.attempts + 1 END`,
          }),
        )
        .returning(['attempts', 'window_ends_at']),
    );
    return row !== undefined && row.attempts > limit ? row.window_ends_at : undefined;
  }
  return {
    reads: {},
    writes: {
      *take(rules: readonly ThrottleRule[], now: number): Operation<number | undefined> {
        for (const rule of rules) {
          const retryAt = yield* takeOne(rule, now);
          if (retryAt !== undefined) return retryAt;
        }
        return undefined;
      },
      *giveBack(rules: readonly ThrottleRule[], now: number): Operation<void> {
        for (const { key } of rules) {
          yield* change(
            db
              .updateTable('throttles')
              .set({ attempts: sql<number>`attempts - 1` })
              .where('environment_id', '=', environmentId)
              .where('key', '=', key)
              .where('attempts', '>', 0)
              .where('window_ends_at', '>', now),
          );
        }
      },
    },
  };
}
