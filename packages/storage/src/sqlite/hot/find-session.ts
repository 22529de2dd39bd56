import type { EnvironmentId, SessionEvidence, SessionId } from '@fluxo/core';
import { toSessionEvidence, type SessionRow } from '../../operations/session-rows.js';
import type { SqliteExecutor } from '../sqlite-executor.js';

/** One read of the session and of every state above it: five look-ups by key. */
const FIND = `
  SELECT s.origin, s.digest, s.created_at, s.last_used_at, s.ended_at, s.user_agent,
    u.id AS user_id, u.username, u.name, u.administrator, u.last_active_at,
    u.disabled_at IS NULL AND (s.origin = 'application' OR s.epoch = u.session_epoch) AS user_allows,
    g.id AS grant_id, g.application_id, g.consent_id, g.authorized_at, g.expires_at,
    g.revoked_at IS NULL AND g.user_epoch = u.grant_epoch AND a.enabled = 1
      AND EXISTS (SELECT 1 FROM consents c WHERE c.id = g.consent_id)
      AND (g.application_key_id IS NULL OR EXISTS
        (SELECT 1 FROM application_keys k WHERE k.id = g.application_key_id AND k.deleted_at IS NULL)) AS stands,
    a.refresh_rotation, a.refresh_absolute_days, a.refresh_inactivity_days, a.token_type
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  LEFT JOIN grants g ON g.id = s.grant_id
  LEFT JOIN applications a ON a.id = g.application_id
  WHERE s.id = @id AND s.environment_id = @environment`;

export function compileFindSession(executor: SqliteExecutor) {
  const statement = executor.compile<SessionRow>(FIND);
  return (environment: EnvironmentId, id: SessionId): SessionEvidence | undefined => {
    const row = statement.get({ id, environment });
    return row && toSessionEvidence(id, row);
  };
}
