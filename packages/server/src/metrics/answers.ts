import type { Counter, Histogram } from 'prom-client';
import { Tally } from './tally.js';

/** Of one route always the same object; without a pattern where no route fits. */
interface AnsweredRoute {
  readonly surface?: string;
  readonly url?: string;
}

interface Answer {
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

interface AnswerMetrics {
  readonly requests: Counter<'surface' | 'method' | 'route' | 'status'>;
  readonly latency: Histogram<'surface' | 'route'>;
}

interface Waiting {
  /** How many, by method and status. */
  readonly counts: Tally<string, number>;
  readonly seconds: number[];
}

const MOST_WAITING = 512;

/**
 * Answers on their way to their metrics, which are told of many at once: for each that they hear of they put the labels
 * together into a text and look up what it names.
 */
export class Answers {
  readonly #metrics: AnswerMetrics;
  readonly #waiting = new Map<AnsweredRoute, Waiting>();

  constructor(metrics: AnswerMetrics) {
    this.#metrics = metrics;
  }

  add(route: AnsweredRoute, { method, status, seconds }: Answer): void {
    const waiting = this.#waiting.get(route) ?? this.#begin(route);
    waiting.counts.add(method, status);
    if (waiting.seconds.push(seconds) >= MOST_WAITING) this.#tell(route, waiting);
  }

  /** To be called before the metrics are read. */
  tellAll(): void {
    for (const [route, waiting] of this.#waiting) this.#tell(route, waiting);
  }

  #begin(route: AnsweredRoute): Waiting {
    const waiting: Waiting = { counts: new Tally(), seconds: [] };
    this.#waiting.set(route, waiting);
    return waiting;
  }

  #tell({ surface = 'none', url: route = 'none' }: AnsweredRoute, { counts, seconds }: Waiting): void {
    counts.empty((method, status, count) =>
      this.#metrics.requests.inc({ surface, method, route, status }, count),
    );
    for (const value of seconds) this.#metrics.latency.observe({ surface, route }, value);
    seconds.length = 0;
  }
}
