import type { EnvironmentId, SecretId, SessionUse, UsageBatch } from '@fluxo/core';
import type { PostgresExecutor } from '../postgres-executor.js';
import { callOf } from './call.js';

const CALL = callOf('record_usage', 1);

interface Part {
  readonly environment: EnvironmentId;
  readonly sessions: SessionUse[];
  readonly secrets: { readonly id: SecretId; readonly at: number }[];
}

/** Times only move forward, so a batch whose answer was lost may be written again. */
export async function recordUsage(executor: PostgresExecutor, batch: UsageBatch): Promise<void> {
  const parts = new Map<EnvironmentId, Part>();
  const partOf = (environment: EnvironmentId): Part => {
    const part = parts.get(environment) ?? { environment, sessions: [], secrets: [] };
    parts.set(environment, part);
    return part;
  };
  for (const use of batch.sessions) partOf(use.environmentId).sessions.push(use);
  for (const [id, { environmentId, at }] of batch.secrets) partOf(environmentId).secrets.push({ id, at });
  await executor.give(CALL, [JSON.stringify([...parts.values()])]);
}
