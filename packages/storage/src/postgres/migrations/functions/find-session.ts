import { COLUMNS_FIRST, ENTER } from './grant-rules.js';

/** One read of the session and of every state above it: five look-ups by key. */
const finding = (create: 'CREATE' | 'CREATE OR REPLACE', keyStands: string): string => `
${create} FUNCTION find_session(p_environment uuid, p_session uuid) RETURNS TABLE (
  origin text, digest bytea, created_at bigint, last_used_at bigint, ended_at bigint, user_agent text,
  user_allows boolean, user_id uuid, username text, name text, administrator smallint, last_active_at bigint,
  grant_id uuid, application_id uuid, consent_id uuid, stands boolean, authorized_at bigint, expires_at bigint,
  refresh_rotation smallint, refresh_absolute_days integer, refresh_inactivity_days integer, token_type text
) LANGUAGE plpgsql AS $$
${COLUMNS_FIRST}
BEGIN
  ${ENTER}
  RETURN QUERY
  SELECT s.origin, s.digest, s.created_at, s.last_used_at, s.ended_at, s.user_agent,
    u.disabled_at IS NULL AND (s.origin = 'application' OR s.epoch = u.session_epoch),
    u.id, u.username, u.name, u.administrator, u.last_active_at,
    g.id, g.application_id, g.consent_id,
    g.revoked_at IS NULL AND g.user_epoch = u.grant_epoch AND a.enabled = 1
      AND EXISTS (SELECT 1 FROM consents c WHERE c.environment_id = p_environment AND c.id = g.consent_id)${keyStands},
    g.authorized_at, g.expires_at, a.refresh_rotation, a.refresh_absolute_days, a.refresh_inactivity_days, a.token_type
  FROM sessions s
  JOIN users u ON u.environment_id = p_environment AND u.id = s.user_id
  LEFT JOIN grants g ON g.environment_id = p_environment AND g.id = s.grant_id
  LEFT JOIN applications a ON a.environment_id = p_environment AND a.id = g.application_id
  WHERE s.environment_id = p_environment AND s.id = p_session;
END $$`;

/** What a JWT began is dead with the key that signed it. */
const KEY_STANDS = `
      AND (g.application_key_id IS NULL OR EXISTS (SELECT 1 FROM application_keys k
        WHERE k.environment_id = p_environment AND k.id = g.application_key_id AND k.deleted_at IS NULL))`;

export const FIND_SESSION = finding('CREATE', '');
/** Since 0007. */
export const FIND_SESSION_BY_KEY_TOO = finding('CREATE OR REPLACE', KEY_STANDS);
