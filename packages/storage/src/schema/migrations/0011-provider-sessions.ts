import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** What ends a session at the provider that opened it; until the browser session exists, the flow has it. */
const STATEMENTS = [
  `ALTER TABLE sessions ADD COLUMN provider_subject BLOB`,
  `ALTER TABLE sessions ADD COLUMN provider_session_index TEXT`,
  `ALTER TABLE sessions ADD COLUMN provider_session BLOB`,
  `ALTER TABLE sessions ADD COLUMN provider_session_key_id TEXT`,
  `CREATE INDEX sessions_by_provider_subject ON sessions (provider_id, provider_subject)
    WHERE provider_subject IS NOT NULL`,
  `ALTER TABLE flows ADD COLUMN proven_subject BLOB`,
  `ALTER TABLE flows ADD COLUMN proven_session_index TEXT`,
  `ALTER TABLE flows ADD COLUMN proven_session BLOB`,
  `ALTER TABLE flows ADD COLUMN proven_session_key_id TEXT`,
];

export const providerSessions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
