import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { systemRandom } from '@fluxo/core';
import { prepareDatabase } from '../compose.js';
import { ConfigError, type Config } from '../config.js';
import { buildApp } from '../http/build-app.js';
import { registerMetrics } from '../surfaces/operations/metrics.route.js';
import { crewHealth } from './crew-operations.js';
import { CrewCounts } from './crew-counts.js';
import { Crew } from './crew.js';

/** Several processes in the place of one server. */
export interface CrewServer {
  /** Resolves when every worker listens. @returns the port that they share */
  listen(): Promise<number>;
  /** Rejects when workers can't be kept alive; never resolves. */
  readonly failed: Promise<never>;
  /** Graceful: every worker answers what has come. */
  close(): Promise<void>;
}

/**
 * The primary: it looks at settings, database and port once, before there is any worker, and answers for all of
 * them on the operations port. No request of a client passes through it.
 * @throws ConfigError, KeyRingRefusedError, and as openStorage
 */
export async function composeCrew(config: Config, size: number): Promise<CrewServer> {
  requirePostgres(config);
  await prepareDatabase(config);
  const port = await freePort(config);
  const app = buildApp(
    {
      ...{ essentials: { random: systemRandom }, hosts: undefined, secure: config.publicScheme === 'https' },
      isStopping: () => crew.isStopping(),
    },
    { trustedProxies: config.trustedProxies, logLevel: 'info', logStream: process.stdout },
  );
  const counts = new CrewCounts(() => crew.members);
  const crew = new Crew({ size, port, log: app.log, onLoss: (member) => counts.lost(member) });
  await app.register(crewHealth(crew));
  registerMetrics(app, counts);
  return {
    failed: crew.failed,
    listen: async () => {
      if (config.operationsPort !== undefined) {
        await app.listen({ host: '127.0.0.1', port: config.operationsPort });
      }
      await crew.start();
      return port;
    },
    close: async () => {
      try {
        await crew.stop();
      } finally {
        await app.close();
        counts.stop();
      }
    },
  };
}

function requirePostgres({ databaseUrl }: Config): void {
  if (databaseUrl !== undefined) return;
  throw new ConfigError(
    '--workers (FLUXO_WORKERS)',
    'several processes need PostgreSQL. A SQLite file belongs to one server, which puts what arrives together into one ' +
      'commit. Set FLUXO_DATABASE_URL to a PostgreSQL database, or leave --workers out.',
  );
}

/** Tried before there are workers: one process says that the port is taken, and 0 becomes one port for all. */
async function freePort({ host, port }: Config): Promise<number> {
  const probe = createServer().listen({ host, port });
  await once(probe, 'listening');
  const found = (probe.address() as AddressInfo).port;
  probe.close();
  await once(probe, 'close');
  return found;
}
