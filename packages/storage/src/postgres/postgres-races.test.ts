import { join } from 'node:path';
import { describeStorageRaces } from '../contract/describe-storage-races.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import { openPostgres } from './open-postgres.js';

const postgres = new PostgresOfSuite();

const worker = join(import.meta.dirname, 'postgres-race-worker.test.support.ts');

// Two nodes; the suite itself is a third.
describeStorageRaces('PostgreSQL', {
  open: (essentials) => openPostgres({ url: postgres.url, essentials, role: 'server' }),
  workers: () => [
    [worker, postgres.url],
    [worker, postgres.url],
  ],
});
