import pg from 'pg';
import type { Filled, Parties } from './fill-sqlite.js';
import { issue, share, spread } from './issue.js';

interface Wanted {
  readonly grants: number;
  readonly tokens: number;
}

const PERSON = `lpad(to_hex(n), 32, '0')::uuid`;
const HALF_A_YEAR_MS = 182 * 86_400_000;

const USERS = `
  INSERT INTO users (environment_id, id, username, username_key, name, administrator, password_hash, created_at, last_active_at)
  SELECT environment_id, ${PERSON}, 'user-' || n, 'user-' || n, 'User ' || n, 0, password_hash, created_at, created_at
  FROM generate_series(0, $1::integer - 1) n, (SELECT * FROM users WHERE id = $2) u`;

const CONSENTS = `
  INSERT INTO consents (environment_id, id, user_id, application_id, consented_at)
  SELECT environment_id, ${PERSON}, ${PERSON}, a.id, a.created_at
  FROM generate_series(0, $1::integer - 1) n, (SELECT * FROM applications WHERE id = $2) a`;

/** Chance that nobody relies on: these digests only have to look like digests. */
const DIGEST = `sha256(uuid_send(gen_random_uuid()))`;

/** As in fill-sqlite.ts: grants of the last half year, in order of time, each as it is after some refreshes. */
const GRANTS = `
  INSERT INTO grants (environment_id, id, application_id, user_id, consent_id, user_epoch, authorized_at, redirect_uri,
    redirect_uri_sent, code_digest, code_expires_at, redeemed_at, generation, current_digest, previous_digest, rotated_at,
    successor_session_id, successor_used_at, key_id, refreshes, last_used_at)
  SELECT $1, uuidv7(make_interval(secs => (at - $2) / 1000.0)), $3, person, person, 0, at, $4, 1, ${DIGEST}, at + 120000, at,
    9, ${DIGEST}, ${DIGEST}, at, gen_random_uuid(), at, $5, 8, at
  FROM (SELECT lpad(to_hex(n % $6::integer), 32, '0')::uuid AS person,
    $2::bigint - ${HALF_A_YEAR_MS} + n::bigint * ${HALF_A_YEAR_MS} / $7::integer AS at
    FROM generate_series(0, $7::integer - 1) n) told`;

const SPREAD = `
  SELECT id, generation FROM (SELECT id, generation, row_number() OVER (ORDER BY id) - 1 AS place FROM grants) numbered
  WHERE place % $1 = 0 LIMIT $2`;

/** Active grants straight into the tables, as the owner of the schema. */
export async function fillPostgres(url: string, parties: Parties, wanted: Wanted): Promise<Filled> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=fluxo' });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      'SELECT environment_id AS id FROM applications WHERE id = $1',
      [parties.applicationId],
    );
    const environmentId = rows[0]?.id ?? '';
    const { users } = spread(wanted);
    await client.query(USERS, [users, parties.userId]);
    await client.query(CONSENTS, [users, parties.applicationId]);
    const { applicationId, redirectUri, signing } = parties;
    await client.query(GRANTS, [
      ...[environmentId, Date.now(), applicationId, redirectUri, signing.id, users, wanted.grants],
    ]);
    const filled = await issueAll(client, parties, wanted);
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
    return { environmentId, ...filled };
  } finally {
    await client.end();
  }
}

async function issueAll(client: pg.Client, { signing }: Parties, wanted: Wanted) {
  const { each } = spread(wanted);
  const { rows } = await client.query<{ id: string; generation: number }>(SPREAD, [each, 2 * wanted.tokens]);
  const issued = rows.map(({ id, generation }) => issue(id.replaceAll('-', ''), generation, signing));
  await client.query(
    `UPDATE grants SET current_digest = issued.digest
     FROM (SELECT unnest($1::uuid[]) AS id, unnest($2::bytea[]) AS digest) issued WHERE grants.id = issued.id`,
    [issued.map(({ raw }) => raw.id), issued.map(({ digest }) => digest)],
  );
  return share(issued);
}
