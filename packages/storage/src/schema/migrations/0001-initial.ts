import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/**
 * Rows are found by identifiers alone (each table's key) and belong to an environment (a condition of
 * every statement). Ordered identifiers as clustered keys make inserts append.
 */
const STATEMENTS = [
  `CREATE TABLE environments (
    id TEXT NOT NULL PRIMARY KEY,
    domain TEXT NOT NULL,
    lane TEXT NOT NULL,
    name TEXT NOT NULL,
    session_idle_timeout_ms INTEGER NOT NULL,
    session_total_age_ms INTEGER NOT NULL,
    session_id_in_query INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX environments_by_name ON environments (domain, lane)`,

  `CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    name TEXT NOT NULL,
    administrator INTEGER NOT NULL,
    password_hash TEXT NOT NULL,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    session_epoch INTEGER NOT NULL DEFAULT 0,
    grant_epoch INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX users_by_username ON users (environment_id, username_key)`,

  `CREATE TABLE applications (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('web', 'spa')),
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
    logo_version TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX applications_by_environment ON applications (environment_id)`,

  `CREATE TABLE application_logos (
    application_id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    version TEXT NOT NULL,
    png BLOB NOT NULL
  ) STRICT`,

  `CREATE TABLE redirect_urls (
    application_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    environment_id TEXT NOT NULL,
    url TEXT NOT NULL,
    origin TEXT,
    PRIMARY KEY (application_id, position)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX redirect_urls_by_origin ON redirect_urls (environment_id, origin)`,

  `CREATE TABLE application_secrets (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    application_id TEXT NOT NULL,
    digest BLOB,
    note TEXT,
    last_characters TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    deleted_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX application_secrets_by_application ON application_secrets (application_id)`,

  `CREATE TABLE consents (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    application_id TEXT NOT NULL,
    consented_at INTEGER NOT NULL,
    remembered_redirect_uri TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX consents_by_parties ON consents (user_id, application_id)`,

  `CREATE TABLE grants (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    application_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    consent_id TEXT NOT NULL,
    user_epoch INTEGER NOT NULL,
    authorized_at INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL,
    redirect_uri_sent INTEGER NOT NULL,
    code_challenge TEXT,
    code_digest BLOB NOT NULL,
    code_expires_at INTEGER NOT NULL,
    redeemed_at INTEGER,
    expires_at INTEGER,
    generation INTEGER NOT NULL DEFAULT 0,
    current_digest BLOB,
    previous_digest BLOB,
    rotated_at INTEGER,
    successor_session_id TEXT,
    successor_used_at INTEGER,
    key_id TEXT,
    refreshes INTEGER NOT NULL DEFAULT 0,
    last_used_at INTEGER,
    revoked_at INTEGER,
    revoked_reason TEXT,
    purge_after INTEGER
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX grants_by_parties ON grants (user_id, application_id)`,
  `CREATE INDEX grants_by_application ON grants (application_id)`,
  `CREATE INDEX grants_to_purge ON grants (purge_after) WHERE purge_after IS NOT NULL`,

  `CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('browser', 'application')),
    user_id TEXT NOT NULL,
    grant_id TEXT,
    digest BLOB NOT NULL,
    epoch INTEGER,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    ended_at INTEGER,
    user_agent TEXT,
    idle_expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX sessions_to_purge ON sessions (idle_expires_at)`,
  `CREATE INDEX browser_sessions_by_user ON sessions (user_id) WHERE origin = 'browser'`,

  `CREATE TABLE flows (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    digest BLOB NOT NULL,
    browser_digest BLOB NOT NULL,
    username TEXT,
    user_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    local_page TEXT,
    ui_locales TEXT,
    family TEXT,
    application_id TEXT,
    redirect_uri TEXT,
    redirect_uri_sent INTEGER NOT NULL,
    state TEXT,
    code_challenge TEXT,
    always_ask INTEGER NOT NULL,
    login_hint TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX flows_to_purge ON flows (expires_at)`,

  `CREATE TABLE throttles (
    environment_id TEXT NOT NULL,
    key BLOB NOT NULL,
    window_started_at INTEGER NOT NULL,
    window_ends_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (environment_id, key)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX throttles_to_purge ON throttles (window_ends_at)`,

  `CREATE TABLE audit_events (
    id TEXT NOT NULL PRIMARY KEY,
    environment_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    user_id TEXT,
    application_id TEXT,
    grant_id TEXT,
    detail TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX audit_events_by_environment ON audit_events (environment_id, id)`,

  `CREATE TABLE projects (
    environment_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    percent_complete REAL NOT NULL,
    priority INTEGER NOT NULL,
    planned_start_date INTEGER,
    planned_completion_date INTEGER,
    PRIMARY KEY (environment_id, id)
  ) STRICT, WITHOUT ROWID`,
];

export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
