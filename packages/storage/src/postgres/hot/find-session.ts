import type { EnvironmentId, SessionEvidence, SessionId } from '@fluxo/core';
import { toSessionEvidence, type SessionRow } from '../../operations/session-rows.js';
import type { PostgresExecutor } from '../postgres-executor.js';
import { callOf } from './call.js';

const CALL = callOf('find_session', 2);

export async function findSession(
  executor: PostgresExecutor,
  environmentId: EnvironmentId,
  id: SessionId,
): Promise<SessionEvidence | undefined> {
  const [row] = await executor.call<SessionRow>(CALL, [environmentId, id]);
  return row && toSessionEvidence(id, row);
}
