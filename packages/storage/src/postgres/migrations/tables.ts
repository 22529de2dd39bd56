/**
 * The same columns as SQLite's, with PostgreSQL's types. Every key of what belongs to an environment begins
 * with it, so that a distributed database can keep an environment's rows together; text sorts by its bytes,
 * as in SQLite, whatever the cluster's language is.
 */
export const TABLES = [
  `CREATE TABLE environments (
    id uuid PRIMARY KEY,
    domain text COLLATE "C" NOT NULL,
    lane text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    session_idle_timeout_ms bigint NOT NULL,
    session_total_age_ms bigint NOT NULL,
    session_id_in_query smallint NOT NULL,
    created_at bigint NOT NULL,
    UNIQUE (domain, lane)
  )`,

  `CREATE TABLE users (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    username text COLLATE "C" NOT NULL,
    username_key text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    administrator smallint NOT NULL,
    password_hash text COLLATE "C" NOT NULL,
    disabled_at bigint,
    created_at bigint NOT NULL,
    last_active_at bigint NOT NULL,
    session_epoch integer NOT NULL DEFAULT 0,
    grant_epoch integer NOT NULL DEFAULT 0,
    PRIMARY KEY (environment_id, id),
    UNIQUE (environment_id, username_key)
  ) WITH (fillfactor = 80)`,

  `CREATE TABLE applications (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('web', 'spa')),
    name text COLLATE "C" NOT NULL,
    description text COLLATE "C",
    description_url text COLLATE "C",
    privacy_url text COLLATE "C",
    terms_url text COLLATE "C",
    developer_name text COLLATE "C",
    developer_email text COLLATE "C",
    refresh_rotation smallint NOT NULL,
    refresh_absolute_days integer,
    refresh_inactivity_days integer,
    remember_consent smallint NOT NULL,
    token_type text COLLATE "C" NOT NULL,
    enabled smallint NOT NULL,
    logo_version text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (environment_id, id)
  )`,

  // Which environment an application belongs to: asked before any environment is known, so no policy guards it.
  `CREATE TABLE application_directory (
    application_id uuid PRIMARY KEY,
    environment_id uuid NOT NULL
  )`,

  `CREATE TABLE application_logos (
    environment_id uuid NOT NULL,
    application_id uuid NOT NULL,
    version text COLLATE "C" NOT NULL,
    png bytea NOT NULL,
    PRIMARY KEY (environment_id, application_id)
  )`,

  `CREATE TABLE redirect_urls (
    environment_id uuid NOT NULL,
    application_id uuid NOT NULL,
    position integer NOT NULL,
    url text COLLATE "C" NOT NULL,
    origin text COLLATE "C",
    PRIMARY KEY (environment_id, application_id, position)
  )`,
  `CREATE INDEX redirect_urls_by_origin ON redirect_urls (environment_id, origin)`,

  `CREATE TABLE application_secrets (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    digest bytea,
    note text COLLATE "C",
    last_characters text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint,
    deleted_at bigint,
    PRIMARY KEY (environment_id, id)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX application_secrets_by_application ON application_secrets (environment_id, application_id)`,

  `CREATE TABLE consents (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    application_id uuid NOT NULL,
    consented_at bigint NOT NULL,
    remembered_redirect_uri text COLLATE "C",
    PRIMARY KEY (environment_id, id),
    UNIQUE (environment_id, user_id, application_id)
  )`,

  // A refresh changes no indexed column: with room on its page the new version of the row needs no index entry.
  `CREATE TABLE grants (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    user_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    user_epoch integer NOT NULL,
    authorized_at bigint NOT NULL,
    redirect_uri text COLLATE "C" NOT NULL,
    redirect_uri_sent smallint NOT NULL,
    code_challenge text COLLATE "C",
    code_digest bytea NOT NULL,
    code_expires_at bigint NOT NULL,
    redeemed_at bigint,
    expires_at bigint,
    generation integer NOT NULL DEFAULT 0,
    current_digest bytea,
    previous_digest bytea,
    rotated_at bigint,
    successor_session_id uuid,
    successor_used_at bigint,
    key_id text COLLATE "C",
    refreshes bigint NOT NULL DEFAULT 0,
    last_used_at bigint,
    revoked_at bigint,
    revoked_reason text COLLATE "C",
    purge_after bigint,
    PRIMARY KEY (environment_id, id)
  ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05)`,
  `CREATE INDEX grants_by_parties ON grants (environment_id, user_id, application_id)`,
  `CREATE INDEX grants_by_application ON grants (environment_id, application_id)`,
  `CREATE INDEX grants_to_purge ON grants (environment_id, purge_after) WHERE purge_after IS NOT NULL`,

  `CREATE TABLE sessions (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    origin text COLLATE "C" NOT NULL CHECK (origin IN ('browser', 'application')),
    user_id uuid NOT NULL,
    grant_id uuid,
    digest bytea NOT NULL,
    epoch integer,
    created_at bigint NOT NULL,
    last_used_at bigint,
    ended_at bigint,
    user_agent text COLLATE "C",
    idle_expires_at bigint NOT NULL,
    PRIMARY KEY (environment_id, id)
  ) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05)`,
  `CREATE INDEX sessions_to_purge ON sessions (environment_id, idle_expires_at)`,
  `CREATE INDEX browser_sessions_by_user ON sessions (environment_id, user_id) WHERE origin = 'browser'`,

  `CREATE TABLE flows (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    digest bytea NOT NULL,
    browser_digest bytea NOT NULL,
    username text COLLATE "C",
    user_id uuid,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    local_page text COLLATE "C",
    ui_locales text COLLATE "C",
    family text COLLATE "C",
    application_id uuid,
    redirect_uri text COLLATE "C",
    redirect_uri_sent smallint NOT NULL,
    state text COLLATE "C",
    code_challenge text COLLATE "C",
    always_ask smallint NOT NULL,
    login_hint text COLLATE "C",
    PRIMARY KEY (environment_id, id)
  ) WITH (autovacuum_vacuum_scale_factor = 0.05)`,
  `CREATE INDEX flows_to_purge ON flows (environment_id, expires_at)`,

  `CREATE TABLE throttles (
    environment_id uuid NOT NULL,
    key bytea NOT NULL,
    window_started_at bigint NOT NULL,
    window_ends_at bigint NOT NULL,
    attempts integer NOT NULL,
    PRIMARY KEY (environment_id, key)
  ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)`,
  `CREATE INDEX throttles_to_purge ON throttles (environment_id, window_ends_at)`,

  `CREATE TABLE audit_events (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    user_id uuid,
    application_id uuid,
    grant_id uuid,
    detail text COLLATE "C",
    PRIMARY KEY (environment_id, id)
  )`,

  `CREATE TABLE projects (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    percent_complete double precision NOT NULL,
    priority integer NOT NULL,
    planned_start_date bigint,
    planned_completion_date bigint,
    PRIMARY KEY (environment_id, id)
  )`,
] as const;

/** What belongs to exactly one environment, and what the application's role may do with it. */
export const OWNED_TABLES = {
  users: 'SELECT, INSERT, UPDATE, DELETE',
  applications: 'SELECT, INSERT, UPDATE, DELETE',
  application_logos: 'SELECT, INSERT, UPDATE, DELETE',
  redirect_urls: 'SELECT, INSERT, UPDATE, DELETE',
  application_secrets: 'SELECT, INSERT, UPDATE, DELETE',
  consents: 'SELECT, INSERT, UPDATE, DELETE',
  grants: 'SELECT, INSERT, UPDATE, DELETE',
  sessions: 'SELECT, INSERT, UPDATE, DELETE',
  flows: 'SELECT, INSERT, UPDATE, DELETE',
  throttles: 'SELECT, INSERT, UPDATE, DELETE',
  // What happened stays as it was written.
  audit_events: 'SELECT, INSERT',
  projects: 'SELECT, INSERT, UPDATE, DELETE',
} as const;

/** What is asked before an environment is known. */
export const SHARED_TABLES = {
  environments: 'SELECT, INSERT, UPDATE, DELETE',
  application_directory: 'SELECT, INSERT, UPDATE, DELETE',
} as const;
