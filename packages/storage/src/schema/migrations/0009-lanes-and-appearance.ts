import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** Keys of operators, what an application was copied from, and how an organization's pages look. */
const STATEMENTS = [
  `CREATE TABLE operator_keys (
    id TEXT NOT NULL PRIMARY KEY,
    digest BLOB,
    note TEXT,
    last_characters TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    deleted_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `ALTER TABLE applications ADD COLUMN copied_from TEXT`,
  `ALTER TABLE environments ADD COLUMN accent_color TEXT`,
  `ALTER TABLE environments ADD COLUMN logo_version TEXT`,
  `CREATE TABLE environment_logos (
    environment_id TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    png BLOB NOT NULL
  ) STRICT`,
];

export const lanesAndAppearance: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
