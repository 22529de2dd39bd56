import cluster from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import { UnavailableError } from '@fluxo/core';
import { composeServer, type FluxoServer } from '../compose.js';
import type { Config } from '../config.js';
import type { Assignment, FromWorker, Subject, ToWorker } from './messages.js';

const RETRY_MS = 1_000;

/** One of the processes that share a port, as its primary tells it. Resolves when it was told to stop and has. */
export async function serveAsWorker(config: Config): Promise<void> {
  ignoreStopSignals();
  try {
    await serveUntilStopped(config, listenToPrimary());
  } finally {
    // Hanging up lets the process end by itself.
    cluster.worker?.disconnect();
  }
}

async function serveUntilStopped(config: Config, { assignment, stopped }: Orders): Promise<void> {
  const { port, ...worker } = await assignment;
  // Health and metrics of all are the primary's.
  const own: Config = { ...config, port, operationsPort: undefined };
  const server = await composeWhenAvailable(own, worker, stopped);
  if (server === undefined) return;
  answerPrimary(server);
  try {
    await server.listen();
    server.app.log.info('worker listens');
    tell({ kind: 'listening' });
    await stopped;
  } finally {
    await server.close();
  }
}

/** A terminal and systemd signal every process of the group: here the primary says when. */
function ignoreStopSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
}

interface Orders {
  readonly assignment: Promise<Assignment>;
  readonly stopped: Promise<'stopped'>;
}

function listenToPrimary(): Orders {
  const orders: Orders = {
    assignment: heard((message) => (message.kind === 'begin' ? message : undefined)),
    stopped: heard((message) => (message.kind === 'stop' ? 'stopped' : undefined)),
  };
  tell({ kind: 'hears' });
  return orders;
}

function heard<T>(pick: (message: ToWorker) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    process.on('message', (message: ToWorker) => {
      const picked = pick(message);
      if (picked !== undefined) resolve(picked);
    });
  });
}

/**
 * The database may be away when a worker is replaced: the others wait for it too, and this one must not be
 * taken for one that can't start.
 * @returns undefined when told to stop before
 */
async function composeWhenAvailable(
  config: Config,
  worker: Pick<Assignment, 'number' | 'of'>,
  stopped: Promise<'stopped'>,
): Promise<FluxoServer | undefined> {
  for (;;) {
    try {
      return await composeServer(config, { worker });
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      tell({ kind: 'waiting' });
      if ((await Promise.race([stopped, delay(RETRY_MS)])) === 'stopped') return undefined;
    }
  }
}

function answerPrimary(server: FluxoServer): void {
  const answers: Readonly<Record<Subject, () => Promise<unknown>>> = {
    ready: () => isReady(server),
    counts: () => server.metrics.counts(),
  };
  process.on('message', (message: ToWorker) => {
    if (message.kind !== 'question') return;
    void answers[message.about]().then((answer) => tell({ kind: 'answer', id: message.id, answer }));
  });
}

async function isReady({ services }: FluxoServer): Promise<boolean> {
  try {
    await services.storage.ping();
    return !services.isStopping();
  } catch {
    return false;
  }
}

/** A primary that is gone hears nothing; node:cluster ends this process then, so that nobody is left behind. */
function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}
