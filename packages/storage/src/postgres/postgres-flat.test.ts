import { afterAll } from 'vitest';
import { describeFlat, type StoredSize } from '../contract/describe-flat.js';
import { PostgresServer } from '../contract/postgres-server.js';
import { openPostgres } from './open-postgres.js';

// Six months in half a minute: PostgreSQL's own cleaning must look as much oftener.
const settings = [
  'autovacuum_naptime=1s',
  'autovacuum_vacuum_cost_delay=0',
  'autovacuum_vacuum_threshold=20',
];
const server = await PostgresServer.start({ settings });
const url = await server.createDatabase();
afterAll(() => server.stop());

async function measure(): Promise<StoredSize> {
  const numberOf = async (expression: string): Promise<number> => {
    const [row] = await server.query(`SELECT ${expression} AS number`, new URL(url).pathname.slice(1));
    return Number(row?.['number']);
  };
  const count = (table: string): Promise<number> => numberOf(`(SELECT count(*) FROM fluxo.${table})`);
  const sizes = ['sessions', 'grants', 'flows', 'throttles', 'used_once'].map(
    (table) => `pg_total_relation_size('fluxo.${table}')`,
  );
  const rows = {
    sessions: await count('sessions'),
    grants: await count('grants'),
    flows: await count('flows'),
    throttles: await count('throttles'),
    used_once: await count('used_once'),
  };
  return { rows, bytes: await numberOf(sizes.join(' + ')) };
}

describeFlat('PostgreSQL', {
  open: (essentials) => openPostgres({ url, essentials, role: 'server' }),
  measure,
});
