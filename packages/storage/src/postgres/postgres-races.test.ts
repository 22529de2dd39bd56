import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { describeStorageRaces } from '../contract/describe-storage-races.js';
import { PostgresServer } from '../contract/postgres-server.js';
import { openPostgres } from './open-postgres.js';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await PostgresServer.start();
  url = await server.createDatabase();
});
afterAll(() => server.stop());

const worker = join(import.meta.dirname, 'postgres-race-worker.test.support.ts');

// Two nodes; the suite itself is a third.
describeStorageRaces('PostgreSQL', {
  open: (essentials) => openPostgres({ url, essentials, role: 'server' }),
  workers: () => [
    [worker, url],
    [worker, url],
  ],
});
