import { readFileSync } from 'node:fs';
import type { Contestant } from './contestant.js';
import { medianOf, ratioOf, requesting, type Entry, type Measured, type RoundOptions } from './rounds.js';

/** One line of the table. */
export interface Row {
  readonly measure: string;
  readonly value: string;
  readonly must: string;
  readonly aim: string;
}

export interface Sizes {
  readonly grants: number;
  readonly tokens: number;
  readonly environments: number;
}

/** Something that is measured by itself, with databases of its own: tokens used up mean nothing to the next. */
export interface Measure {
  readonly name: string;
  /** The lines that it answers for, in case it doesn't run. */
  readonly promises: readonly Omit<Row, 'value'>[];
  /** Whether wrk or autocannon can be its load: one server as fast as it answers, and nothing but requests. */
  readonly anyGenerator?: boolean;
  /** Why this machine can't show it, unless it is asked for by name. */
  readonly unfit?: () => string | undefined;
  run(options: RoundOptions, sizes: Sizes): Promise<readonly Row[]>;
}

export const FLUXO_TOKEN = '/integrations/oauth2/api/v1/token';
/** Tokens that refreshes take turns with: a client doesn't refresh all the time. */
export const CHAINS = 3_200;

const POST = { method: 'POST', headers: '', sendsToken: true, answersTokens: true } as const;

/** Fluxo, as it comes: rotating, each answer a committed write. */
export function refreshingFluxo(name: string, ...contestants: readonly Contestant[]): Entry {
  const [{ body, tokens } = { body: '', tokens: [] }] = contestants;
  const job = { ...POST, path: FLUXO_TOKEN, body, tokens, rotates: true };
  return requesting({ name, contestants, job, durable: true });
}

export function refreshingPeer(
  name: string,
  contestant: Contestant,
  { path, rotates }: { readonly path: string; readonly rotates: boolean },
): Entry {
  const { body, tokens } = contestant;
  return requesting({ name, contestants: [contestant], job: { ...POST, path, body, tokens, rotates } });
}

export function row(
  measure: string,
  value: string,
  [must, aim]: readonly [must: string, aim: string] = ['report', ''],
): Row {
  return { measure, value, must, aim };
}

export const promise = (measure: string, must = 'report', aim = ''): Omit<Row, 'value'> => ({
  ...{ measure, must, aim },
});

/** Median, lowest and highest of the rounds; then, where both have processes of their own, by processor time. */
export function ratio(over: Measured, under: Measured): string {
  const { median: middle, min, max } = ratioOf(over, under);
  const byProcessor = medianOf(under, 'cpuMicroseconds') / medianOf(over, 'cpuMicroseconds');
  const rates = `${middle.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
  return byProcessor > 0 && Number.isFinite(byProcessor) ? `${rates}; ${byProcessor.toFixed(2)}` : rates;
}

export const list = (measured: readonly Measured[], what: 'rate' | 'cpuMicroseconds'): string =>
  measured.map((one) => String(Math.round(medianOf(one, what)))).join(', ');

export const milliseconds = (measured: Measured, what: 'p50' | 'p99' | 'max'): string =>
  medianOf(measured, what).toFixed(1);

/** Resident memory of a process now. */
export function residentMb(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'NaN';
  return Math.round((Number(kib) * 1024) / 1e6);
}

interface Closable {
  stop?(): Promise<void>;
  remove?(): Promise<void>;
}

/** Ends what was started, last first, whatever happens. */
export async function withAll<T>(work: (keep: <C extends Closable>(one: C) => C) => Promise<T>): Promise<T> {
  const kept: Closable[] = [];
  const keep = <C extends Closable>(one: C): C => {
    kept.push(one);
    return one;
  };
  try {
    return await work(keep);
  } finally {
    for (const one of kept.reverse()) {
      await one.stop?.();
      await one.remove?.();
    }
  }
}
