import { Counter, Histogram, Registry } from 'prom-client';

/** A commit is one fsync: from a fast disk to one that struggles. */
const COMMIT_BUCKETS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const JOB_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Exists before the rest: the storage is opened first, and tells of its writes from then on (its port WriteObserver). */
export class WriteCounts {
  readonly registry = new Registry();
  readonly #jobs;
  readonly #duration;
  readonly #postponed;
  readonly #failed;

  constructor() {
    const registers = [this.registry];
    this.#jobs = new Histogram({
      name: 'fluxo_storage_commit_jobs',
      help: 'Writes that shared one commit; the count is the number of commits.',
      buckets: JOB_BUCKETS,
      registers,
    });
    this.#duration = new Histogram({
      name: 'fluxo_storage_commit_duration_seconds',
      help: 'From BEGIN to the end of COMMIT, its fsync included.',
      buckets: COMMIT_BUCKETS_S,
      registers,
    });
    this.#postponed = new Counter({
      name: 'fluxo_storage_postponed_batches_total',
      help: 'Times that a batch waited for another process to let go of the database.',
      registers,
    });
    this.#failed = new Counter({
      name: 'fluxo_storage_failed_commits_total',
      help: 'Batches given up; each of their requests was answered with 503.',
      registers,
    });
  }

  committed(jobs: number, milliseconds: number): void {
    this.#jobs.observe(jobs);
    this.#duration.observe(milliseconds / 1000);
  }

  postponed(): void {
    this.#postponed.inc();
  }

  failed(): void {
    this.#failed.inc();
  }
}
