// What every kind of load counts, and when it begins and ends.
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Stopwatch {
  total = 0;
  begunAt = Infinity;
  endedAt = Infinity;
  #latencies = [];
  #atMost;
  #reached;
  /** Resolves when as many were answered as were asked for. */
  #enough = new Promise((resolve) => (this.#reached = resolve));

  constructor(atMost = Infinity) {
    this.#atMost = atMost;
  }

  get stopping() {
    return this.endedAt < Infinity;
  }

  /** One answer was right. What counts is what was answered in the measured time, or with a schedule what was due in it. */
  note({ since, scheduled = false }) {
    const now = performance.now();
    const at = scheduled ? since : now;
    this.total += 1;
    if (this.total >= this.#atMost) this.#reached();
    if (at >= this.begunAt && at < this.endedAt) this.#latencies.push(now - since);
  }

  /** Lets the players play: warm-up, measured time, end. Rejects as soon as one of them does. */
  async run(players, { warmupSeconds, seconds }) {
    const all = Promise.all(players);
    await Promise.race([all, pause(warmupSeconds * 1000)]);
    this.begunAt = performance.now();
    await Promise.race([all, this.#enough, pause(seconds * 1000)]);
    this.endedAt = performance.now();
    await all;
    const latencies = Float64Array.from(this.#latencies).sort();
    const quantile = (part) => latencies[Math.floor(latencies.length * part)] ?? 0;
    return {
      rate: (latencies.length / (this.endedAt - this.begunAt)) * 1000,
      answered: latencies.length,
      total: this.total,
      p50: quantile(0.5),
      p99: quantile(0.99),
      max: latencies.at(-1) ?? 0,
    };
  }
}

/** Does the job that the parent process sends, and tells it the result. A failure ends this process. */
export function onJob(work) {
  process.once('message', (job) => work(job).then((result) => process.send(result)));
}
