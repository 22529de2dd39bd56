import { COLUMNS_FIRST, ENTER, PURGE } from './grant-rules.js';

/** An unused code's grant stays for an hour more, so that a late client is told what was late. */
const UNUSED_KEPT_MS = 3_600_000;

/**
 * User and application can't be deleted while a grant begins under them: the deletion waits, and then
 * finds the grant too. An epoch that moves meanwhile makes the grant a dead one.
 */
const MAY = `
  SELECT u.grant_epoch, a.remember_consent INTO v_epoch, v_remembers
  FROM users u JOIN applications a ON a.environment_id = p_environment AND a.id = p_application AND a.enabled = 1
  WHERE u.environment_id = p_environment AND u.id = p_user AND u.disabled_at IS NULL
  FOR KEY SHARE;`;

const BEGIN_GRANT = `
  INSERT INTO grants (environment_id, id, application_id, user_id, consent_id, user_epoch, authorized_at, redirect_uri,
    redirect_uri_sent, code_challenge, code_digest, code_expires_at, expires_at, purge_after)
  VALUES (p_environment, p_grant, p_application, p_user, v_consent, v_epoch, p_now, p_redirect_uri,
    p_redirect_uri_sent, p_code_challenge, p_code_digest, p_code_expires_at, p_expires_at,
    p_code_expires_at + ${UNUSED_KEPT_MS});
  INSERT INTO audit_events (environment_id, id, at, type, user_id, application_id, grant_id)
  VALUES (p_environment, p_audit, p_now, 'grant.authorized', p_user, p_application, p_grant);`;

/** The grant's identifier is nobody else's: this very call was asked before. */
const OWN = `EXISTS (SELECT 1 FROM grants WHERE environment_id = p_environment AND id = p_grant)`;

const PARAMETERS = `
  p_environment uuid, p_grant uuid, p_consent uuid, p_user uuid, p_application uuid, p_redirect_uri text,
  p_redirect_uri_sent smallint, p_code_challenge text, p_code_digest bytea, p_code_expires_at bigint,
  p_expires_at bigint, p_now bigint, p_audit uuid, p_consent_audit uuid, p_flow uuid, p_purge_before bigint,
  p_purge_rows integer`;

/** A flow is answered once: of several answers only the first finds it. A consent that stands stays the same one. */
export const AUTHORIZE = `
CREATE FUNCTION authorize(${PARAMETERS}) RETURNS text LANGUAGE plpgsql AS $$
${COLUMNS_FIRST}
DECLARE
  v_epoch integer;
  v_remembers smallint;
  v_consent uuid;
BEGIN
  ${ENTER}
  ${MAY}
  IF NOT FOUND THEN RETURN 'refused'; END IF;
  DELETE FROM flows
  WHERE environment_id = p_environment AND id = p_flow AND user_id = p_user AND expires_at > p_now;
  IF NOT FOUND THEN RETURN CASE WHEN ${OWN} THEN 'own' ELSE 'refused' END; END IF;
  INSERT INTO consents (environment_id, id, user_id, application_id, consented_at, remembered_redirect_uri)
  VALUES (p_environment, p_consent, p_user, p_application, p_now, CASE WHEN v_remembers = 1 THEN p_redirect_uri END)
  ON CONFLICT (environment_id, user_id, application_id)
    DO UPDATE SET remembered_redirect_uri = excluded.remembered_redirect_uri
  RETURNING id INTO v_consent;
  IF v_consent = p_consent THEN
    INSERT INTO audit_events (environment_id, id, at, type, user_id, application_id, grant_id)
    VALUES (p_environment, p_consent_audit, p_now, 'consent.given', p_user, p_application, p_grant);
  END IF;
  ${BEGIN_GRANT}
  ${PURGE}
  RETURN 'authorized';
END $$`;

/** Without asking: only while a consent stands that remembers this very redirect URL. */
export const AUTHORIZE_REMEMBERED = `
CREATE FUNCTION authorize_remembered(${PARAMETERS}) RETURNS text LANGUAGE plpgsql AS $$
${COLUMNS_FIRST}
DECLARE
  v_epoch integer;
  v_remembers smallint;
  v_consent uuid;
BEGIN
  ${ENTER}
  ${MAY}
  IF v_remembers IS DISTINCT FROM 1 THEN RETURN 'refused'; END IF;
  SELECT id INTO v_consent FROM consents
  WHERE environment_id = p_environment AND user_id = p_user AND application_id = p_application
    AND remembered_redirect_uri = p_redirect_uri
  FOR KEY SHARE;
  IF NOT FOUND THEN RETURN 'refused'; END IF;
  IF ${OWN} THEN RETURN 'own'; END IF;
  ${BEGIN_GRANT}
  ${PURGE}
  RETURN 'authorized';
END $$`;
