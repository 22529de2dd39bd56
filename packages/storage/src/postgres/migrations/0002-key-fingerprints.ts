import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { APPLICATION_ROLE } from './row-level-security.js';

/** Which secret keys the database has known: a node that lacks one of them would lose what it signed. */
const STATEMENTS = [
  `CREATE TABLE key_fingerprints (
    key_id text COLLATE "C" PRIMARY KEY,
    first_seen_at bigint NOT NULL,
    retired_at bigint
  )`,
  `GRANT SELECT, INSERT, UPDATE ON key_fingerprints TO ${APPLICATION_ROLE}`,
];

export const keyFingerprints: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
