import {
  judgeRefresh,
  type EnvironmentId,
  type Essentials,
  type GrantLife,
  type Refresh,
  type RefreshOutcome,
  type RefreshRowEvidence,
  type SessionId,
} from '@fluxo/core';
import type { SqliteExecutor } from '../sqlite-executor.js';
import { compileOpenSession, GRANT_LIFE, NOT_EXPIRED, policyParameters, STANDS } from './grant-rules.js';
import { compileRevokeAbused } from './revoke-abused.js';

const CURRENT_AND_ALIVE = `
  id = @grantId AND environment_id = @environment AND application_id = @clientId
  AND generation = @generation AND current_digest = @digest
  AND ${STANDS} AND ${NOT_EXPIRED}`;

/**
 * Of many refreshes with one token exactly one finds it current: what it finds is changed in the same transaction, and SQLite
 * has one that writes at a time. One UPDATE that has this rule and returns the row takes SQLite longer: it makes a
 * table for what is returned.
 */
const FIND_CURRENT = `SELECT ${GRANT_LIFE} FROM grants WHERE ${CURRENT_AND_ALIVE}`;

const ROTATE = `
  UPDATE grants SET generation = generation + 1, previous_digest = current_digest, current_digest = @successorDigest,
    rotated_at = @now, successor_session_id = @sessionId, successor_used_at = NULL, key_id = @keyId,
    refreshes = refreshes + 1
  WHERE id = @grantId`;

/** The token stays. If it came by a rotation, its use shows that the rotation's answer arrived. */
const KEEP = `
  UPDATE grants SET refreshes = refreshes + 1, successor_used_at = coalesce(successor_used_at, @now)
  WHERE id = @grantId`;

const EXPLAIN = `
  SELECT application_id AS clientId, generation, current_digest AS currentDigest, previous_digest AS previousDigest,
    rotated_at AS rotatedAt, successor_used_at AS successorUsedAt, key_id AS keyId, ${STANDS} AS stands, ${GRANT_LIFE},
    s.id AS sessionId, s.created_at AS sessionCreatedAt
  FROM grants LEFT JOIN (SELECT id, created_at, ended_at FROM sessions) s
    ON s.id = grants.successor_session_id AND s.ended_at IS NULL
  WHERE grants.id = @grantId AND environment_id = @environment`;

type ExplainRow = Omit<RefreshRowEvidence, 'stands'> & {
  readonly stands: 0 | 1;
  readonly keyId: string;
  readonly sessionId: SessionId | null;
  readonly sessionCreatedAt: number | null;
};

export function compileRotate(executor: SqliteExecutor, essentials: Pick<Essentials, 'clock' | 'random'>) {
  const findCurrent = executor.compile<GrantLife>(FIND_CURRENT);
  const rotate = executor.compile(ROTATE);
  const keep = executor.compile(KEEP);
  const explain = executor.compile<ExplainRow>(EXPLAIN);
  const openSession = compileOpenSession(executor);
  const revokeAbused = compileRevokeAbused(executor, essentials);

  return (environment: EnvironmentId, input: Refresh): RefreshOutcome => {
    const { grantId, clientId, now, session, presented, successor } = input;
    const { absoluteMs, inactivityMs } = policyParameters(input.policy);
    const { generation, digest } = presented;
    // Written out: spreading took longer than binding.
    const grant = findCurrent.get({
      grantId,
      environment,
      clientId,
      now,
      generation,
      digest,
      absoluteMs,
      inactivityMs,
    });
    if (grant !== undefined) {
      if (successor === undefined) keep.run({ grantId, now });
      else {
        const { digest: successorDigest, keyId } = successor;
        rotate.run({ grantId, now, successorDigest, keyId, sessionId: session.id });
      }
      openSession(environment, input, grant.userId);
      return { kind: 'refreshed', grant };
    }
    const row = explain.get({ grantId, environment });
    const verdict = judgeRefresh(row && { ...row, stands: row.stands === 1 }, input);
    if (row === undefined || verdict === 'unknown') return { kind: 'refused', reason: 'unknown' };
    if (verdict === 'repeated') return repeated(row);
    if (verdict !== 'reused') return { kind: 'refused', reason: verdict };
    const abuse = { reason: 'refresh-token-reused', type: 'grant.refresh-token-reused' } as const;
    revokeAbused({
      environment,
      grantId,
      clientId,
      now,
      ...abuse,
      detail: `generation ${presented.generation}`,
    });
    return { kind: 'reused' };
  };
}

function repeated({ userId, authorizedAt, expiresAt, userLastActiveAt, ...row }: ExplainRow): RefreshOutcome {
  const session =
    row.sessionId === null || row.sessionCreatedAt === null
      ? undefined
      : { id: row.sessionId, createdAt: row.sessionCreatedAt };
  return {
    kind: 'repeated',
    keyId: row.keyId,
    session,
    grant: { userId, authorizedAt, expiresAt, userLastActiveAt },
  };
}
