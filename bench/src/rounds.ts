import { readFileSync } from 'node:fs';
import { committedWrites } from './ask.js';
import type { Contestant } from './contestant.js';
import { load, type Job, type LoadResult, type Pace } from './load.js';

export interface Entry {
  readonly name: string;
  /** The processes whose processor time counts; none: it isn't told. */
  readonly pids: readonly number[];
  readonly play: (pace: Pace) => Promise<LoadResult>;
}

export interface RoundOptions extends Pace {
  readonly rounds: number;
}

/** With the processor time that the server took for one answer: what other processes do doesn't change it much. */
export interface RoundResult extends Omit<LoadResult, 'tokens' | 'grants' | 'cookies'> {
  readonly cpuMicroseconds: number;
}

export interface Measured {
  readonly name: string;
  readonly results: readonly RoundResult[];
}

/** A B C A B C …: what the machine does beside meets all of them alike. */
export async function alternate(entries: readonly Entry[], options: RoundOptions): Promise<Measured[]> {
  const measured = entries.map(({ name }) => ({ name, results: [] as RoundResult[] }));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [index, { name, pids, play }] of entries.entries()) {
      const before = processorSeconds(pids);
      const { rate, answered, total, p50, p99, max } = await play(options);
      const cpuMicroseconds = ((processorSeconds(pids) - before) / total) * 1e6;
      if (answered === 0) throw new Error(`${name} answered nothing in time.`);
      measured[index]?.results.push({ rate, answered, total, p50, p99, max, cpuMicroseconds });
      process.stderr.write(`  ${name}, round ${round + 1}: ${Math.round(rate)}/s\n`);
    }
  }
  return measured;
}

/** One alone. */
export async function repeat(entry: Entry, options: RoundOptions): Promise<Measured> {
  const [measured] = await alternate([entry], options);
  if (measured === undefined) throw new Error(`${entry.name} was not measured.`);
  return measured;
}

interface Requesting {
  readonly name: string;
  /** Several are nodes of one service. */
  readonly contestants: readonly Contestant[];
  readonly job: Omit<Job, 'ports' | 'host'>;
  /** Each answer must stand for one committed write. */
  readonly durable?: boolean;
}

/** The tokens of one round's last answers are those that the next presents. */
export function requesting({ name, contestants, job, durable = false }: Requesting): Entry {
  const [first] = contestants;
  if (first === undefined) throw new Error(`${name}: nobody to ask.`);
  let { tokens } = job;
  const ports = contestants.map(({ port }) => port);
  return {
    name,
    pids: contestants.map(({ pid }) => pid),
    play: async (pace) => {
      const play = () => load('requests', { ...job, ...pace, ports, host: first.host, tokens });
      const result = durable ? await durably(contestants, play) : await play();
      ({ tokens } = result);
      return result;
    },
  };
}

/** @throws when fewer writes were committed than the answers stand for */
export async function durably(
  contestants: readonly Contestant[],
  play: () => Promise<LoadResult>,
  writesEach = 1,
): Promise<LoadResult> {
  const before = await jobsOf(contestants);
  const result = await play();
  const committed = (await jobsOf(contestants)) - before;
  const promised = result.total * writesEach;
  if (!(committed >= promised)) {
    throw new Error(`Answers stand for ${promised} writes, but only ${committed} were committed.`);
  }
  return result;
}

async function jobsOf(contestants: readonly Contestant[]): Promise<number> {
  const counts = await Promise.all(contestants.map((contestant) => committedWrites(contestant)));
  return counts.reduce((sum, { jobs }) => sum + jobs, 0);
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Of the rounds one by one: neighbours in time. */
export function ratioOf(over: Measured, under: Measured): { median: number; min: number; max: number } {
  const ratios = over.results.map(({ rate }, index) => rate / (under.results[index]?.rate ?? NaN));
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

export const medianOf = ({ results }: Measured, what: keyof RoundResult): number =>
  median(results.map((result) => result[what]));

/** proc(5): fields 14 and 15 are the ticks in user and system mode, a hundred a second. */
function processorSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
}
