/** From here on the policies let this environment's rows through, until the transaction ends. */
export const ENTER = `PERFORM set_config('fluxo.environment_id', p_environment::text, true);`;

/** Redeem, rotate and revoke wait here for each other, and what follows sees what was committed meanwhile. */
export const LOCK_GRANT = `PERFORM 1 FROM grants WHERE environment_id = p_environment AND id = p_grant FOR UPDATE;`;

/**
 * What must hold above a grant for anything to come of it: nobody revoked the grant or its consent, the
 * user and the application may. Part of every UPDATE that gives something out.
 */
export const STANDS = `(
  grants.revoked_at IS NULL
  AND EXISTS (SELECT 1 FROM consents c WHERE c.environment_id = p_environment AND c.id = grants.consent_id)
  AND EXISTS (SELECT 1 FROM applications a
    WHERE a.environment_id = p_environment AND a.id = grants.application_id AND a.enabled = 1)
  AND EXISTS (SELECT 1 FROM users u WHERE u.environment_id = p_environment AND u.id = grants.user_id
    AND u.disabled_at IS NULL AND u.grant_epoch = grants.user_epoch))`;

/** When the grant's user was last there by their own doing. */
const USER_LAST_ACTIVE_AT = `
  (SELECT u.last_active_at FROM users u WHERE u.environment_id = p_environment AND u.id = grants.user_id)`;

/** Absolute expiry by the earlier of the policy then and now, inactivity by the user's own doing. */
export const NOT_EXPIRED = `(
  (grants.expires_at IS NULL OR grants.expires_at > p_now)
  AND (p_absolute_ms IS NULL OR grants.authorized_at + p_absolute_ms > p_now)
  AND (p_inactivity_ms IS NULL OR p_now < p_inactivity_ms + ${USER_LAST_ACTIVE_AT}))`;

/** When the grant ends by itself, by the policy of the caller; null: never. */
export const ENDS_BY_POLICY = `
  least(grants.expires_at, grants.authorized_at + p_absolute_ms, ${USER_LAST_ACTIVE_AT} + p_inactivity_ms)`;

/** What the caller needs to know to say how long the answer is good for. */
export const GRANT_LIFE = `grants.user_id, grants.authorized_at, grants.expires_at, ${USER_LAST_ACTIVE_AT}`;

/** The application's session that comes with an answer. */
export const OPEN_SESSION = `
  INSERT INTO sessions (environment_id, id, origin, user_id, grant_id, digest, created_at, idle_expires_at)
  VALUES (p_environment, p_session, 'application', user_id, p_grant, p_session_digest, p_now, p_now + p_idle_timeout_ms);`;

/** Expired rows go along with ordinary writes; 0 rows for most of them, many for one in a few. */
export const PURGE = `IF p_purge_rows > 0 THEN PERFORM purge_expired(p_purge_before, p_purge_rows); END IF;`;

/** Names in SQL mean columns; parameters begin with p_. */
export const COLUMNS_FIRST = '#variable_conflict use_column';
