import type { SessionEvidence, SessionGrant, SessionId } from '@fluxo/core';

/** A session beside what it stands on, as both databases answer it. */
export interface SessionRow {
  readonly origin: 'browser' | 'application';
  readonly digest: Uint8Array;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly ended_at: number | null;
  readonly user_agent: string | null;
  /** Neither disabled, nor signed out everywhere since. 0 and 1 or a boolean, as the database has it. */
  readonly user_allows: 0 | 1 | boolean;
  readonly user_id: SessionEvidence['user']['id'];
  readonly username: string;
  readonly name: string;
  readonly administrator: 0 | 1;
  readonly last_active_at: number;
  readonly grant_id: SessionGrant['id'] | null;
  readonly application_id: SessionGrant['clientId'] | null;
  readonly consent_id: SessionGrant['consentId'];
  readonly stands: 0 | 1 | boolean | null;
  readonly authorized_at: number;
  readonly expires_at: number | null;
  readonly refresh_rotation: 0 | 1;
  readonly refresh_absolute_days: number | null;
  readonly refresh_inactivity_days: number | null;
  readonly token_type: SessionGrant['tokenType'];
}

export function toSessionEvidence(id: SessionId, row: SessionRow): SessionEvidence {
  return {
    id,
    origin: row.origin,
    digest: row.digest,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    endedAt: row.ended_at,
    userAgent: row.user_agent,
    userAllows: Boolean(row.user_allows),
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

function toGrant(row: SessionRow): SessionGrant | undefined {
  if (row.grant_id === null || row.application_id === null) return undefined;
  return {
    id: row.grant_id,
    clientId: row.application_id,
    consentId: row.consent_id,
    stands: Boolean(row.stands),
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
