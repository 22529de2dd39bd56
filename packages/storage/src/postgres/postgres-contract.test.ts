import { describeStorageContract } from '../contract/describe-storage-contract.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import { openPostgres } from './open-postgres.js';

const postgres = new PostgresOfSuite();

describeStorageContract('PostgreSQL', (essentials) =>
  openPostgres({ url: postgres.url, essentials, role: 'server' }),
);
