import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';

/** Runs vitest with the arguments beside a PostgreSQL of its own; the tests take a database each. */
const server = await PostgresServer.start({ settings: ['max_connections=300'] });
const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, FLUXO_TEST_POSTGRES: server.urlOf('postgres') },
});
const [code] = (await once(child, 'close')) as [number | null];
await server.stop();
process.exitCode = code ?? 1;
