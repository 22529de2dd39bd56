import type { EnvironmentId } from '@fluxo/core';
import type { ChangePoll } from '../cache/polling-change-reader.js';
import type { PostgresExecutor } from './postgres-executor.js';

export interface ChangeCursor {
  /** Every transaction before this one had ended when the log was read. */
  readonly oldestOpen: string;
  readonly readAtMs: number;
}

/** Half of the hour for which changes are kept. */
const KEPT_SURELY_MS = 1_800_000;

const READ = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest_open,
    (SELECT json_agg(DISTINCT environment_id) FROM change_log WHERE transaction_id >= $1::xid8) AS changed`;

const FROM_NOW_ON = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest_open, NULL AS changed`;

/**
 * Rows get their numbers before they are committed, so the log is read by transactions: all that hadn't ended at
 * the last look are looked at again. What was told before is told once more; that costs one read.
 */
export async function readChanges(
  executor: PostgresExecutor,
  since: ChangeCursor | undefined,
): Promise<ChangePoll<ChangeCursor>> {
  const readAtMs = performance.now();
  const [row] =
    since === undefined
      ? await executor.call<Row>(FROM_NOW_ON, [])
      : await executor.call<Row>(READ, [since.oldestOpen]);
  if (row === undefined) throw new Error('The log of changes gave no answer.');
  const cursor = { oldestOpen: row.oldest_open, readAtMs };
  if (since !== undefined && readAtMs - since.readAtMs > KEPT_SURELY_MS) return { cursor, changed: 'missed' };
  const changed = new Set((row.changed ?? []).map((id) => id.replaceAll('-', '') as EnvironmentId));
  return { cursor, changed };
}

interface Row {
  readonly oldest_open: string;
  /** Inside JSON an identifier has its hyphens. */
  readonly changed: readonly string[] | null;
}
