import { DAY_MS } from '@fluxo/core';
import { REVOKED_GRANT_KEPT_MS } from '../../../operations/grant-kept.js';

/**
 * A grant ends by inactivity unless its user comes back, and its policy may have changed: one that isn't over yet
 * is looked at again when it would be.
 */
const POSTPONE = `
  WITH due AS (
    SELECT g.id, least(g.expires_at, g.authorized_at + a.refresh_absolute_days * ${DAY_MS}::bigint,
      u.last_active_at + a.refresh_inactivity_days * ${DAY_MS}::bigint) + ${REVOKED_GRANT_KEPT_MS} AS purge_after
    FROM (SELECT * FROM grants WHERE environment_id = v_environment AND purge_after < p_before
      ORDER BY purge_after LIMIT p_rows FOR UPDATE SKIP LOCKED) g
    JOIN users u ON u.environment_id = v_environment AND u.id = g.user_id AND u.grant_epoch = g.user_epoch
    JOIN applications a ON a.environment_id = v_environment AND a.id = g.application_id
    WHERE g.revoked_at IS NULL AND g.redeemed_at IS NOT NULL
  )
  UPDATE grants SET purge_after = due.purge_after FROM due
  WHERE grants.environment_id = v_environment AND grants.id = due.id
    AND coalesce(due.purge_after >= p_before, true);`;

const TABLES = [
  ['sessions', 'id', 'idle_expires_at'],
  ['flows', 'id', 'expires_at'],
  ['grants', 'id', 'purge_after'],
  ['throttles', 'key', 'window_ends_at'],
] as const;
const USED_ONCE = ['used_once', 'digest', 'purge_after'] as const;

/**
 * What has expired goes in small batches along with ordinary writes of the same environment. What another
 * transaction holds is left for the next one: a purge waits for nobody.
 */
const purging = (
  create: 'CREATE' | 'CREATE OR REPLACE',
  tables: readonly (readonly [table: string, key: string, expiry: string])[],
): string => `
${create} FUNCTION purge_expired(p_before bigint, p_rows integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_environment CONSTANT uuid := current_setting('fluxo.environment_id')::uuid;
BEGIN
${POSTPONE}
${tables
  .map(
    ([table, key, expiry]) => `
  DELETE FROM ${table} WHERE environment_id = v_environment AND ${key} IN (
    SELECT ${key} FROM ${table} WHERE environment_id = v_environment AND ${expiry} < p_before
    ORDER BY ${expiry} LIMIT p_rows FOR UPDATE SKIP LOCKED);`,
  )
  .join('')}
END $$`;

export const PURGE_EXPIRED = purging('CREATE', TABLES);
/** Since 0004. */
export const PURGE_USED_ONCE_TOO = purging('CREATE OR REPLACE', [...TABLES, USED_ONCE]);
