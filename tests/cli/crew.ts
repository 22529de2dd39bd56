import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { postgresSettings } from '../faults/fault-driver.js';
import type { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';
import { furnish, type Answer, type FluxoHouse, type RunningServer } from './fluxo-process.js';

/** What the log says of workers, and of answers. */
export interface LogLine {
  readonly msg: string;
  readonly worker: number;
  readonly pid: number;
  readonly exit?: string;
  readonly listened?: boolean;
  readonly reqId?: string;
  readonly req?: { readonly path: string };
  readonly status?: number;
}

/** A server of several workers, as its log and its operations port show it. */
export class Crew {
  readonly server: RunningServer;
  readonly #operationsPort: number;
  readonly #ended: Promise<unknown>;

  constructor(server: RunningServer, operationsPort: number) {
    this.server = server;
    this.#operationsPort = operationsPort;
    this.#ended = once(server.process, 'exit');
  }

  static async start(house: FluxoHouse, workers: number): Promise<Crew> {
    const port = await freePort();
    const env = { FLUXO_OPERATIONS_PORT: String(port) };
    return new Crew(await house.serve(['--workers', String(workers)], env), port);
  }

  logged(msg: string): readonly LogLine[] {
    const lines = this.server.log.filter((line) => line.includes(`"msg":"${msg}"`));
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  /** Waits until the log has so many of these lines. */
  async logs(msg: string, count: number): Promise<readonly LogLine[]> {
    for (;;) {
      const found = this.logged(msg);
      if (found.length >= count) return found;
      if (this.server.process.exitCode !== null) throw new Error(`The server ended without: ${msg}`);
      await Promise.race([once(this.server.process.stdout, 'data'), this.#ended]);
    }
  }

  /** Which worker wrote the line of that answer. */
  async workerOf({ headers }: Answer): Promise<LogLine> {
    for (;;) {
      const lines = this.logged('answered');
      const line = lines.find(({ reqId }) => reqId === headers['x-request-id']);
      if (line !== undefined) return line;
      await this.logs('answered', lines.length + 1);
    }
  }

  /** The process of each worker that is there by now. */
  pids(): readonly number[] {
    const ended = new Set(
      [...this.logged('worker lost'), ...this.logged('worker stopped')].map(({ pid }) => pid),
    );
    return this.logged('worker listens')
      .map(({ pid }) => pid)
      .filter((pid) => !ended.has(pid));
  }

  async health(): Promise<{ readonly status: number; readonly body: unknown }> {
    const answer = await fetch(`http://127.0.0.1:${this.#operationsPort}/health/ready`);
    return { status: answer.status, body: await answer.json() };
  }

  async metrics(): Promise<ReadonlyMap<string, number>> {
    const text = await (await fetch(`http://127.0.0.1:${this.#operationsPort}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
    );
  }

  /** Requests answered on the main port, as all workers together counted them. */
  async answered(): Promise<number> {
    const counted = [...(await this.metrics())].filter(([name]) =>
      name.startsWith('fluxo_http_requests_total{'),
    );
    return counted.reduce((sum, [, value]) => sum + value, 0);
  }
}

export async function furnishOn(
  house: FluxoHouse,
  postgres: PostgresServer,
): Promise<{ readonly clientId: string; readonly clientSecret: string }> {
  house.settings = postgresSettings(await postgres.createDatabase());
  return furnish(house);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Whether there is such a process; one that ended and was not waited for yet counts as gone. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
