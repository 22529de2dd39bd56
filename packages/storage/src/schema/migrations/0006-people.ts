import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** Second factors, links by e-mail, and what a flow remembers of a sign-in that is only half done. */
const STATEMENTS = [
  `CREATE TABLE second_factors (
    environment_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sealed_seed BLOB NOT NULL,
    key_id TEXT NOT NULL,
    last_used_step INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (environment_id, user_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE recovery_codes (
    environment_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (environment_id, user_id, digest)
  ) STRICT, WITHOUT ROWID`,
  // One row a user: a new link takes the place of the one before, and there is nothing to purge.
  `CREATE TABLE password_links (
    environment_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    digest BLOB NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'invitation')),
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (environment_id, user_id)
  ) STRICT, WITHOUT ROWID`,
  `ALTER TABLE users ADD COLUMN email TEXT`,
  `ALTER TABLE environments ADD COLUMN second_factor TEXT NOT NULL DEFAULT 'optional'
    CHECK (second_factor IN ('optional', 'required'))`,
  `ALTER TABLE flows ADD COLUMN proven_user_id TEXT`,
  `ALTER TABLE flows ADD COLUMN proven_by TEXT`,
  `ALTER TABLE flows ADD COLUMN proven_federation_id TEXT`,
  `ALTER TABLE flows ADD COLUMN proven_epoch INTEGER`,
  `ALTER TABLE flows ADD COLUMN proof_expires_at INTEGER`,
];

export const people: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
