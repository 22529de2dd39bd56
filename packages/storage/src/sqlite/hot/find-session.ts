import type { EnvironmentId, SessionEvidence, SessionGrant, SessionId } from '@fluxo/core';
import type { SqliteExecutor } from '../sqlite-executor.js';

interface Row {
  readonly origin: 'browser' | 'application';
  readonly digest: Uint8Array;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly ended_at: number | null;
  readonly user_agent: string | null;
  readonly user_allows: 0 | 1;
  readonly user_id: SessionEvidence['user']['id'];
  readonly username: string;
  readonly name: string;
  readonly administrator: 0 | 1;
  readonly last_active_at: number;
  readonly grant_id: SessionGrant['id'] | null;
  readonly application_id: SessionGrant['clientId'] | null;
  readonly consent_id: SessionGrant['consentId'];
  readonly stands: 0 | 1;
  readonly authorized_at: number;
  readonly expires_at: number | null;
  readonly refresh_rotation: 0 | 1;
  readonly refresh_absolute_days: number | null;
  readonly refresh_inactivity_days: number | null;
  readonly token_type: SessionGrant['tokenType'];
}

/** One read of the session and of every state above it: five look-ups by key. */
const FIND = `
  SELECT s.origin, s.digest, s.created_at, s.last_used_at, s.ended_at, s.user_agent,
    u.id AS user_id, u.username, u.name, u.administrator, u.last_active_at,
    u.disabled_at IS NULL AND (s.origin = 'application' OR s.epoch = u.session_epoch) AS user_allows,
    g.id AS grant_id, g.application_id, g.consent_id, g.authorized_at, g.expires_at,
    g.revoked_at IS NULL AND g.user_epoch = u.grant_epoch AND a.enabled = 1
      AND EXISTS (SELECT 1 FROM consents c WHERE c.id = g.consent_id) AS stands,
    a.refresh_rotation, a.refresh_absolute_days, a.refresh_inactivity_days, a.token_type
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  LEFT JOIN grants g ON g.id = s.grant_id
  LEFT JOIN applications a ON a.id = g.application_id
  WHERE s.id = @id AND s.environment_id = @environment`;

export function compileFindSession(executor: SqliteExecutor) {
  const statement = executor.compile<Row>(FIND);
  return (environment: EnvironmentId, id: SessionId): SessionEvidence | undefined => {
    const row = statement.get({ id, environment });
    return row && toEvidence(id, row);
  };
}

function toEvidence(id: SessionId, row: Row): SessionEvidence {
  return {
    id,
    origin: row.origin,
    digest: row.digest,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    endedAt: row.ended_at,
    userAgent: row.user_agent,
    userAllows: row.user_allows === 1,
    user: {
      id: row.user_id,
      username: row.username,
      name: row.name,
      administrator: row.administrator === 1,
      lastActiveAt: row.last_active_at,
    },
    grant: toGrant(row),
  };
}

function toGrant(row: Row): SessionGrant | undefined {
  if (row.grant_id === null || row.application_id === null) return undefined;
  return {
    id: row.grant_id,
    clientId: row.application_id,
    consentId: row.consent_id,
    stands: row.stands === 1,
    authorizedAt: row.authorized_at,
    expiresAt: row.expires_at,
    tokenType: row.token_type,
    refreshPolicy: {
      rotation: row.refresh_rotation === 1,
      absoluteDays: row.refresh_absolute_days,
      inactivityDays: row.refresh_inactivity_days,
    },
  };
}
