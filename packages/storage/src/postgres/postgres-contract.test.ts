import { afterAll, beforeAll } from 'vitest';
import { describeStorageContract } from '../contract/describe-storage-contract.js';
import { PostgresServer } from '../contract/postgres-server.js';
import { openPostgres } from './open-postgres.js';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await PostgresServer.start();
  url = await server.createDatabase();
});
afterAll(() => server.stop());

describeStorageContract('PostgreSQL', (essentials) => openPostgres({ url, essentials, role: 'server' }));
