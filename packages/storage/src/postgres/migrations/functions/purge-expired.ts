const TABLES = [
  ['sessions', 'id', 'idle_expires_at'],
  ['flows', 'id', 'expires_at'],
  ['grants', 'id', 'purge_after'],
  ['throttles', 'key', 'window_ends_at'],
] as const;

/**
 * What has expired goes in small batches along with ordinary writes of the same environment. What another
 * transaction holds is left for the next one: a purge waits for nobody.
 */
export const PURGE_EXPIRED = `
CREATE FUNCTION purge_expired(p_before bigint, p_rows integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_environment CONSTANT uuid := current_setting('fluxo.environment_id')::uuid;
BEGIN
${TABLES.map(
  ([table, key, expiry]) => `
  DELETE FROM ${table} WHERE environment_id = v_environment AND ${key} IN (
    SELECT ${key} FROM ${table} WHERE environment_id = v_environment AND ${expiry} < p_before
    ORDER BY ${expiry} LIMIT p_rows FOR UPDATE SKIP LOCKED);`,
).join('')}
END $$`;
