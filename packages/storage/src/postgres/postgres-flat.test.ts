import { describeFlat, type StoredSize } from '../contract/describe-flat.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import { openPostgres } from './open-postgres.js';

const TABLES = ['sessions', 'grants', 'flows', 'throttles', 'used_once'];

const postgres = new PostgresOfSuite();

async function measure(): Promise<StoredSize> {
  const numberOf = async (expression: string): Promise<number> => {
    const [row] = await postgres.query(`SELECT ${expression} AS number`);
    return Number(row?.['number']);
  };
  const count = (table: string): Promise<number> => numberOf(`(SELECT count(*) FROM fluxo.${table})`);
  const sizes = TABLES.map((table) => `pg_total_relation_size('fluxo.${table}')`);
  const rows = {
    sessions: await count('sessions'),
    grants: await count('grants'),
    flows: await count('flows'),
    throttles: await count('throttles'),
    used_once: await count('used_once'),
  };
  return { rows, bytes: await numberOf(sizes.join(' + ')) };
}

/** As autovacuum does several times a month; in the seconds that the six take here it would come by too seldom. */
async function vacuum(): Promise<void> {
  const tables = TABLES.map((table) => `fluxo.${table}`).join(', ');
  await postgres.query(`VACUUM ${tables}`);
}

describeFlat('PostgreSQL', {
  open: (essentials) => openPostgres({ url: postgres.url, essentials, role: 'server' }),
  measure,
  ownCleaning: vacuum,
});
