import { sql, type Kysely, type Migration } from 'kysely';

/** What administrators change at the same time counts its changes, so that none is lost unseen. */
const STATEMENTS = ['applications', 'users', 'environments', 'identity_providers'].map(
  (table) => `ALTER TABLE ${table} ADD COLUMN revision integer NOT NULL DEFAULT 1`,
);

export const revisions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
