import { COLUMNS_FIRST } from './grant-rules.js';

/**
 * Times only move forward. Rows are taken in one order everywhere (environments, then users, sessions, grants,
 * secrets, each by identifier), so that two nodes that write their notes never wait for each other in a circle.
 * The first use of a successor's session closes the window in which its refresh may be repeated.
 */
export const RECORD_USAGE = `
CREATE FUNCTION record_usage(p_batch text) RETURNS void LANGUAGE plpgsql AS $$
${COLUMNS_FIRST}
DECLARE
  part record;
  use record;
BEGIN
  FOR part IN
    SELECT * FROM jsonb_to_recordset(p_batch::jsonb) AS p(environment uuid, sessions jsonb, secrets jsonb) ORDER BY environment
  LOOP
    PERFORM set_config('fluxo.environment_id', part.environment::text, true);
    FOR use IN
      SELECT s."userId" AS id, max(s.at) AS at
      FROM jsonb_to_recordset(part.sessions) AS s("userId" uuid, origin text, at bigint)
      WHERE s.origin = 'browser' GROUP BY s."userId" ORDER BY s."userId"
    LOOP
      UPDATE users SET last_active_at = use.at
      WHERE environment_id = part.environment AND id = use.id AND last_active_at < use.at;
    END LOOP;
    FOR use IN
      SELECT * FROM jsonb_to_recordset(part.sessions)
        AS s("sessionId" uuid, at bigint, "idleExpiresAt" bigint) ORDER BY s."sessionId"
    LOOP
      UPDATE sessions SET last_used_at = greatest(last_used_at, use.at),
        idle_expires_at = greatest(idle_expires_at, use."idleExpiresAt")
      WHERE environment_id = part.environment AND id = use."sessionId";
    END LOOP;
    FOR use IN
      SELECT * FROM jsonb_to_recordset(part.sessions)
        AS s("grantId" uuid, "sessionId" uuid, first boolean, at bigint)
      WHERE s."grantId" IS NOT NULL ORDER BY s."grantId", s."sessionId"
    LOOP
      UPDATE grants SET last_used_at = greatest(last_used_at, use.at),
        successor_used_at = CASE WHEN use.first AND successor_session_id = use."sessionId"
          THEN coalesce(successor_used_at, use.at) ELSE successor_used_at END
      WHERE environment_id = part.environment AND id = use."grantId";
    END LOOP;
    FOR use IN
      SELECT * FROM jsonb_to_recordset(part.secrets) AS s(id uuid, at bigint) ORDER BY s.id
    LOOP
      UPDATE application_secrets SET last_used_at = greatest(last_used_at, use.at)
      WHERE environment_id = part.environment AND id = use.id;
    END LOOP;
  END LOOP;
END $$`;
