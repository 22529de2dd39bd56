import {
  newOrderedId,
  type AuditEventId,
  type Authorization,
  type EnvironmentId,
  type Essentials,
  type FlowId,
} from '@fluxo/core';
import type { PostgresExecutor } from '../postgres-executor.js';
import { callOf } from './call.js';

const PARAMETERS = 17;

export interface AuthorizeCall {
  readonly environmentId: EnvironmentId;
  readonly input: Authorization;
  /** Null: without asking, by a consent that remembers. */
  readonly flowId: FlowId | null;
}

/** `own`: the grant is there already, from this very call when it was asked before. */
type Outcome = 'authorized' | 'refused' | 'own';

/** @returns whether a grant began */
export async function authorize(
  executor: PostgresExecutor,
  essentials: Pick<Essentials, 'clock' | 'random'>,
  { environmentId, input, flowId }: AuthorizeCall,
): Promise<boolean> {
  const name = flowId === null ? 'authorize_remembered' : 'authorize';
  const { goal } = input;
  const auditId = (): AuditEventId => newOrderedId<AuditEventId>(essentials);
  const consentAudit = auditId();
  const { row, again } = await executor.settle<Record<string, Outcome>>(callOf(name, PARAMETERS), [
    ...[environmentId, input.grantId, input.consentId, input.userId, goal.clientId],
    ...[goal.redirectUri, goal.redirectUriSent ? 1 : 0, goal.codeChallenge],
    ...[input.codeDigest, input.codeExpiresAt, input.expiresAt, input.now],
    ...[auditId(), consentAudit, flowId],
    ...executor.purgeParameters(environmentId),
  ]);
  const outcome = row?.[name];
  return outcome === 'authorized' || (again && outcome === 'own');
}
