import {
  judgeRedemption,
  newOrderedId,
  type AuditEventId,
  type EnvironmentId,
  type Essentials,
  type GrantLife,
  type Redemption,
  type RedemptionEvidence,
  type RedemptionOutcome,
} from '@fluxo/core';
import type { SqliteExecutor } from '../sqlite-executor.js';
import { REVOKED_GRANT_KEPT_MS } from '../../operations/grant-kept.js';
import {
  compileAudit,
  compileOpenSession,
  ENDS_BY_POLICY,
  GRANT_LIFE,
  NOT_EXPIRED,
  policyParameters,
  STANDS,
} from './grant-rules.js';
import { compileRevokeAbused } from './revoke-abused.js';

/** Single use is the condition of this UPDATE: of many redemptions exactly one changes the row. */
const REDEEM = `
  UPDATE grants SET redeemed_at = @now, generation = 1, current_digest = @refreshDigest, key_id = @keyId,
    successor_session_id = @sessionId, purge_after = ${ENDS_BY_POLICY} + ${REVOKED_GRANT_KEPT_MS}
  WHERE id = @grantId AND environment_id = @environment AND application_id = @clientId
    AND code_digest = @codeDigest AND redeemed_at IS NULL AND code_expires_at > @now
    AND (redirect_uri = @redirectUri OR (@redirectUri IS NULL AND redirect_uri_sent = 0))
    AND code_challenge IS @codeChallenge
    AND ${STANDS} AND ${NOT_EXPIRED}
  RETURNING ${GRANT_LIFE}`;

const EXPLAIN = `
  SELECT application_id AS clientId, code_digest AS codeDigest, code_expires_at AS codeExpiresAt,
    redeemed_at AS redeemedAt, redirect_uri AS redirectUri, redirect_uri_sent = 1 AS redirectUriSent,
    code_challenge AS codeChallenge, ${STANDS} AND ${NOT_EXPIRED} AS stands
  FROM grants WHERE id = @grantId AND environment_id = @environment`;

type ExplainRow = Omit<RedemptionEvidence, 'redirectUriSent' | 'stands'> & {
  readonly redirectUriSent: 0 | 1;
  readonly stands: 0 | 1;
};

export function compileRedeem(executor: SqliteExecutor, essentials: Pick<Essentials, 'clock' | 'random'>) {
  const redeem = executor.compile<GrantLife>(REDEEM);
  const explain = executor.compile<ExplainRow>(EXPLAIN);
  const openSession = compileOpenSession(executor);
  const audit = compileAudit(executor);
  const revokeAbused = compileRevokeAbused(executor, essentials);

  return (environment: EnvironmentId, input: Redemption): RedemptionOutcome => {
    const { grantId, clientId, now } = input;
    const { absoluteMs, inactivityMs } = policyParameters(input.policy);
    // Written out: spreading took longer than binding.
    const grant = redeem.get({
      grantId,
      environment,
      clientId,
      now,
      absoluteMs,
      inactivityMs,
      codeDigest: input.codeDigest,
      redirectUri: input.redirectUri,
      codeChallenge: input.codeChallenge,
      refreshDigest: input.refreshDigest,
      keyId: input.keyId,
      sessionId: input.session.id,
    });
    if (grant !== undefined) {
      openSession(environment, input, grant.userId);
      const auditId = newOrderedId<AuditEventId>(essentials);
      const { userId } = grant;
      audit.run({
        auditId,
        environment,
        now,
        type: 'grant.redeemed',
        userId,
        clientId,
        grantId,
        detail: null,
      });
      return { kind: 'redeemed', grant };
    }
    const row = explain.get({ grantId, environment, now, absoluteMs, inactivityMs });
    const reason = judgeRedemption(
      row && { ...row, redirectUriSent: row.redirectUriSent === 1, stands: row.stands === 1 },
      input,
    );
    if (reason !== 'replayed') return { kind: 'refused', reason };
    const abuse = { reason: 'code-replayed', type: 'grant.code-replayed', detail: null } as const;
    revokeAbused({ environment, grantId, clientId, now, ...abuse });
    return { kind: 'replayed' };
  };
}
