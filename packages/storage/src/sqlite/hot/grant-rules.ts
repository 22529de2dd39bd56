import { DAY_MS, type EnvironmentId, type Redemption, type RefreshPolicy, type UserId } from '@fluxo/core';
import type { Compiled, SqliteExecutor } from '../sqlite-executor.js';

/**
 * What must hold above a grant for anything to come of it: nobody revoked the grant or its consent, the
 * user and the application may. Part of every UPDATE that gives something out.
 */
export const STANDS = `
  revoked_at IS NULL
  AND EXISTS (SELECT 1 FROM consents c WHERE c.id = grants.consent_id)
  AND EXISTS (SELECT 1 FROM applications a WHERE a.id = grants.application_id AND a.enabled = 1)
  AND EXISTS (SELECT 1 FROM users u WHERE u.id = grants.user_id
    AND u.disabled_at IS NULL AND u.grant_epoch = grants.user_epoch)`;

/** Absolute expiry by the earlier of the policy then and now, inactivity by the user's own doing. */
export const NOT_EXPIRED = `
  (expires_at IS NULL OR expires_at > @now)
  AND (@absoluteMs IS NULL OR authorized_at + @absoluteMs > @now)
  AND (@inactivityMs IS NULL OR @now < @inactivityMs +
    (SELECT u.last_active_at FROM users u WHERE u.id = grants.user_id))`;

/** Later than any time: SQLite's least of several is null where one is. */
const NEVER = 9_000_000_000_000_000;

function earliestOf(...moments: readonly string[]): string {
  return `nullif(min(${moments.map((moment) => `coalesce(${moment}, ${NEVER})`).join(', ')}), ${NEVER})`;
}

const LAST_ACTIVE = '(SELECT u.last_active_at FROM users u WHERE u.id = grants.user_id)';
const ofPolicy = (column: string): string =>
  `${DAY_MS} * (SELECT a.${column} FROM applications a WHERE a.id = grants.application_id)`;

/** When the grant ends by itself, by the policy of the caller; null: never. */
export const ENDS_BY_POLICY = earliestOf(
  'expires_at',
  'authorized_at + @absoluteMs',
  `${LAST_ACTIVE} + @inactivityMs`,
);

/** The same by the policy that the application has now. */
export const ENDS_NOW = earliestOf(
  'expires_at',
  `authorized_at + ${ofPolicy('refresh_absolute_days')}`,
  `${LAST_ACTIVE} + ${ofPolicy('refresh_inactivity_days')}`,
);

export const GRANT_LIFE = `
  user_id AS userId, authorized_at AS authorizedAt, expires_at AS expiresAt,
  (SELECT u.last_active_at FROM users u WHERE u.id = grants.user_id) AS userLastActiveAt`;

export function policyParameters(policy: RefreshPolicy) {
  const toMs = (days: number | null): number | null => (days === null ? null : days * DAY_MS);
  return { absoluteMs: toMs(policy.absoluteDays), inactivityMs: toMs(policy.inactivityDays) };
}

/** Opens the application's session that comes with an answer. */
export function compileOpenSession(executor: SqliteExecutor) {
  const insert = executor.compile(`
    INSERT INTO sessions (id, environment_id, origin, user_id, grant_id, digest, created_at, idle_expires_at)
    VALUES (@id, @environment, 'application', @userId, @grantId, @digest, @now, @now + @idleTimeoutMs)`);
  return (environment: EnvironmentId, { grantId, now, session }: SessionOpening, userId: UserId): void => {
    const { id, digest, idleTimeoutMs } = session;
    insert.run({ id, environment, userId, grantId, digest, now, idleTimeoutMs });
  };
}

type SessionOpening = Pick<Redemption, 'grantId' | 'now' | 'session'>;

export function compileAudit(executor: SqliteExecutor): Compiled<unknown> {
  return executor.compile(`
    INSERT INTO audit_events (id, environment_id, at, type, user_id, application_id, grant_id, detail)
    VALUES (@auditId, @environment, @now, @type, @userId, @clientId, @grantId, @detail)`);
}
