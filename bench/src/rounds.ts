import { readFileSync } from 'node:fs';
import { committedWrites } from './ask.js';
import type { Contestant } from './contestant.js';
import { load, type Job, type LoadResult } from './load.js';

export interface Entry {
  readonly name: string;
  readonly contestant: Contestant;
  readonly job: Omit<Job, 'seconds' | 'warmupSeconds' | 'connections' | 'port' | 'host'>;
  /** Each answer must stand for one committed write. */
  readonly durable?: boolean;
}

export interface RoundOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly connections: number;
}

/** With the processor time that the server took for one answer: what other processes do doesn't change it much. */
export interface RoundResult extends LoadResult {
  readonly cpuMicroseconds: number;
}

export interface Measured {
  readonly name: string;
  readonly results: readonly RoundResult[];
}

/** A B C A B C …: what the machine does beside meets all of them alike. */
export async function alternate(entries: readonly Entry[], options: RoundOptions): Promise<Measured[]> {
  const measured = entries.map(({ name, job }) => ({
    name,
    results: [] as RoundResult[],
    tokens: job.tokens,
  }));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [index, entry] of entries.entries()) {
      const state = measured[index];
      if (state === undefined) continue;
      const { port, host } = entry.contestant;
      const job = { ...entry.job, ...options, port, host, tokens: state.tokens };
      const before = processorSeconds(entry.contestant.pid);
      const result = entry.durable === true ? await durably(entry.contestant, job) : await load(job);
      state.tokens = result.tokens;
      const spent = processorSeconds(entry.contestant.pid) - before;
      state.results.push({ ...result, tokens: [], cpuMicroseconds: (spent / result.total) * 1e6 });
      process.stderr.write(`  ${entry.name}, round ${round + 1}: ${Math.round(result.rate)}/s\n`);
    }
  }
  return measured;
}

/** @throws when more was answered than was committed */
async function durably(contestant: Contestant, job: Job): Promise<LoadResult> {
  const before = await committedWrites(contestant);
  const result = await load(job);
  const after = await committedWrites(contestant);
  if (!(after.jobs - before.jobs >= result.answered)) {
    throw new Error(
      `${result.answered} answers, but only ${after.jobs - before.jobs} writes were committed.`,
    );
  }
  return result;
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Of the rounds one by one: neighbours in time. */
export function ratioOf(over: Measured, under: Measured): Ratio {
  const ratios = over.results.map(({ rate }, index) => rate / (under.results[index]?.rate ?? NaN));
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

export const medianRate = ({ results }: Measured): number => median(results.map(({ rate }) => rate));

export const medianCpu = ({ results }: Measured): number =>
  median(results.map(({ cpuMicroseconds }) => cpuMicroseconds));

/** proc(5): fields 14 and 15 are the ticks in user and system mode, a hundred a second. */
function processorSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
