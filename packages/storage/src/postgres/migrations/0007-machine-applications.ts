import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { FIND_SESSION_BY_KEY_TOO } from './functions/find-session.js';
import { guardOwned } from './row-level-security.js';

/** Applications that sign JWTs, and the public keys that they are known by. */
const STATEMENTS = [
  `ALTER TABLE applications DROP CONSTRAINT applications_kind_check`,
  `ALTER TABLE applications
    ADD CONSTRAINT applications_kind_check CHECK (kind IN ('web', 'spa', 'machine')),
    ADD COLUMN introspect_environment smallint NOT NULL DEFAULT 0,
    ADD COLUMN admin_api smallint NOT NULL DEFAULT 0`,
  `CREATE TABLE application_keys (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    registered_by uuid NOT NULL,
    consent_id uuid NOT NULL,
    algorithm text COLLATE "C" NOT NULL,
    public_key bytea NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    note text COLLATE "C",
    created_at bigint NOT NULL,
    last_used_at bigint,
    deleted_at bigint,
    PRIMARY KEY (environment_id, id)
  ) WITH (fillfactor = 50)`,
  `CREATE INDEX application_keys_by_application ON application_keys (environment_id, application_id)`,
  `CREATE INDEX application_keys_by_user ON application_keys (environment_id, registered_by, application_id)`,
  `CREATE INDEX application_keys_by_consent ON application_keys (environment_id, consent_id) WHERE deleted_at IS NULL`,
  `CREATE UNIQUE INDEX application_keys_by_fingerprint ON application_keys (environment_id, application_id, fingerprint)
    WHERE deleted_at IS NULL`,
  ...guardOwned({ application_keys: 'SELECT, INSERT, UPDATE, DELETE' }),
  `ALTER TABLE grants ADD COLUMN application_key_id uuid`,
  `ALTER TABLE environments ADD COLUMN max_applications integer NOT NULL DEFAULT 10`,
  FIND_SESSION_BY_KEY_TOO,
];

export const machineApplications: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
