import type { SessionUse, UsageBatch } from '@fluxo/core';
import type { SqliteExecutor } from '../sqlite-executor.js';

const TOUCH_SESSION = `
  UPDATE sessions SET last_used_at = max(coalesce(last_used_at, 0), @at),
    idle_expires_at = max(idle_expires_at, @idleExpiresAt)
  WHERE id = @sessionId AND environment_id = @environment`;

const TOUCH_GRANT = `
  UPDATE grants SET last_used_at = max(coalesce(last_used_at, 0), @at) WHERE id = @grantId AND environment_id = @environment`;

/** From now on the client has seen the answer: the refresh that made this session may not be repeated. */
const SUCCESSOR_USED = `
  UPDATE grants SET successor_used_at = @at
  WHERE id = @grantId AND environment_id = @environment AND successor_session_id = @sessionId
    AND successor_used_at IS NULL`;

const TOUCH_USER = `
  UPDATE users SET last_active_at = max(last_active_at, @at) WHERE id = @userId AND environment_id = @environment`;

const TOUCH_SECRET = `
  UPDATE application_secrets SET last_used_at = max(coalesce(last_used_at, 0), @at) WHERE id = @secretId AND environment_id = @environment`;

export function compileRecordUsage(executor: SqliteExecutor) {
  const touchSession = executor.compile(TOUCH_SESSION);
  const touchGrant = executor.compile(TOUCH_GRANT);
  const successorUsed = executor.compile(SUCCESSOR_USED);
  const touchUser = executor.compile(TOUCH_USER);
  const touchSecret = executor.compile(TOUCH_SECRET);

  const recordSession = (use: SessionUse): void => {
    const { sessionId, grantId, userId, at, environmentId: environment } = use;
    touchSession.run({ sessionId, environment, at, idleExpiresAt: use.idleExpiresAt });
    // Only the user's own doing counts as activity, never what an application does on their behalf.
    if (use.origin === 'browser') touchUser.run({ userId, environment, at });
    if (grantId === null) return;
    touchGrant.run({ grantId, environment, at });
    if (use.first) successorUsed.run({ grantId, environment, sessionId, at });
  };

  return ({ sessions, secrets }: UsageBatch): void => {
    for (const use of sessions) recordSession(use);
    for (const [secretId, { environmentId: environment, at }] of secrets) {
      touchSecret.run({ secretId, environment, at });
    }
  };
}
