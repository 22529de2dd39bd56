import { REVOKED_GRANT_KEPT_MS } from '../../../operations/grant-kept.js';
import { COLUMNS_FIRST, ENTER } from './grant-rules.js';

/**
 * A code or a refresh token was used once too often (RFC 6749 §4.1.2, RFC 9700 §4.14.2): the grant ends, the
 * person is asked again, the audit trail has it once. What was judged to be abuse stays abuse: a redeemed
 * code is never unredeemed and a superseded generation never current again, so this may be a call of its own.
 */
export const REVOKE_ABUSED = `
CREATE FUNCTION revoke_abused(
  p_environment uuid, p_grant uuid, p_application uuid, p_now bigint, p_reason text, p_type text, p_detail text,
  p_audit uuid
) RETURNS void LANGUAGE plpgsql AS $$
${COLUMNS_FIRST}
DECLARE
  v_user uuid;
  v_consent uuid;
BEGIN
  ${ENTER}
  UPDATE grants SET revoked_at = p_now, revoked_reason = p_reason, purge_after = p_now + ${REVOKED_GRANT_KEPT_MS}
  WHERE environment_id = p_environment AND id = p_grant AND revoked_at IS NULL
  RETURNING user_id, consent_id INTO v_user, v_consent;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE consents SET remembered_redirect_uri = NULL WHERE environment_id = p_environment AND id = v_consent;
  INSERT INTO audit_events (environment_id, id, at, type, user_id, application_id, grant_id, detail)
  VALUES (p_environment, p_audit, p_now, p_type, v_user, p_application, p_grant, p_detail);
END $$`;
