import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** Digests of what may be used once only, kept for longer than anybody would accept it. */
const STATEMENTS = [
  `CREATE TABLE used_once (
    environment_id TEXT NOT NULL,
    digest BLOB NOT NULL,
    purge_after INTEGER NOT NULL,
    PRIMARY KEY (environment_id, digest)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX used_once_to_purge ON used_once (purge_after)`,
];

export const usedOnce: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
