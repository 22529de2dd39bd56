import cluster from 'node:cluster';
import type { Command } from 'commander';
import { readConfig, type Config } from '../config.js';
import type { FluxoServer } from '../compose.js';
import type { CrewServer } from '../workers/compose-crew.js';
import { MAX_WORKERS } from '../workers/worker-number.js';
import type { GlobalOptions } from './command-line.js';
import type { Io } from './io.js';
import { parsePort, parseWorkersOption } from './option-values.js';
import { notePort } from './server-port.js';
import { untilStopped } from './stop-signals.js';

interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly workers?: string;
}

const EXAMPLES = `
The log is JSON on standard output. SIGTERM or Ctrl+C stops gracefully: requests that have come are
answered; a second one ends at once.

With --workers so many processes share the port; one more starts them, replaces those that end, and answers on
the operations port for all. Metrics and health are of all together, and the log says which worker wrote a line.

Examples:
  fluxo serve --port 3000 --data /var/lib/fluxo
  FLUXO_DATABASE_URL=postgres://… fluxo serve --workers auto`;

export function addServeCommand(program: Command, io: Io): void {
  program
    .command('serve')
    .description('start the server')
    .option('--port <N>', 'where to listen (PORT, else 3000; 0: any free one)', parsePort)
    .option('--host <H>', 'the address to listen on (HOST, else 127.0.0.1)')
    .option(
      '--workers <N|auto>',
      `how many processes share the port, 1 to ${MAX_WORKERS} or one for each core (FLUXO_WORKERS); needs PostgreSQL`,
      parseWorkersOption,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions, command: Command) => {
      const config = configOf(options, command.optsWithGlobals<GlobalOptions>(), io);
      if (config.workers !== undefined && cluster.isWorker) await serveAsWorker(config);
      else await serve(config, io);
    });
}

/** Flags over settings. @throws ConfigError */
function configOf({ port, host, workers }: ServeOptions, { data }: GlobalOptions, { settings }: Io): Config {
  return readConfig({
    ...settings,
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(host === undefined ? {} : { HOST: host }),
    ...(workers === undefined ? {} : { FLUXO_WORKERS: workers }),
    ...(data === undefined ? {} : { FLUXO_DATA: data }),
  });
}

/** Resolves when the server has stopped. */
async function serve(config: Config, io: Io): Promise<void> {
  const server = await compose(config);
  const stopped = untilStopped((signal) => {
    io.note(`Fluxo stops (${signal}): it answers what has come. Once more to end at once.\n`);
  });
  try {
    const announced = announce(server, config, io);
    const ended = 'failed' in server ? Promise.race([stopped.promise, server.failed]) : stopped.promise;
    // Workers may take long to start, and are stopped meanwhile too.
    await ('failed' in server ? Promise.race([announced, ended]) : announced);
    await ended;
  } finally {
    await server.close();
    stopped.forget();
  }
}

/** The surfaces are loaded for the server only: the other commands start without them. */
async function compose(config: Config): Promise<FluxoServer | CrewServer> {
  if (config.workers === undefined) return (await import('../compose.js')).composeServer(config);
  return (await import('../workers/compose-crew.js')).composeCrew(config, config.workers);
}

/** This process was started by the primary, with the same command line. */
async function serveAsWorker(config: Config): Promise<void> {
  await (await import('../workers/serve-as-worker.js')).serveAsWorker(config);
}

async function announce(server: Pick<FluxoServer, 'listen'>, config: Config, io: Io): Promise<void> {
  const port = await server.listen();
  // Tools on another machine know a node's port from their settings; those beside this file read it.
  if (config.databaseUrl === undefined) notePort(config.data, port);
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  io.note(`Fluxo listens on http://${host}:${port} (data in ${placeOf(config)}). Ctrl+C stops it.\n`);
}

/** Without user and password. */
function placeOf({ databaseUrl, data }: Config): string {
  return databaseUrl?.replace(/^(\w+:\/\/)(?:[^/]*@)?([^?]*).*$/, '$1$2') ?? data;
}
