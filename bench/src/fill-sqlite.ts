import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { KeyRing } from '@fluxo/core';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { issue, share, spread } from './issue.js';
import type { RawGrant, Token } from './load.js';

export interface Parties {
  readonly userId: string;
  readonly applicationId: string;
  readonly redirectUri: string;
  readonly signing: KeyRing['signing'];
}

export interface Filled {
  readonly environmentId: string;
  readonly tokens: readonly Token[];
  readonly rawGrants: readonly RawGrant[];
}

interface Wanted {
  readonly grants: number;
  readonly tokens: number;
}

const ROWS_PER_TRANSACTION = 250_000;
const CACHE_KIB = 512 * 1024;
const HALF_A_YEAR_MS = 182 * 86_400_000;

/** Users and their consents: the identifiers of a user and of the consent are the same number. */
const PEOPLE = `
  WITH RECURSIVE place(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < @users)`;
const USERS = `${PEOPLE}
  INSERT INTO users (id, environment_id, username, username_key, name, administrator, password_hash, created_at, last_active_at)
  SELECT printf('%032x', n), environment_id, 'user-' || n, 'user-' || n, 'User ' || n, 0, password_hash, created_at, @now
  FROM place, (SELECT * FROM users WHERE id = @userId)`;
const CONSENTS = `${PEOPLE}
  INSERT INTO consents (id, environment_id, user_id, application_id, consented_at)
  SELECT printf('%032x', n), environment_id, printf('%032x', n), id, @now
  FROM place, (SELECT * FROM applications WHERE id = @applicationId)`;

/** Grants of the last half year, in order of time, each as it is after some refreshes. */
const GRANTS = `
  WITH RECURSIVE place(n) AS (SELECT @from UNION ALL SELECT n + 1 FROM place WHERE n + 1 < @to),
    told(n, at) AS (SELECT n, @now - ${HALF_A_YEAR_MS} + CAST(n * ${HALF_A_YEAR_MS}.0 / @grants AS INTEGER) FROM place)
  INSERT INTO grants (id, environment_id, application_id, user_id, consent_id, user_epoch, authorized_at, redirect_uri,
    redirect_uri_sent, code_digest, code_expires_at, redeemed_at, generation, current_digest, previous_digest, rotated_at,
    successor_session_id, successor_used_at, key_id, refreshes, last_used_at)
  SELECT printf('%012x', at) || '7' || substr(lower(hex(randomblob(10))), 1, 19), @environmentId, @applicationId,
    printf('%032x', n % @users), printf('%032x', n % @users), 0, at, @redirectUri, 1, randomblob(32), at + 120000, at, 9,
    randomblob(32), randomblob(32), at, lower(hex(randomblob(16))), at, @keyId, 8, at
  FROM told`;

const SPREAD = `
  SELECT id, generation FROM (SELECT id, generation, row_number() OVER (ORDER BY id) - 1 AS place FROM grants)
  WHERE place % @each = 0 LIMIT @tokens`;

/** Active grants straight into the tables: through the server, millions would take hours. */
export function fillSqlite(file: string, parties: Parties, wanted: Wanted): Filled {
  const database = new SqliteDatabase(file);
  try {
    // Nobody was promised these rows; what comes afterwards is synced as always.
    database.pragma('synchronous = OFF');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    const environmentId = database
      .prepare('SELECT environment_id FROM applications WHERE id = ?')
      .pluck()
      .get(parties.applicationId) as string;
    withoutIndexes(database, () => insertAll(database, { ...parties, environmentId }, wanted));
    const filled = { environmentId, ...issueAll(database, parties, wanted) };
    database.pragma('wal_checkpoint(TRUNCATE)');
    return filled;
  } finally {
    database.close();
    sync(file);
  }
}

function insertAll(
  database: Database,
  parties: Parties & { environmentId: string },
  { grants, ...wanted }: Wanted,
) {
  const { users } = spread({ grants, ...wanted });
  const { signing, ...named } = parties;
  const parameters = { ...named, users, grants, now: Date.now(), keyId: signing.id };
  database.prepare(USERS).run(parameters);
  database.prepare(CONSENTS).run(parameters);
  const insert = database.prepare(GRANTS);
  for (let from = 0; from < grants; from += ROWS_PER_TRANSACTION) {
    insert.run({ ...parameters, from, to: Math.min(from + ROWS_PER_TRANSACTION, grants) });
  }
}

function issueAll(database: Database, { signing }: Parties, wanted: Wanted) {
  const { each } = spread(wanted);
  const rows = database.prepare(SPREAD).all({ each, tokens: 2 * wanted.tokens });
  const issued = (rows as { id: string; generation: number }[]).map(({ id, generation }) =>
    issue(id, generation, signing),
  );
  const keep = database.prepare('UPDATE grants SET current_digest = ? WHERE id = ?');
  database.transaction(() => {
    for (const { digest, raw } of issued) keep.run(digest, raw.id);
  })();
  return share(issued);
}

/** Sorting once is a fraction of the work of keeping an index in order for each row. */
function withoutIndexes(database: Database, work: () => void): void {
  const indexes = database
    .prepare(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'grants' AND sql IS NOT NULL`,
    )
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  work();
  for (const { sql } of indexes) database.exec(sql);
}

/** What the kernel has yet to write would be charged to the first round. */
function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
