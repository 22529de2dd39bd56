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
import { REVOKED_GRANT_KEPT_MS } from '../../operations/grant-kept.js';
import type { SqliteExecutor } from '../sqlite-executor.js';
import { compileAudit } from './grant-rules.js';

const REVOKE = `
  UPDATE grants SET revoked_at = @now, revoked_reason = @reason, purge_after = @now + ${REVOKED_GRANT_KEPT_MS}
  WHERE id = @grantId AND environment_id = @environment AND revoked_at IS NULL
  RETURNING user_id AS userId, consent_id AS consentId`;

/** From now on the person is asked again. */
const FORGET = `UPDATE consents SET remembered_redirect_uri = NULL WHERE id = @consentId`;

export interface Abuse {
  readonly environment: EnvironmentId;
  readonly grantId: GrantId;
  readonly clientId: ClientId;
  readonly now: number;
  readonly reason: RevocationReason;
  readonly type: AuditEventType;
  readonly detail: string | null;
}

/**
 * A code or a refresh token was used once too often: by a thief, or by the owner after one. Both are
 * stopped (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
 */
export function compileRevokeAbused(
  executor: SqliteExecutor,
  essentials: Pick<Essentials, 'clock' | 'random'>,
) {
  const revoke = executor.compile<{ readonly userId: string; readonly consentId: string }>(REVOKE);
  const forget = executor.compile(FORGET);
  const audit = compileAudit(executor);
  return ({ environment, grantId, clientId, now, reason, type, detail }: Abuse): void => {
    const row = revoke.get({ grantId, environment, now, reason });
    if (row === undefined) return;
    forget.run({ consentId: row.consentId });
    const auditId = newOrderedId<AuditEventId>(essentials);
    audit.run({ auditId, environment, now, type, userId: row.userId, clientId, grantId, detail });
  };
}
