import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** What ends a session at the provider that opened it; until the browser session exists, the flow has it. */
const STATEMENTS = [
  `ALTER TABLE sessions ADD COLUMN provider_subject bytea,
    ADD COLUMN provider_session_index text COLLATE "C",
    ADD COLUMN provider_session bytea, ADD COLUMN provider_session_key_id text COLLATE "C"`,
  `CREATE INDEX sessions_by_provider_subject ON sessions (environment_id, provider_id, provider_subject)
    WHERE provider_subject IS NOT NULL`,
  `ALTER TABLE flows ADD COLUMN proven_subject bytea,
    ADD COLUMN proven_session_index text COLLATE "C",
    ADD COLUMN proven_session bytea, ADD COLUMN proven_session_key_id text COLLATE "C"`,
];

export const providerSessions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
