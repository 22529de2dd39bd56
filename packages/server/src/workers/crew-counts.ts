import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client';
import type { Counts } from '../metrics/metrics.js';
import { addProcessMetrics } from '../metrics/process-metrics.js';
import { readVersion } from '../version.js';
import type { CrewMember } from './crew-member.js';

/**
 * What all workers counted, and the primary beside them, as if one process had. prom-client adds up, but doesn't ask:
 * its clusterMetrics() fails as a whole when one worker ends or hangs meanwhile, which is when operators look.
 */
export class CrewCounts {
  readonly #members: () => readonly CrewMember[];
  readonly #own = new Registry();
  readonly #losses: Counter;
  readonly #stopProcessMetrics: () => void;
  #departed: Promise<Counts> = Promise.resolve([]);

  constructor(members: () => readonly CrewMember[]) {
    this.#members = members;
    const registers = [this.#own];
    new Gauge({
      name: 'fluxo_workers_listening',
      help: 'Workers that listen.',
      registers,
      collect() {
        this.set(members().filter(({ isListening }) => isListening).length);
      },
    });
    this.#losses = new Counter({
      name: 'fluxo_workers_lost_total',
      help: 'Workers that ended by themselves or were killed; each was replaced.',
      registers,
    });
    this.#stopProcessMetrics = addProcessMetrics(this.#own, readVersion());
  }

  get contentType(): string {
    return this.#own.contentType;
  }

  /** A counter must not fall when a worker ends: what it had counted at the last scrape stays in the sum. */
  lost({ counts }: CrewMember): void {
    this.#losses.inc();
    const lasting = counts.filter(({ type }) => LASTING.has(String(type)));
    this.#departed = this.#departed.then((departed) => sum([departed, lasting]).getMetricsAsJSON());
  }

  async text(): Promise<string> {
    // Both at the same moment: who is lost from here on is still among the members, with what was last heard.
    const departed = this.#departed;
    const members = this.#members();
    await Promise.all(
      members.map(async (member) => {
        member.counts = (await member.ask('counts')) ?? member.counts;
      }),
    );
    const counts = members.map((member) => member.counts);
    return sum([await departed, ...counts, await this.#own.getMetricsAsJSON()]).metrics();
  }

  stop(): void {
    this.#stopProcessMetrics();
  }
}

const LASTING: ReadonlySet<string> = new Set(['counter', 'histogram']);

function sum(counts: readonly Counts[]): Registry {
  return AggregatorRegistry.aggregate([...counts]);
}
