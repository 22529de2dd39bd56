import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** Which secret keys the database has known: a server that lacks one of them would lose what it signed. */
export const keyFingerprints: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`CREATE TABLE key_fingerprints (
      key_id TEXT NOT NULL PRIMARY KEY,
      first_seen_at INTEGER NOT NULL,
      retired_at INTEGER
    ) STRICT, WITHOUT ROWID`.execute(db);
  },
};
