import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';
import { PURGE_USED_ONCE_TOO } from './functions/purge-expired.js';
import { guardOwned } from './row-level-security.js';

/** Digests of what may be used once only, kept for longer than any node would accept it. */
const STATEMENTS = [
  `CREATE TABLE used_once (
    environment_id uuid NOT NULL,
    digest bytea NOT NULL,
    purge_after bigint NOT NULL,
    PRIMARY KEY (environment_id, digest)
  ) WITH (autovacuum_vacuum_scale_factor = 0.05)`,
  `CREATE INDEX used_once_to_purge ON used_once (environment_id, purge_after)`,
  ...guardOwned({ used_once: 'SELECT, INSERT, UPDATE, DELETE' }),
  PURGE_USED_ONCE_TOO,
];

export const usedOnce: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
