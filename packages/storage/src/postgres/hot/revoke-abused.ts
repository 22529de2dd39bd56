import {
  newOrderedId,
  type AuditEventId,
  type AuditEventType,
  type ClientId,
  type EnvironmentId,
  type Essentials,
  type GrantId,
  type RevocationReason,
} from '@fluxo/core';
import type { PostgresExecutor } from '../postgres-executor.js';
import { callOf } from './call.js';

const CALL = callOf('revoke_abused', 8);

interface Abuse {
  readonly environmentId: EnvironmentId;
  readonly grantId: GrantId;
  readonly clientId: ClientId;
  readonly now: number;
  readonly reason: RevocationReason;
  readonly type: AuditEventType;
  readonly detail: string | null;
}

/** Asked twice it changes nothing more: a revoked grant stays as it is. */
export async function revokeAbused(
  executor: PostgresExecutor,
  essentials: Pick<Essentials, 'clock' | 'random'>,
  { environmentId, grantId, clientId, now, reason, type, detail }: Abuse,
): Promise<void> {
  const auditId = newOrderedId<AuditEventId>(essentials);
  await executor.settle(CALL, [environmentId, grantId, clientId, now, reason, type, detail, auditId]);
}
