import { describeGrantMachine } from '../contract/machine/describe-grant-machine.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import { openPostgres } from './open-postgres.js';

const postgres = new PostgresOfSuite();

/** A step is several round trips: fewer lives take as long as SQLite's. */
const USUAL_RUNS = 30;

describeGrantMachine(
  'PostgreSQL',
  (essentials) => openPostgres({ url: postgres.url, essentials, role: 'server' }),
  USUAL_RUNS,
);
