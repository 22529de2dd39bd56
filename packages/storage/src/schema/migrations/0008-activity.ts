import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/**
 * Who did what by which way, and seals over it. Events are only ever added: their seals name them, and so does the
 * queue of what waits for a seal, which each insert fills by itself. What is refused here is refused to mistakes; an
 * intruder with the file can drop triggers, and is found out by the seals.
 */
const STATEMENTS = [
  `ALTER TABLE audit_events ADD COLUMN actor_id TEXT`,
  `ALTER TABLE audit_events ADD COLUMN via TEXT`,
  `ALTER TABLE audit_events ADD COLUMN evidence TEXT`,
  `ALTER TABLE audit_events ADD COLUMN omitted INTEGER`,
  `CREATE INDEX audit_events_by_type ON audit_events (environment_id, type, id)`,
  `CREATE INDEX audit_events_by_user ON audit_events (environment_id, user_id, id) WHERE user_id IS NOT NULL`,
  `CREATE INDEX audit_events_by_actor ON audit_events (environment_id, actor_id, id) WHERE actor_id IS NOT NULL`,
  `CREATE INDEX audit_events_by_application ON audit_events (environment_id, application_id, id)
    WHERE application_id IS NOT NULL`,

  `CREATE TABLE audit_unsealed (
    environment_id TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (environment_id, id)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO audit_unsealed (environment_id, id) SELECT environment_id, id FROM audit_events`,
  `CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_events BEGIN
    INSERT INTO audit_unsealed (environment_id, id) VALUES (NEW.environment_id, NEW.id);
  END`,

  `CREATE TABLE audit_seals (
    environment_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    sealed_at INTEGER NOT NULL,
    is_restart INTEGER NOT NULL,
    event_count INTEGER NOT NULL,
    first_event_id TEXT,
    last_event_id TEXT,
    entries BLOB NOT NULL,
    chain BLOB NOT NULL,
    key_id TEXT NOT NULL,
    mac BLOB NOT NULL,
    PRIMARY KEY (environment_id, sequence)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE audit_heads (
    environment_id TEXT NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    chain BLOB NOT NULL,
    key_id TEXT NOT NULL,
    mac BLOB NOT NULL
  ) STRICT, WITHOUT ROWID`,

  ...['audit_events', 'audit_seals'].flatMap((table) =>
    ['UPDATE', 'DELETE'].map(
      (change) => `CREATE TRIGGER ${table}_refuse_${change.toLowerCase()} BEFORE ${change} ON ${table} BEGIN
        SELECT RAISE(ABORT, 'the activity log is only ever added to');
      END`,
    ),
  ),
];

export const activity: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
