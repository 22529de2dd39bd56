import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { guardOwned } from './row-level-security.js';

/** Where else people prove who they are, and who they are there. An empty password hash is nobody's password. */
const STATEMENTS = [
  `CREATE TABLE identity_providers (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('oidc', 'saml')),
    name text COLLATE "C" NOT NULL,
    enabled smallint NOT NULL,
    settings text COLLATE "C" NOT NULL,
    email_domains text COLLATE "C" NOT NULL,
    first_name_attribute text COLLATE "C",
    last_name_attribute text COLLATE "C",
    email_attribute text COLLATE "C",
    federation_id_attribute text COLLATE "C",
    auto_provision smallint NOT NULL,
    update_names smallint NOT NULL,
    sealed_secret bytea,
    secret_key_id text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    last_used_at bigint,
    PRIMARY KEY (environment_id, id)
  ) WITH (fillfactor = 50)`,
  `CREATE TABLE federated_identities (
    environment_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    federation_id text COLLATE "C" NOT NULL,
    user_id uuid NOT NULL,
    linked_at bigint NOT NULL,
    PRIMARY KEY (environment_id, provider_id, federation_id),
    UNIQUE (environment_id, user_id, provider_id)
  )`,
  `ALTER TABLE environments ADD COLUMN single_sign_on text COLLATE "C" NOT NULL DEFAULT 'off'
    CHECK (single_sign_on IN ('off', 'offered', 'required'))`,
  `ALTER TABLE environments ADD COLUMN administrators_exempt smallint NOT NULL DEFAULT 0`,
  `ALTER TABLE users ADD COLUMN only_single_sign_on smallint NOT NULL DEFAULT 0`,
  `ALTER TABLE flows ADD COLUMN force_login smallint NOT NULL DEFAULT 0,
    ADD COLUMN provider_id uuid, ADD COLUMN provider_state_digest bytea,
    ADD COLUMN provider_memory text COLLATE "C"`,
  `CREATE INDEX flows_by_provider ON flows (environment_id, provider_id) WHERE provider_id IS NOT NULL`,
  `ALTER TABLE sessions ADD COLUMN provider_id uuid`,
  `CREATE INDEX sessions_by_provider ON sessions (environment_id, provider_id) WHERE provider_id IS NOT NULL`,
  ...guardOwned({
    identity_providers: 'SELECT, INSERT, UPDATE, DELETE',
    federated_identities: 'SELECT, INSERT, UPDATE, DELETE',
  }),
];

export const identityProviders: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
