import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/**
 * Applications that sign JWTs, and the public keys that they are known by. SQLite can't change a CHECK: the table of
 * applications is made anew and filled from the old one.
 */
const COLUMNS = `id, environment_id, kind, name, description, description_url, privacy_url, terms_url, developer_name,
    developer_email, refresh_rotation, refresh_absolute_days, refresh_inactivity_days, remember_consent, token_type,
    enabled, logo_version, created_at, updated_at`;

const STATEMENTS = [
  `CREATE TABLE applications_anew (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('web', 'spa', 'machine')),
    name TEXT NOT NULL,
    description TEXT,
    description_url TEXT,
    privacy_url TEXT,
    terms_url TEXT,
    developer_name TEXT,
    developer_email TEXT,
    refresh_rotation INTEGER NOT NULL,
    refresh_absolute_days INTEGER,
    refresh_inactivity_days INTEGER,
    remember_consent INTEGER NOT NULL,
    token_type TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    introspect_environment INTEGER NOT NULL DEFAULT 0,
    admin_api INTEGER NOT NULL DEFAULT 0,
    logo_version TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO applications_anew (${COLUMNS}) SELECT ${COLUMNS} FROM applications`,
  `DROP TABLE applications`,
  `ALTER TABLE applications_anew RENAME TO applications`,
  `CREATE INDEX applications_by_environment ON applications (environment_id)`,
  `CREATE TABLE application_keys (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    application_id TEXT NOT NULL,
    registered_by TEXT NOT NULL,
    consent_id TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    public_key BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    note TEXT,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    deleted_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX application_keys_by_application ON application_keys (application_id)`,
  `CREATE INDEX application_keys_by_user ON application_keys (registered_by, application_id)`,
  `CREATE INDEX application_keys_by_consent ON application_keys (consent_id) WHERE deleted_at IS NULL`,
  `CREATE UNIQUE INDEX application_keys_by_fingerprint ON application_keys (application_id, fingerprint)
    WHERE deleted_at IS NULL`,
  `ALTER TABLE grants ADD COLUMN application_key_id TEXT`,
  `ALTER TABLE environments ADD COLUMN max_applications INTEGER NOT NULL DEFAULT 10`,
];

export const machineApplications: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
