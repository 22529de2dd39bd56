import type { Environment } from '../environments/environment.js';
import { equalDigests } from '../tokens/digest.js';
import { parseIdentifiedSecret } from '../tokens/identified-secret.js';
import type { Usage } from '../usage/usage.js';
import { judgeSession, type LiveSession, type SessionOrigin } from './session.js';
import type { SessionStore } from './session-store.js';

export interface SessionContext {
  readonly environment: Environment;
  readonly sessions: SessionStore;
  readonly usage: Usage;
  readonly now: number;
}

/** The live session that a sessionID proves, or undefined; looking is not using. */
export async function findSession(
  sessionId: string,
  origin: SessionOrigin,
  context: SessionContext,
): Promise<LiveSession | undefined> {
  const presented = parseIdentifiedSecret('session', sessionId);
  if (presented === undefined) return undefined;
  const evidence = await context.sessions.find(presented.id);
  if (evidence?.origin !== origin || !equalDigests(evidence.digest, presented.digest)) return undefined;
  const lastUse = Math.max(
    evidence.lastUsedAt ?? evidence.createdAt,
    context.usage.pendingUseOf(evidence.id),
  );
  return judgeSession(evidence, context.environment.settings, { now: context.now, lastUse });
}

/** Finds the session and notes that it was used; the note is written behind. */
export async function useSession(
  sessionId: string,
  origin: SessionOrigin,
  context: SessionContext,
): Promise<LiveSession | undefined> {
  const live = await findSession(sessionId, origin, context);
  if (live !== undefined) context.usage.sessionUsed(live.evidence, context.environment, context.now);
  return live;
}
