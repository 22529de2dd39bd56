import {
  judgeRedemption,
  newOrderedId,
  type AuditEventId,
  type EnvironmentId,
  type Essentials,
  type Redemption,
  type RedemptionEvidence,
  type RedemptionOutcome,
} from '@fluxo/core';
import type { PostgresExecutor } from '../postgres-executor.js';
import { callOf } from './call.js';
import { toGrantLife, type GrantLifeRow } from './grant-life.js';
import { policyParameters } from './policy.js';
import { revokeAbused } from './revoke-abused.js';

const CALL = callOf('redeem_authorization_code', 17);

interface Row extends GrantLifeRow {
  readonly won: boolean;
  /** The row has what this very call would have put there. */
  readonly own: boolean | null;
  readonly application_id: RedemptionEvidence['clientId'];
  readonly code_digest: Uint8Array;
  readonly code_expires_at: number;
  readonly redeemed_at: number | null;
  readonly redirect_uri: string;
  readonly redirect_uri_sent: boolean;
  readonly code_challenge: string | null;
  readonly stands: boolean;
}

export async function redeem(
  executor: PostgresExecutor,
  essentials: Pick<Essentials, 'clock' | 'random'>,
  { environmentId, input }: { readonly environmentId: EnvironmentId; readonly input: Redemption },
): Promise<RedemptionOutcome> {
  const { grantId, clientId, now, session } = input;
  const { row, again } = await executor.settle<Row>(CALL, [
    ...[environmentId, grantId, clientId, input.codeDigest, input.redirectUri, input.codeChallenge],
    ...[input.refreshDigest, input.keyId, session.id, session.digest, session.idleTimeoutMs],
    ...policyParameters(input.policy),
    ...[now, newOrderedId<AuditEventId>(essentials)],
    ...executor.purgeParameters(environmentId),
  ]);
  if (row !== undefined && (row.won || (again && row.own === true)))
    return { kind: 'redeemed', grant: toGrantLife(row) };
  const reason = judgeRedemption(row && toEvidence(row), input);
  if (reason !== 'replayed') return { kind: 'refused', reason };
  await revokeAbused(executor, essentials, {
    ...{ environmentId, grantId, clientId, now },
    ...{ reason: 'code-replayed', type: 'grant.code-replayed', detail: null },
  });
  return { kind: 'replayed' };
}

function toEvidence(row: Row): RedemptionEvidence {
  return {
    clientId: row.application_id,
    codeDigest: row.code_digest,
    codeExpiresAt: row.code_expires_at,
    redeemedAt: row.redeemed_at,
    redirectUri: row.redirect_uri,
    redirectUriSent: row.redirect_uri_sent,
    codeChallenge: row.code_challenge,
    stands: row.stands,
  };
}
