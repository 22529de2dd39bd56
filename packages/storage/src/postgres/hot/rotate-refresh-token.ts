import {
  judgeRefresh,
  type EnvironmentId,
  type Essentials,
  type Refresh,
  type RefreshOutcome,
  type RefreshRowEvidence,
  type SessionId,
} from '@fluxo/core';
import type { PostgresExecutor } from '../postgres-executor.js';
import { callOf } from './call.js';
import { toGrantLife, type GrantLifeRow } from './grant-life.js';
import { policyParameters } from './policy.js';
import { revokeAbused } from './revoke-abused.js';

const CALL = callOf('rotate_refresh_token', 15);

interface Row extends GrantLifeRow {
  readonly won: boolean;
  readonly application_id: RefreshRowEvidence['clientId'];
  readonly generation: number;
  readonly current_digest: Uint8Array | null;
  readonly previous_digest: Uint8Array | null;
  readonly rotated_at: number | null;
  readonly successor_used_at: number | null;
  readonly key_id: string;
  readonly stands: boolean;
  readonly session_id: SessionId | null;
  readonly session_created_at: number | null;
}

export async function rotate(
  executor: PostgresExecutor,
  essentials: Pick<Essentials, 'clock' | 'random'>,
  { environmentId, input }: { readonly environmentId: EnvironmentId; readonly input: Refresh },
): Promise<RefreshOutcome> {
  const { grantId, clientId, presented, session, now } = input;
  // A call whose answer was lost is asked again by the client, and then it is a repeat: nothing to settle here.
  const [row] = await executor.give<Row>(CALL, [
    ...[environmentId, grantId, clientId, presented.generation, presented.digest],
    ...[input.successor?.digest ?? null, input.successor?.keyId ?? null],
    ...[session.id, session.digest, session.idleTimeoutMs],
    ...policyParameters(input.policy),
    now,
    ...executor.purgeParameters(environmentId),
  ]);
  if (row?.won === true) return { kind: 'refreshed', grant: toGrantLife(row) };
  const verdict = judgeRefresh(row && toEvidence(row), input);
  if (row === undefined || verdict === 'unknown') return { kind: 'refused', reason: 'unknown' };
  if (verdict === 'repeated') return repeated(row);
  if (verdict !== 'reused') return { kind: 'refused', reason: verdict };
  await revokeAbused(executor, essentials, {
    ...{ environmentId, grantId, clientId, now },
    ...{ reason: 'refresh-token-reused', type: 'grant.refresh-token-reused' },
    detail: `generation ${presented.generation}`,
  });
  return { kind: 'reused' };
}

function toEvidence(row: Row): RefreshRowEvidence {
  return {
    ...toGrantLife(row),
    clientId: row.application_id,
    generation: row.generation,
    currentDigest: row.current_digest,
    previousDigest: row.previous_digest,
    rotatedAt: row.rotated_at,
    successorUsedAt: row.successor_used_at,
    stands: row.stands,
  };
}

function repeated(row: Row): RefreshOutcome {
  const { session_id: id, session_created_at: createdAt } = row;
  return {
    kind: 'repeated',
    keyId: row.key_id,
    session: id === null || createdAt === null ? undefined : { id, createdAt },
    grant: toGrantLife(row),
  };
}
