import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/**
 * What was changed of that which servers remember. An identifier is never given out again, also when all
 * rows are gone, so that whoever has read up to one of them sees what is new and what is missing.
 */
const STATEMENTS = [
  `CREATE TABLE change_log (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    environment_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('environment', 'application')),
    subject_id TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX change_log_to_purge ON change_log (at)`,
];

export const changeLog: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
