import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { Answers } from './answers.js';
import { addProcessMetrics } from './process-metrics.js';
import { Tally } from './tally.js';
import type { WriteCounts } from './write-counts.js';

/** From a cached answer to a password being hashed behind a queue of others. */
const LATENCY_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface MetricsOptions {
  readonly version: string;
  readonly pendingUses: () => number;
  /** What the storage tells; its registry is the one that everything joins. */
  readonly writes: WriteCounts;
}

/** Every metric with its values, in a form that goes from process to process. */
export type Counts = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/**
 * What operators watch. Every label has few values, all from our own code: never a path, a host, an
 * identifier or anything else that a client sent, so that nobody can fill the memory from outside.
 * One registry for each composed server: several may live in one process.
 */
export class Metrics {
  readonly #registry: Registry;
  readonly answers: Answers;
  readonly #tokenRequests;
  /** Answers of the token endpoints, by grant type and outcome. */
  readonly tokens = new Tally<string, string>();
  readonly refusals;
  readonly signIns;
  readonly #stopProcessMetrics: () => void;

  constructor({ version, pendingUses, writes }: MetricsOptions) {
    const registry = writes.registry;
    const registers = [registry];
    this.#registry = registry;
    const requests = new Counter({
      name: 'fluxo_http_requests_total',
      help: 'Requests answered on the main port. route is the pattern, none where no route fits.',
      labelNames: ['surface', 'method', 'route', 'status'] as const,
      registers,
    });
    const latency = new Histogram({
      name: 'fluxo_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer.',
      labelNames: ['surface', 'route'] as const,
      buckets: LATENCY_BUCKETS_S,
      registers,
    });
    this.answers = new Answers({ requests, latency });
    this.#tokenRequests = new Counter({
      name: 'fluxo_token_requests_total',
      help: 'Answers of the token endpoints: issued, or the error.',
      labelNames: ['grant_type', 'outcome'] as const,
      registers,
    });
    this.refusals = new Counter({
      name: 'fluxo_refusals_total',
      help: 'Requests refused, by the check that refused them.',
      labelNames: ['surface', 'check'] as const,
      registers,
    });
    this.signIns = new Counter({
      name: 'fluxo_sign_ins_total',
      help: 'Passwords presented, by what came of it.',
      labelNames: ['outcome'] as const,
      registers,
    });
    addPendingUses(registry, pendingUses);
    this.#stopProcessMetrics = addProcessMetrics(registry, version);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Prometheus' text format. */
  text(): Promise<string> {
    this.#tellAll();
    return this.#registry.metrics();
  }

  /** As one of several workers, for their primary to add up. */
  counts(): Promise<Counts> {
    this.#tellAll();
    return this.#registry.getMetricsAsJSON();
  }

  #tellAll(): void {
    this.answers.tellAll();
    this.tokens.empty((grant_type, outcome, count) =>
      this.#tokenRequests.inc({ grant_type, outcome }, count),
    );
  }

  /** Lets go of what measures the process. */
  stop(): void {
    this.#stopProcessMetrics();
  }
}

function addPendingUses(registry: Registry, pendingUses: () => number): void {
  new Gauge({
    name: 'fluxo_usage_writes_pending',
    help: 'Uses of sessions and secrets that are noted but not written yet.',
    registers: [registry],
    collect() {
      this.set(pendingUses());
    },
  });
}
