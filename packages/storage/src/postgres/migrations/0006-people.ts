import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { guardOwned } from './row-level-security.js';

/** Second factors, links by e-mail, and what a flow remembers of a sign-in that is only half done. */
const STATEMENTS = [
  `CREATE TABLE second_factors (
    environment_id uuid NOT NULL,
    user_id uuid NOT NULL,
    sealed_seed bytea NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    last_used_step bigint NOT NULL,
    added_at bigint NOT NULL,
    PRIMARY KEY (environment_id, user_id)
  ) WITH (fillfactor = 80)`,
  `CREATE TABLE recovery_codes (
    environment_id uuid NOT NULL,
    user_id uuid NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (environment_id, user_id, digest)
  )`,
  // One row a user: a new link takes the place of the one before, and there is nothing to purge.
  `CREATE TABLE password_links (
    environment_id uuid NOT NULL,
    user_id uuid NOT NULL,
    digest bytea NOT NULL,
    purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('reset', 'invitation')),
    expires_at bigint NOT NULL,
    PRIMARY KEY (environment_id, user_id)
  )`,
  ...guardOwned({
    second_factors: 'SELECT, INSERT, UPDATE, DELETE',
    recovery_codes: 'SELECT, INSERT, UPDATE, DELETE',
    password_links: 'SELECT, INSERT, UPDATE, DELETE',
  }),
  `ALTER TABLE users ADD COLUMN email text COLLATE "C"`,
  `ALTER TABLE environments ADD COLUMN second_factor text COLLATE "C" NOT NULL DEFAULT 'optional'
    CHECK (second_factor IN ('optional', 'required'))`,
  `ALTER TABLE flows ADD COLUMN proven_user_id uuid`,
  `ALTER TABLE flows ADD COLUMN proven_by text COLLATE "C"`,
  `ALTER TABLE flows ADD COLUMN proven_federation_id text COLLATE "C"`,
  `ALTER TABLE flows ADD COLUMN proven_epoch integer`,
  `ALTER TABLE flows ADD COLUMN proof_expires_at bigint`,
];

export const people: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
