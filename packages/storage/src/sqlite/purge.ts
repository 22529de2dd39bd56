import type { SqliteExecutor } from './sqlite-executor.js';

/** Removed at most, for each job of a batch: more than a job can add, so that tables shrink to what is alive. */
const ROWS_PER_JOB = 2;

/** Whoever was away for longer than changes are kept forgets all that it remembered. */
const CHANGES_KEPT_MS = 3_600_000;

const TABLES = [
  ['sessions', 'idle_expires_at'],
  ['flows', 'expires_at'],
  ['grants', 'purge_after'],
] as const;

/** What has expired goes in small batches along with ordinary writes: there is no janitor that could fall behind.
 * By the real time: an environment's own time may run ahead of it, never behind. */
export function compilePurge(executor: SqliteExecutor, now: () => number) {
  const statements = [
    ...TABLES.map(([table, column]) =>
      executor.compile(
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${column} < @now ORDER BY ${column} LIMIT @rows)`,
      ),
    ),
    executor.compile(
      `DELETE FROM change_log WHERE id IN (SELECT id FROM change_log WHERE at < @logKeptFrom ORDER BY at LIMIT @rows)`,
    ),
    executor.compile(
      `DELETE FROM throttles WHERE (environment_id, key) IN
        (SELECT environment_id, key FROM throttles WHERE window_ends_at < @now LIMIT @rows)`,
    ),
  ];
  return (jobs: number): void => {
    const at = now();
    const parameters = { now: at, logKeptFrom: at - CHANGES_KEPT_MS, rows: jobs * ROWS_PER_JOB };
    for (const statement of statements) statement.run(parameters);
  };
}
