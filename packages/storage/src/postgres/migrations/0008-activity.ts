import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { APPLICATION_ROLE, guardOwned } from './row-level-security.js';

/**
 * Who did what by which way, and seals over it. Events are only ever added: their seals name them, and so does the
 * queue of what waits for a seal, which each insert fills by itself. A sealer looks through the queue and the ends of
 * the chains for all environments at once, so no policy guards these two; they have identifiers and nothing secret.
 */
const STATEMENTS = [
  `ALTER TABLE audit_events ADD COLUMN actor_id uuid, ADD COLUMN via text COLLATE "C",
    ADD COLUMN evidence text COLLATE "C", ADD COLUMN omitted integer`,
  `CREATE INDEX audit_events_by_type ON audit_events (environment_id, type, id)`,
  `CREATE INDEX audit_events_by_user ON audit_events (environment_id, user_id, id) WHERE user_id IS NOT NULL`,
  `CREATE INDEX audit_events_by_actor ON audit_events (environment_id, actor_id, id) WHERE actor_id IS NOT NULL`,
  `CREATE INDEX audit_events_by_application ON audit_events (environment_id, application_id, id)
    WHERE application_id IS NOT NULL`,

  `CREATE TABLE audit_unsealed (
    environment_id uuid NOT NULL,
    id uuid NOT NULL,
    PRIMARY KEY (environment_id, id)
  ) WITH (autovacuum_vacuum_scale_factor = 0.05)`,
  // The policy holds for the owner too, who has no environment here and means all of them.
  `ALTER TABLE audit_events NO FORCE ROW LEVEL SECURITY`,
  `INSERT INTO audit_unsealed (environment_id, id) SELECT environment_id, id FROM audit_events`,
  `ALTER TABLE audit_events FORCE ROW LEVEL SECURITY`,
  `CREATE FUNCTION queue_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO audit_unsealed (environment_id, id) VALUES (NEW.environment_id, NEW.id);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION queue_audit_event()`,

  `CREATE TABLE audit_seals (
    environment_id uuid NOT NULL,
    sequence bigint NOT NULL,
    sealed_at bigint NOT NULL,
    is_restart smallint NOT NULL,
    event_count integer NOT NULL,
    first_event_id uuid,
    last_event_id uuid,
    entries bytea NOT NULL,
    chain bytea NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    mac bytea NOT NULL,
    PRIMARY KEY (environment_id, sequence)
  )`,
  `CREATE TABLE audit_heads (
    environment_id uuid PRIMARY KEY,
    sequence bigint NOT NULL,
    chain bytea NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    mac bytea NOT NULL
  ) WITH (fillfactor = 50)`,

  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the activity log is only ever added to';
  END $$`,
  ...['audit_events', 'audit_seals'].flatMap((table) => [
    // The role has no right to it; this is for whoever works as the owner.
    `CREATE TRIGGER ${table}_refuse_change BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()`,
    `CREATE TRIGGER ${table}_refuse_truncate BEFORE TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
  ]),
  ...guardOwned({ audit_seals: 'SELECT, INSERT' }),
  `GRANT SELECT, INSERT, DELETE ON audit_unsealed TO ${APPLICATION_ROLE}`,
  `GRANT SELECT, INSERT, UPDATE ON audit_heads TO ${APPLICATION_ROLE}`,
];

export const activity: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
