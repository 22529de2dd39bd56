import type { EnvironmentId } from '@fluxo/core';
import type { ContractStorage } from './contract-house.js';

/** One call of an operation: a port of an environment, or the environments themselves. */
export interface RaceCall {
  readonly environmentId?: EnvironmentId;
  readonly port: string;
  readonly method: string;
  readonly input: readonly unknown[];
}

export type ToWorker =
  | { readonly kind: 'prepare'; readonly calls: readonly RaceCall[] }
  | { readonly kind: 'go' }
  | { readonly kind: 'close' };
export type FromWorker =
  { readonly kind: 'open' | 'ready' } | { readonly kind: 'done'; readonly outcomes: readonly unknown[] };

type Method = (...input: readonly unknown[]) => Promise<unknown>;

/** The part of a process that races: it gets ready, waits until all are released, and calls all at once. */
export function runRaceWorker(storage: ContractStorage): void {
  const say = (message: FromWorker): void => void process.send?.(message);
  const carryOut = ({ environmentId, port, method, input }: RaceCall): Promise<unknown> => {
    const ports = environmentId === undefined ? storage : storage.forEnvironment(environmentId);
    const operations = Reflect.get(ports, port) as Readonly<Record<string, Method>>;
    return operations[method]?.(...input) ?? Promise.reject(new Error(`No ${port}.${method}.`));
  };
  let prepared: readonly RaceCall[] = [];
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'prepare') {
      prepared = message.calls;
      say({ kind: 'ready' });
      return;
    }
    if (message.kind === 'close') {
      void storage.close().then(() => process.disconnect());
      return;
    }
    const failed = (error: unknown): unknown => ({ kind: 'failed', error: String(error) });
    void Promise.all(prepared.map((call) => carryOut(call).catch(failed))).then((outcomes) =>
      say({ kind: 'done', outcomes }),
    );
  });
  say({ kind: 'open' });
}
