import {
  COLUMNS_FIRST,
  ENTER,
  GRANT_LIFE,
  LOCK_GRANT,
  NOT_EXPIRED,
  OPEN_SESSION,
  PURGE,
  STANDS,
} from './grant-rules.js';

const CURRENT_AND_ALIVE = `
  grants.environment_id = p_environment AND grants.id = p_grant AND grants.application_id = p_application
  AND grants.generation = p_generation AND grants.current_digest = p_digest
  AND ${STANDS} AND ${NOT_EXPIRED}`;

const INTO_LIFE = `
  RETURNING ${GRANT_LIFE}
  INTO rotate_refresh_token.user_id, rotate_refresh_token.authorized_at, rotate_refresh_token.expires_at,
    rotate_refresh_token.user_last_active_at`;

/**
 * Of many refreshes with one token exactly one finds it current. Without a successor the token stays; if it
 * came by a rotation, its use shows that the rotation's answer arrived. Whoever did not win gets the row
 * to judge by, and the session that a repeat is answered with.
 */
export const ROTATE_REFRESH_TOKEN = `
CREATE FUNCTION rotate_refresh_token(
  p_environment uuid, p_grant uuid, p_application uuid, p_generation integer, p_digest bytea,
  p_successor_digest bytea, p_key_id text, p_session uuid, p_session_digest bytea, p_idle_timeout_ms bigint,
  p_absolute_ms bigint, p_inactivity_ms bigint, p_now bigint, p_purge_before bigint, p_purge_rows integer
) RETURNS TABLE (
  won boolean, user_id uuid, authorized_at bigint, expires_at bigint, user_last_active_at bigint,
  application_id uuid, generation integer, current_digest bytea, previous_digest bytea, rotated_at bigint,
  successor_used_at bigint, key_id text, stands boolean, session_id uuid, session_created_at bigint
) LANGUAGE plpgsql AS $$
${COLUMNS_FIRST}
BEGIN
  ${ENTER}
  ${LOCK_GRANT}
  IF p_successor_digest IS NULL THEN
    UPDATE grants SET refreshes = grants.refreshes + 1, successor_used_at = coalesce(grants.successor_used_at, p_now)
    WHERE ${CURRENT_AND_ALIVE} ${INTO_LIFE};
  ELSE
    UPDATE grants SET generation = grants.generation + 1, previous_digest = grants.current_digest,
      current_digest = p_successor_digest, rotated_at = p_now, successor_session_id = p_session,
      successor_used_at = NULL, key_id = p_key_id, refreshes = grants.refreshes + 1
    WHERE ${CURRENT_AND_ALIVE} ${INTO_LIFE};
  END IF;
  IF NOT FOUND THEN
    RETURN QUERY SELECT false, ${GRANT_LIFE}, grants.application_id, grants.generation, grants.current_digest,
      grants.previous_digest, grants.rotated_at, grants.successor_used_at, grants.key_id, ${STANDS}, s.id, s.created_at
    FROM grants LEFT JOIN sessions s
      ON s.environment_id = p_environment AND s.id = grants.successor_session_id AND s.ended_at IS NULL
    WHERE grants.environment_id = p_environment AND grants.id = p_grant;
    RETURN;
  END IF;
  ${OPEN_SESSION}
  ${PURGE}
  won := true;
  RETURN NEXT;
END $$`;
