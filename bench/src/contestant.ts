import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { LAUNCHER, type FluxoFolder } from './fluxo-folder.js';
import type { Token } from './load.js';

/** A server under load, in its own process. */
export interface Contestant {
  readonly port: number;
  readonly host: string;
  readonly tokens: readonly Token[];
  /** The form that every token request begins with. */
  readonly body: string;
  readonly pid: number;
  /** From the start of the process until it answers. */
  readonly readyMs: number;
  readonly operationsPort?: number;
  /** Where the whole flow begins, at a peer. */
  readonly authorize?: string;
  stop(): Promise<void>;
}

interface Ready {
  readonly port: number;
  readonly tokens: readonly string[];
  readonly body?: string;
  readonly authorize?: string;
}

/** A peer or the floor, from the folder `contestants`; it gets the arguments, and says when it listens. */
export async function startPeer(name: string, ...args: readonly string[]): Promise<Contestant> {
  const begun = performance.now();
  const file = fileURLToPath(new URL(`../contestants/${name}.mjs`, import.meta.url));
  const child = fork(file, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: [],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exit = once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended: ${stderr}`)));
  exit.catch(() => undefined);
  const [ready] = (await Promise.race([once(child, 'message'), exit])) as [Ready];
  return {
    ...{ port: ready.port, host: `127.0.0.1:${ready.port}`, body: ready.body ?? 'a=b' },
    tokens: ready.tokens.map((token) => ({ token })),
    ...(ready.authorize === undefined ? {} : { authorize: ready.authorize }),
    ...{ pid: child.pid ?? 0, readyMs: performance.now() - begun, stop: () => kill(child) },
  };
}

/** As users run it: the launcher, audit, metrics, log and fsync as they come. */
export async function startFluxo(folder: FluxoFolder): Promise<Contestant> {
  const operationsPort = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, 'serve', '--port', '0', '--data', folder.data], {
    env: { ...folder.env, FLUXO_OPERATIONS_PORT: String(operationsPort) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      const found = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(stderr)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.once('exit', () => reject(new Error(`Fluxo ended: ${stderr}`)));
  });
  const { clientId, clientSecret } = folder;
  return {
    ...{ port, host: `acme.my.localhost:${port}`, operationsPort, pid: child.pid ?? 0 },
    // The port is chosen by the system: only now is it known where the others are.
    tokens: folder.tokens.map(({ host, ...token }) =>
      host === undefined ? token : { ...token, host: `${host}:${port}` },
    ),
    body: `client_id=${clientId}&client_secret=${clientSecret}`,
    readyMs: performance.now() - begun,
    stop: () => kill(child),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
