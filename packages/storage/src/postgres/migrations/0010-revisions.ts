import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/**
 * What administrators change at the same time counts its changes, so that none is lost unseen; and a provider keeps what
 * came of its last test.
 */
const STATEMENTS = [
  ...['applications', 'users', 'environments', 'identity_providers'].map(
    (table) => `ALTER TABLE ${table} ADD COLUMN revision integer NOT NULL DEFAULT 1`,
  ),
  // Who is connected to an application, page by page, and the end of all of it.
  `CREATE INDEX consents_by_application ON consents (environment_id, application_id, id)`,
  `ALTER TABLE identity_providers ADD COLUMN last_test text COLLATE "C"`,
];

export const revisions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
