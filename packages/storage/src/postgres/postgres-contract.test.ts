import { afterAll } from 'vitest';
import { describeStorageContract } from '../contract/describe-storage-contract.js';
import { PostgresServer } from '../contract/postgres-server.js';
import { openPostgres } from './open-postgres.js';

const server = await PostgresServer.start();
const url = await server.createDatabase();
afterAll(() => server.stop());

describeStorageContract('PostgreSQL', (essentials) => openPostgres({ url, essentials, role: 'server' }));
