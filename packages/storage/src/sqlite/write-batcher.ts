import type { Database } from 'better-sqlite3';
import { UnavailableError } from '@fluxo/core';
import type { WriteObserver } from '../write-observer.js';
import type { ReadSnapshot } from './read-snapshot.js';
import { isBusy, toUnavailable } from './sqlite-errors.js';

interface Job {
  /** May be carried out twice, the first time for nothing: whatever it does, it does in the database. */
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly deadline: number;
  outcome?: { readonly value: unknown } | { readonly error: unknown };
}

export interface BatcherOptions {
  /** Of the reads on the same connection: it ends before a batch begins. */
  readonly snapshot: Pick<ReadSnapshot, 'leave' | 'leaveSoon'>;
  /** How long a write waits for another process (the command line) to let go of the database. */
  readonly busyTimeoutMs: number;
  /** Runs inside the transaction, after the work: the place to remove what has expired. */
  readonly afterWork: (jobs: number) => void;
  /** Runs after each commit, before anybody is answered; never throws. */
  readonly afterCommit: () => void;
  readonly observer?: WriteObserver;
}

const MAX_BATCH = 256;
const BUSY_RETRY_MS = 3;
/** Of the event loop, that a batch waits for what still arrives. */
const MOST_TURNS = 4;

/**
 * Group commit: what arrives together, in one turn of the event loop or in the next while more arrive, shares one transaction
 * and one fsync. One that is alone waits for nobody. When a job fails, which is rare, all of
 * it is done again with each job in a savepoint of its own, so that it takes nothing of the others along. Jobs are
 * answered after the commit: an acknowledged write is on the disk. A failed commit fails every member.
 */
export class WriteBatcher {
  readonly #database: Database;
  readonly #options: BatcherOptions;
  readonly #statements: Readonly<
    Record<'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'undo', { run(): unknown }>
  >;
  #waiting: Job[] = [];
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(database: Database, options: BatcherOptions) {
    this.#database = database;
    this.#options = options;
    this.#statements = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
      savepoint: database.prepare('SAVEPOINT job'),
      release: database.prepare('RELEASE job'),
      undo: database.prepare('ROLLBACK TO job'),
    };
  }

  /** @throws UnavailableError when the database could not take the write; then nothing of it is there */
  submit<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const deadline = performance.now() + this.#options.busyTimeoutMs;
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject, deadline });
      this.#schedule();
    });
  }

  /** Resolves when nothing is waiting to be written. */
  drained(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#drainWhenQuiet(1, MOST_TURNS);
  }

  /** @param seen how many were waiting before this turn: while more arrive, a turn more costs less than a commit more */
  #drainWhenQuiet(seen: number, turnsLeft: number): void {
    setImmediate(() => {
      const { length } = this.#waiting;
      if (length > seen && length < MAX_BATCH && turnsLeft > 0) this.#drainWhenQuiet(length, turnsLeft - 1);
      else this.#drain();
    });
  }

  #drain(): void {
    this.#scheduled = false;
    const batch = this.#waiting.splice(0, MAX_BATCH);
    const begun = performance.now();
    try {
      this.#options.snapshot.leave();
      this.#statements.begin.run();
    } catch (error) {
      this.#postpone(batch, error);
      return;
    }
    this.#commit(batch, begun);
    this.#options.snapshot.leaveSoon();
    this.#continue();
  }

  #continue(): void {
    if (this.#waiting.length > 0) this.#schedule();
    else for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** The event loop never waits for another process's lock: the batch comes again a moment later. */
  #postpone(batch: readonly Job[], error: unknown): void {
    const now = performance.now();
    const again = isBusy(error) ? batch.filter((job) => job.deadline > now) : [];
    for (const job of batch) if (!again.includes(job)) job.reject(toUnavailable(error));
    this.#waiting.unshift(...again);
    if (again.length === 0) {
      this.#options.observer?.failed();
      this.#continue();
      return;
    }
    this.#options.observer?.postponed();
    this.#scheduled = true;
    setTimeout(() => this.#drain(), BUSY_RETRY_MS);
  }

  #commit(batch: readonly Job[], begun: number): void {
    try {
      if (!this.#runTogether(batch)) for (const job of batch) this.#runInSavepoint(job);
      this.#options.afterWork(batch.length);
      this.#statements.commit.run();
    } catch (error) {
      this.#abandon(batch, error);
      this.#options.observer?.failed();
      return;
    }
    this.#options.afterCommit();
    for (const job of batch) settle(job);
    this.#options.observer?.committed(batch.length, performance.now() - begun);
  }

  /** Nothing of the batch is there; whatever else fails on the way, every member hears of it. */
  #abandon(batch: readonly Job[], cause: unknown): void {
    const reason = new UnavailableError('The transaction was not committed.', { cause });
    for (const job of batch) job.reject(reason);
    try {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The next BEGIN finds the transaction still open, tells its members so, and this is tried again.
    }
  }

  /** @returns whether all could be done; else nothing is, and the transaction begins anew */
  #runTogether(batch: readonly Job[]): boolean {
    try {
      for (const job of batch) job.outcome = { value: job.work() };
      return true;
    } catch (error) {
      // A full disk or an I/O error ends the whole transaction by itself.
      if (!this.#database.inTransaction) throw error;
      this.#statements.rollback.run();
      this.#statements.begin.run();
      return false;
    }
  }

  #runInSavepoint(job: Job): void {
    this.#statements.savepoint.run();
    try {
      job.outcome = { value: job.work() };
    } catch (error) {
      if (!this.#database.inTransaction) throw error;
      this.#statements.undo.run();
      job.outcome = { error };
    }
    this.#statements.release.run();
  }
}

function settle(job: Job): void {
  if (job.outcome === undefined) job.reject(new UnavailableError('The write was not carried out.'));
  else if ('error' in job.outcome) job.reject(toUnavailable(job.outcome.error));
  else job.resolve(job.outcome.value);
}
