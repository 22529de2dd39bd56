import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { AUTHORIZE, AUTHORIZE_REMEMBERED } from './functions/authorize.js';
import { FIND_SESSION } from './functions/find-session.js';
import { PURGE_EXPIRED } from './functions/purge-expired.js';
import { RECORD_USAGE } from './functions/record-usage.js';
import { REDEEM_AUTHORIZATION_CODE } from './functions/redeem-authorization-code.js';
import { REVOKE_ABUSED } from './functions/revoke-abused.js';
import { ROTATE_REFRESH_TOKEN } from './functions/rotate-refresh-token.js';
import { APPLICATION_ROLE, ROW_LEVEL_SECURITY } from './row-level-security.js';
import { TABLES } from './tables.js';

/** One for each operation of the hot path: a request is one call, one round trip, one transaction. */
const FUNCTIONS = [
  PURGE_EXPIRED,
  FIND_SESSION,
  AUTHORIZE,
  AUTHORIZE_REMEMBERED,
  REDEEM_AUTHORIZATION_CODE,
  ROTATE_REFRESH_TOKEN,
  REVOKE_ABUSED,
  RECORD_USAGE,
];

export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      ...TABLES,
      ...ROW_LEVEL_SECURITY,
      ...FUNCTIONS,
      `REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA fluxo FROM PUBLIC`,
      `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA fluxo TO ${APPLICATION_ROLE}`,
      `GRANT USAGE ON SCHEMA fluxo TO ${APPLICATION_ROLE}`,
      `GRANT SELECT ON kysely_migration TO ${APPLICATION_ROLE}`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
