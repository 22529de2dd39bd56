import { afterAll, beforeAll } from 'vitest';
import { describeGrantMachine } from '../contract/machine/describe-grant-machine.js';
import { PostgresServer } from '../contract/postgres-server.js';
import { openPostgres } from './open-postgres.js';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await PostgresServer.start();
  url = await server.createDatabase();
});
afterAll(() => server.stop());

/** A step is several round trips: fewer lives take as long as SQLite's. */
const USUAL_RUNS = 30;

describeGrantMachine(
  'PostgreSQL',
  (essentials) => openPostgres({ url, essentials, role: 'server' }),
  USUAL_RUNS,
);
