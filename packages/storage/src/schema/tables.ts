import type { Generated } from 'kysely';
import type { ApplicationKeysTable } from './application-keys-table.js';
import type { AuditTables } from './audit-tables.js';
import type { GrantsTable } from './grants-table.js';

/** The tables as Kysely sees them. Times are epoch milliseconds, flags 0 or 1, identifiers 32 hex characters. */
type Flag = 0 | 1;

export interface Tables extends AuditTables {
  change_log: {
    /** Only ever grows. */
    id: Generated<number>;
    environment_id: string;
    kind: 'environment' | 'application';
    subject_id: string;
    at: number;
  };
  /** Belongs to no environment. */
  key_fingerprints: { key_id: string; first_seen_at: number; retired_at: number | null };
  /** Belongs to no environment. */
  operator_keys: {
    id: string;
    /** Null once deleted: what is left is the tombstone. */
    digest: Uint8Array | null;
    note: string | null;
    last_characters: string;
    created_at: number;
    last_used_at: number | null;
    deleted_at: number | null;
  };
  environments: {
    id: string;
    domain: string;
    lane: string;
    name: string;
    session_idle_timeout_ms: number;
    session_total_age_ms: number;
    session_id_in_query: Flag;
    single_sign_on: 'off' | 'offered' | 'required';
    administrators_exempt: Flag;
    second_factor: Generated<'optional' | 'required'>;
    max_applications: number;
    accent_color: string | null;
    logo_version: string | null;
    created_at: number;
    revision: Generated<number>;
  };
  environment_logos: { environment_id: string; version: string; png: Uint8Array };
  users: {
    id: string;
    environment_id: string;
    username: string;
    username_key: string;
    name: string;
    administrator: Flag;
    only_single_sign_on: Flag;
    /** Empty for who has no password. */
    password_hash: string;
    email: string | null;
    disabled_at: number | null;
    created_at: number;
    last_active_at: number;
    /** Browser sessions of an earlier epoch are dead. */
    session_epoch: number;
    /** Grants of an earlier epoch are dead. */
    grant_epoch: number;
    revision: Generated<number>;
  };
  applications: {
    id: string;
    environment_id: string;
    kind: 'web' | 'spa' | 'machine';
    name: string;
    description: string | null;
    description_url: string | null;
    privacy_url: string | null;
    terms_url: string | null;
    developer_name: string | null;
    developer_email: string | null;
    refresh_rotation: Flag;
    refresh_absolute_days: number | null;
    refresh_inactivity_days: number | null;
    remember_consent: Flag;
    token_type: 'by-endpoint' | 'sessionID' | 'Bearer';
    enabled: Flag;
    introspect_environment: Flag;
    admin_api: Flag;
    logo_version: string | null;
    /** The identifier of an application of another environment. */
    copied_from: string | null;
    created_at: number;
    updated_at: number;
    revision: Generated<number>;
  };
  application_logos: { application_id: string; environment_id: string; version: string; png: Uint8Array };
  redirect_urls: {
    application_id: string;
    environment_id: string;
    position: number;
    url: string;
    /** Null for a private-use scheme. */
    origin: string | null;
  };
  application_secrets: {
    id: string;
    environment_id: string;
    application_id: string;
    /** Null once deleted: what is left is the tombstone. */
    digest: Uint8Array | null;
    note: string | null;
    last_characters: string;
    created_at: number;
    last_used_at: number | null;
    deleted_at: number | null;
  };
  application_keys: ApplicationKeysTable;
  consents: {
    id: string;
    environment_id: string;
    user_id: string;
    application_id: string;
    consented_at: number;
    remembered_redirect_uri: string | null;
  };
  grants: GrantsTable;
  sessions: {
    id: string;
    environment_id: string;
    origin: 'browser' | 'application';
    user_id: string;
    grant_id: string | null;
    digest: Uint8Array;
    /** The user's session epoch when it opened; null for an application's session. */
    epoch: number | null;
    created_at: number;
    last_used_at: number | null;
    ended_at: number | null;
    user_agent: string | null;
    idle_expires_at: number;
    /** Who proved the user; null: the password, or an application's session. */
    provider_id: string | null;
    /** A digest; the four are null where the provider offers no sign-out. */
    provider_subject: Uint8Array | null;
    provider_session_index: string | null;
    provider_session: Uint8Array | null;
    provider_session_key_id: string | null;
  };
  flows: {
    id: string;
    environment_id: string;
    digest: Uint8Array;
    browser_digest: Uint8Array;
    username: string | null;
    user_id: string | null;
    created_at: number;
    expires_at: number;
    /** Null for a flow that leads to an application. */
    local_page: string | null;
    ui_locales: string | null;
    family: 'dialect' | 'standard' | null;
    application_id: string | null;
    redirect_uri: string | null;
    redirect_uri_sent: Flag;
    state: string | null;
    code_challenge: string | null;
    always_ask: Flag;
    login_hint: string | null;
    force_login: Flag;
    provider_id: string | null;
    provider_state_digest: Uint8Array | null;
    provider_memory: string | null;
    proven_user_id: string | null;
    /** `password`, or the identity provider, which then knows the user by this federation ID. */
    proven_by: string | null;
    proven_federation_id: string | null;
    /** The user's session epoch when the proof was given. */
    proven_epoch: number | null;
    proof_expires_at: number | null;
    /** What the session's four will be; the first two also of an answer that waits for its browser. */
    proven_subject: Uint8Array | null;
    proven_session_index: string | null;
    proven_session: Uint8Array | null;
    proven_session_key_id: string | null;
  };
  identity_providers: {
    id: string;
    environment_id: string;
    kind: 'oidc' | 'saml';
    name: string;
    enabled: Flag;
    /** JSON: each kind has its own, and nothing is ever asked about them. */
    settings: string;
    /** Separated by spaces. */
    email_domains: string;
    first_name_attribute: string | null;
    last_name_attribute: string | null;
    email_attribute: string | null;
    federation_id_attribute: string | null;
    auto_provision: Flag;
    update_names: Flag;
    sealed_secret: Uint8Array | null;
    secret_key_id: string | null;
    created_at: number;
    updated_at: number;
    last_used_at: number | null;
    revision: Generated<number>;
    /** JSON; null: never tried. */
    last_test: string | null;
  };
  federated_identities: {
    environment_id: string;
    provider_id: string;
    federation_id: string;
    user_id: string;
    linked_at: number;
  };
  throttles: {
    environment_id: string;
    key: Uint8Array;
    window_started_at: number;
    window_ends_at: number;
    attempts: number;
  };
  used_once: { environment_id: string; digest: Uint8Array; purge_after: number };
  second_factors: {
    environment_id: string;
    user_id: string;
    sealed_seed: Uint8Array;
    key_id: string;
    /** What was used can't be used again, nor what came before it. */
    last_used_step: number;
    added_at: number;
  };
  recovery_codes: { environment_id: string; user_id: string; digest: Uint8Array };
  password_links: {
    environment_id: string;
    user_id: string;
    digest: Uint8Array;
    purpose: 'reset' | 'invitation';
    expires_at: number;
  };
  projects: {
    environment_id: string;
    id: string;
    name: string;
    status: string;
    percent_complete: number;
    priority: number;
    planned_start_date: number | null;
    planned_completion_date: number | null;
  };
}
