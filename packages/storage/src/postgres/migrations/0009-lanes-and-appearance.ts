import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { APPLICATION_ROLE, guardOwned } from './row-level-security.js';

/** Keys of operators, what an application was copied from, and how an organization's pages look. */
const STATEMENTS = [
  // Asked before any environment is known, like key_fingerprints.
  `CREATE TABLE operator_keys (
    id uuid PRIMARY KEY,
    digest bytea,
    note text COLLATE "C",
    last_characters text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint,
    deleted_at bigint
  )`,
  `GRANT SELECT, INSERT, UPDATE ON operator_keys TO ${APPLICATION_ROLE}`,
  `ALTER TABLE applications ADD COLUMN copied_from uuid`,
  `ALTER TABLE environments ADD COLUMN accent_color text COLLATE "C"`,
  `ALTER TABLE environments ADD COLUMN logo_version text COLLATE "C"`,
  `CREATE TABLE environment_logos (
    environment_id uuid PRIMARY KEY,
    version text COLLATE "C" NOT NULL,
    png bytea NOT NULL
  )`,
  ...guardOwned({ environment_logos: 'SELECT, INSERT, UPDATE, DELETE' }),
];

export const lanesAndAppearance: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
