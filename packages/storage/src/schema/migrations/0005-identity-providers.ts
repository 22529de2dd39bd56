import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** Where else people prove who they are, and who they are there. An empty password hash is nobody's password. */
const STATEMENTS = [
  `CREATE TABLE identity_providers (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('oidc', 'saml')),
    name TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    settings TEXT NOT NULL,
    email_domains TEXT NOT NULL,
    first_name_attribute TEXT,
    last_name_attribute TEXT,
    email_attribute TEXT,
    federation_id_attribute TEXT,
    auto_provision INTEGER NOT NULL,
    update_names INTEGER NOT NULL,
    sealed_secret BLOB,
    secret_key_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_used_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX identity_providers_by_environment ON identity_providers (environment_id)`,
  `CREATE TABLE federated_identities (
    provider_id TEXT NOT NULL,
    federation_id TEXT NOT NULL,
    environment_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, federation_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX federated_identities_by_user ON federated_identities (user_id, provider_id)`,
  `ALTER TABLE environments ADD COLUMN single_sign_on TEXT NOT NULL DEFAULT 'off'
    CHECK (single_sign_on IN ('off', 'offered', 'required'))`,
  `ALTER TABLE environments ADD COLUMN administrators_exempt INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE users ADD COLUMN only_single_sign_on INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE flows ADD COLUMN force_login INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE flows ADD COLUMN provider_id TEXT`,
  `ALTER TABLE flows ADD COLUMN provider_state_digest BLOB`,
  `ALTER TABLE flows ADD COLUMN provider_memory TEXT`,
  `CREATE INDEX flows_by_provider ON flows (provider_id) WHERE provider_id IS NOT NULL`,
  `ALTER TABLE sessions ADD COLUMN provider_id TEXT`,
  `CREATE INDEX sessions_by_provider ON sessions (provider_id) WHERE provider_id IS NOT NULL`,
];

export const identityProviders: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
