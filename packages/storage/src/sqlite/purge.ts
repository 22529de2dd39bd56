import { REVOKED_GRANT_KEPT_MS } from '../operations/grant-kept.js';
import { ENDS_NOW } from './hot/grant-rules.js';
import type { SqliteExecutor } from './sqlite-executor.js';

/** Looked for once in so many jobs: looking costs as much as a few small writes. */
const JOBS_BETWEEN = 128;
/** Removed at most, for each job since the last look: more than a job can add, so that tables shrink to what is alive. */
const ROWS_PER_JOB = 2;

/** Whoever was away for longer than changes are kept forgets all that it remembered. */
const CHANGES_KEPT_MS = 3_600_000;

const TABLES = [
  ['sessions', 'idle_expires_at'],
  ['flows', 'expires_at'],
  ['grants', 'purge_after'],
] as const;

/** Whose keys are an environment's own. */
const PAIRED_KEYS = [
  ['throttles', 'key', 'window_ends_at'],
  ['used_once', 'digest', 'purge_after'],
] as const;

/** A bare parameter would let SQLite plan anew at each run (see `LimitsPlannedOnce`). */
const ROWS = 'CAST(@rows AS INTEGER)';

/**
 * A grant ends by inactivity unless its user comes back, and its policy may have changed: one that isn't over yet
 * is looked at again when it would be.
 */
const POSTPONE = `
  UPDATE grants SET purge_after = ${ENDS_NOW} + ${REVOKED_GRANT_KEPT_MS}
  WHERE id IN (SELECT id FROM grants WHERE purge_after < @now ORDER BY purge_after LIMIT ${ROWS})
    AND revoked_at IS NULL AND redeemed_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = grants.user_id AND u.grant_epoch = grants.user_epoch)
    AND coalesce(${ENDS_NOW} + ${REVOKED_GRANT_KEPT_MS} >= @now, 1)`;

/** What has expired goes in small batches along with ordinary writes: there is no janitor that could fall behind.
 * By the real time: an environment's own time may run ahead of it, never behind. */
export function compilePurge(executor: SqliteExecutor, now: () => number) {
  const statements = [
    executor.compile(POSTPONE),
    ...TABLES.map(([table, column]) =>
      executor.compile(
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${column} < @now ORDER BY ${column} LIMIT ${ROWS})`,
      ),
    ),
    executor.compile(
      `DELETE FROM change_log WHERE id IN (SELECT id FROM change_log WHERE at < @logKeptFrom ORDER BY at LIMIT ${ROWS})`,
    ),
    ...PAIRED_KEYS.map(([table, key, column]) =>
      executor.compile(
        `DELETE FROM ${table} WHERE (environment_id, ${key}) IN
          (SELECT environment_id, ${key} FROM ${table} WHERE ${column} < @now ORDER BY ${column} LIMIT ${ROWS})`,
      ),
    ),
  ];
  let jobsSince = 0;
  return (jobs: number): void => {
    jobsSince += jobs;
    if (jobsSince < JOBS_BETWEEN) return;
    const at = now();
    const parameters = { now: at, logKeptFrom: at - CHANGES_KEPT_MS, rows: jobsSince * ROWS_PER_JOB };
    jobsSince = 0;
    for (const statement of statements) statement.run(parameters);
  };
}
