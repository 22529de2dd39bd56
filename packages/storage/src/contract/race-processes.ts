import { fork, type ChildProcess } from 'node:child_process';
import type { FromWorker, RaceCall, ToWorker } from './race-worker.js';

/** Sources run as they are, in a process of their own. */
export function forkSource(module: string, args: readonly string[]): ChildProcess {
  return fork(module, [...args], {
    cwd: import.meta.dirname,
    execArgv: ['--conditions=fluxo-source', '--import', 'tsx'],
    serialization: 'advanced',
  });
}

/** The next message of a process; rejects when the process ends instead. */
export function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`The process ended with ${code ?? -1}.`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as T);
    });
  });
}

/** Several processes on one database, released together. */
export class RaceProcesses {
  readonly #children: readonly ChildProcess[];

  private constructor(children: readonly ChildProcess[]) {
    this.#children = children;
  }

  /** @param workers each process's module and arguments */
  static async start(workers: readonly (readonly [module: string, ...args: string[]])[]) {
    const children = workers.map(([module, ...args]) => forkSource(module, args));
    await Promise.all(children.map((child) => nextMessage<FromWorker>(child)));
    return new RaceProcesses(children);
  }

  /** Every process gets its calls; when all are ready, all are let go. */
  async race<T>(callsOf: (worker: number) => readonly RaceCall[]): Promise<readonly T[]> {
    await this.#tell((worker) => ({ kind: 'prepare', calls: callsOf(worker) }));
    const answers = await this.#tell(() => ({ kind: 'go' }));
    return answers.flatMap((answer) => (answer.kind === 'done' ? (answer.outcomes as readonly T[]) : []));
  }

  async close(): Promise<void> {
    const ended = this.#children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of this.#children) child.send({ kind: 'close' } satisfies ToWorker);
    await Promise.all(ended);
  }

  #tell(message: (worker: number) => ToWorker): Promise<readonly FromWorker[]> {
    return Promise.all(
      this.#children.map((child, worker) => {
        const answer = nextMessage<FromWorker>(child);
        child.send(message(worker));
        return answer;
      }),
    );
  }
}
