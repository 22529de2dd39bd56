import type { Command } from 'commander';
import { readConfig, type Config } from '../config.js';
import type { FluxoServer } from '../compose.js';
import type { GlobalOptions } from './command-line.js';
import type { Io } from './io.js';
import { parsePort } from './option-values.js';
import { notePort } from './server-port.js';
import { untilStopped } from './stop-signals.js';

interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
}

const EXAMPLES = `
The log is JSON on standard output. SIGTERM or Ctrl+C stops gracefully: requests that have come are
answered; a second one ends at once.

Example:
  fluxo serve --port 3000 --data /var/lib/fluxo`;

export function addServeCommand(program: Command, io: Io): void {
  program
    .command('serve')
    .description('start the server')
    .option('--port <N>', 'where to listen (PORT, else 3000; 0: any free one)', parsePort)
    .option('--host <H>', 'the address to listen on (HOST, else 127.0.0.1)')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions, command: Command) => {
      await serve(configOf(options, command.optsWithGlobals<GlobalOptions>(), io), io);
    });
}

/** Flags over settings. @throws ConfigError */
function configOf({ port, host }: ServeOptions, { data }: GlobalOptions, { settings }: Io): Config {
  return readConfig({
    ...settings,
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(host === undefined ? {} : { HOST: host }),
    ...(data === undefined ? {} : { FLUXO_DATA: data }),
  });
}

/** Resolves when the server has stopped. */
async function serve(config: Config, io: Io): Promise<void> {
  // The surfaces are loaded for the server only: the other commands start without them.
  const { composeServer } = await import('../compose.js');
  const server = await composeServer(config);
  const stopped = untilStopped((signal) => {
    io.note(`Fluxo stops (${signal}): it answers what has come. Once more to end at once.\n`);
  });
  try {
    await announce(server, config, io);
    await stopped.promise;
  } finally {
    await server.close();
    stopped.forget();
  }
}

async function announce(server: FluxoServer, config: Config, io: Io): Promise<void> {
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
