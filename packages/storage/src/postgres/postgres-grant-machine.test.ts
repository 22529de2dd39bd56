import { afterAll } from 'vitest';
import { describeGrantMachine } from '../contract/machine/describe-grant-machine.js';
import { PostgresServer } from '../contract/postgres-server.js';
import { openPostgres } from './open-postgres.js';

const server = await PostgresServer.start();
const url = await server.createDatabase();
afterAll(() => server.stop());

/** A step is several round trips: fewer lives take as long as SQLite's. */
const USUAL_RUNS = 30;

describeGrantMachine(
  'PostgreSQL',
  (essentials) => openPostgres({ url, essentials, role: 'server' }),
  USUAL_RUNS,
);
