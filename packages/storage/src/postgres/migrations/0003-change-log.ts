import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { CHANNEL } from '../change-channel.js';
import { APPLICATION_ROLE } from './row-level-security.js';

/**
 * What was changed of that which nodes remember. They read it for all environments at once, so no policy guards
 * it; it has identifiers and nothing secret. Identifiers are given out before the commit: a reader
 * must look at the transactions, not at the order of the identifiers alone.
 */
const STATEMENTS = [
  `CREATE TABLE change_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    environment_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('environment', 'application')),
    subject_id uuid NOT NULL,
    at bigint NOT NULL
  )`,
  `CREATE INDEX change_log_to_purge ON change_log (at)`,
  `CREATE INDEX change_log_by_transaction ON change_log (transaction_id)`,
  // Wakes whoever listens, and takes along what is older than an hour.
  `CREATE FUNCTION announce_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('${CHANNEL}', '');
    DELETE FROM change_log WHERE id IN (
      SELECT id FROM change_log WHERE at < NEW.at - 3600000 ORDER BY at LIMIT 2 FOR UPDATE SKIP LOCKED);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER change_is_announced AFTER INSERT ON change_log FOR EACH ROW EXECUTE FUNCTION announce_change()`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON change_log TO ${APPLICATION_ROLE}`,
];

export const changeLog: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
