import { REVOKED_GRANT_KEPT_MS } from '../../../operations/grant-kept.js';
import {
  COLUMNS_FIRST,
  ENDS_BY_POLICY,
  ENTER,
  GRANT_LIFE,
  LOCK_GRANT,
  NOT_EXPIRED,
  OPEN_SESSION,
  PURGE,
  STANDS,
} from './grant-rules.js';

/**
 * Single use is the condition of the UPDATE: of many redemptions exactly one changes the row. Whoever did
 * not win gets the row to judge by; `own` says that the row has what this very call would have put there.
 */
export const REDEEM_AUTHORIZATION_CODE = `
CREATE FUNCTION redeem_authorization_code(
  p_environment uuid, p_grant uuid, p_application uuid, p_code_digest bytea, p_redirect_uri text,
  p_code_challenge text, p_refresh_digest bytea, p_key_id text, p_session uuid, p_session_digest bytea,
  p_idle_timeout_ms bigint, p_absolute_ms bigint, p_inactivity_ms bigint, p_now bigint, p_audit uuid,
  p_purge_before bigint, p_purge_rows integer
) RETURNS TABLE (
  won boolean, user_id uuid, authorized_at bigint, expires_at bigint, user_last_active_at bigint, own boolean,
  application_id uuid, code_digest bytea, code_expires_at bigint, redeemed_at bigint, redirect_uri text,
  redirect_uri_sent boolean, code_challenge text, stands boolean
) LANGUAGE plpgsql AS $$
${COLUMNS_FIRST}
BEGIN
  ${ENTER}
  ${LOCK_GRANT}
  UPDATE grants SET redeemed_at = p_now, generation = 1, current_digest = p_refresh_digest, key_id = p_key_id,
    successor_session_id = p_session, purge_after = ${ENDS_BY_POLICY} + ${REVOKED_GRANT_KEPT_MS}
  WHERE grants.environment_id = p_environment AND grants.id = p_grant AND grants.application_id = p_application
    AND grants.code_digest = p_code_digest AND grants.redeemed_at IS NULL AND grants.code_expires_at > p_now
    AND (grants.redirect_uri = p_redirect_uri OR (p_redirect_uri IS NULL AND grants.redirect_uri_sent = 0))
    AND grants.code_challenge IS NOT DISTINCT FROM p_code_challenge
    AND ${STANDS} AND ${NOT_EXPIRED}
  RETURNING ${GRANT_LIFE}
  INTO redeem_authorization_code.user_id, redeem_authorization_code.authorized_at,
    redeem_authorization_code.expires_at, redeem_authorization_code.user_last_active_at;
  IF NOT FOUND THEN
    RETURN QUERY SELECT false, ${GRANT_LIFE},
      coalesce(grants.generation = 1 AND grants.current_digest = p_refresh_digest, false),
      grants.application_id, grants.code_digest, grants.code_expires_at, grants.redeemed_at, grants.redirect_uri,
      grants.redirect_uri_sent = 1, grants.code_challenge, ${STANDS} AND ${NOT_EXPIRED}
    FROM grants WHERE grants.environment_id = p_environment AND grants.id = p_grant;
    RETURN;
  END IF;
  ${OPEN_SESSION}
  INSERT INTO audit_events (environment_id, id, at, type, user_id, application_id, grant_id)
  VALUES (p_environment, p_audit, p_now, 'grant.redeemed', redeem_authorization_code.user_id, p_application, p_grant);
  ${PURGE}
  won := true;
  RETURN NEXT;
END $$`;
