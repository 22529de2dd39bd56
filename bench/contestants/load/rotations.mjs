// The raw twin of a refresh on PostgreSQL: the same function, asked through node-postgres' own pool, one call for each
// rotation. No HTTP, no OAuth; only the digests that the call needs.
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { onJob, Stopwatch } from './stopwatch.mjs';

/** As in Fluxo: expired rows go along with one write in so many. */
const WRITES_BETWEEN_PURGES = 32;
const ROWS_PER_PURGE = 64;
const PLACES = Array.from({ length: 15 }, (_, index) => `$${index + 1}`).join(', ');
const CALL = { name: 'rotate', text: `SELECT * FROM rotate_refresh_token(${PLACES})` };

onJob(async (job) => {
  const pool = new pg.Pool({
    ...{ connectionString: job.url, max: job.poolConnections },
    options: '-c search_path=fluxo,pg_temp -c role=fluxo_app',
  });
  const stopwatch = new Stopwatch();
  const chains = Array.from({ length: job.connections }, (_, index) =>
    job.grants.filter((_grant, position) => position % job.connections === index),
  );
  let writes = 0;
  const purgeRows = () => ((writes += 1) % WRITES_BETWEEN_PURGES === 0 ? ROWS_PER_PURGE : 0);
  const result = await stopwatch.run(
    chains.map((chain) => play({ job, pool, chain, purgeRows }, stopwatch)),
    job,
  );
  await pool.end();
  return { ...result, tokens: [], grants: chains.flat() };
});

const digestOf = (secret) => createHash('sha256').update(secret).digest();

async function play({ job, pool, chain, purgeRows }, stopwatch) {
  let position = 0;
  while (!stopwatch.stopping) {
    const since = performance.now();
    const grant = chain[position];
    const successor = digestOf(randomBytes(24)).toString('hex');
    const now = Date.now();
    const { rows } = await pool.query({
      ...CALL,
      values: [
        ...[
          job.environmentId,
          grant.id,
          job.applicationId,
          grant.generation,
          Buffer.from(grant.digest, 'hex'),
        ],
        ...[Buffer.from(successor, 'hex'), job.keyId, orderedId(now), digestOf(randomBytes(24)), 28_800_000],
        ...[null, null, now, now, purgeRows()],
      ],
    });
    if (rows[0]?.won !== true) throw new Error(`Not rotated: ${JSON.stringify(rows)}`);
    chain[position] = { id: grant.id, generation: grant.generation + 1, digest: successor };
    position = (position + 1) % chain.length;
    stopwatch.note({ since });
  }
}

/** The layout of UUIDv7, as the sessions of the program have. */
function orderedId(now) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  return bytes.toString('hex');
}
