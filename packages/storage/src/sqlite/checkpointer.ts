import { closeSync, openSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import type { ReadSnapshot } from './read-snapshot.js';

/** What the thread works on. */
export interface CheckpointTask {
  readonly file: string;
  /** Of the database file, to wait for the disk with. */
  readonly handle: number;
}

export type CheckpointOrder = 'checkpoint' | 'close';

export interface CheckpointReport {
  /** Undefined: all went well. */
  readonly failure: string | undefined;
}

/** SQLite's answer: pages in the log, and how many of them are in the database. Both are -1 where another one is at it. */
export interface LogState {
  readonly log: number;
  readonly checkpointed: number;
}

export interface CheckpointerOptions {
  readonly file: string;
  /** Of the reads on the same connection: SQLite brings nothing over while a transaction is open on it. */
  readonly snapshot: Pick<ReadSnapshot, 'leave'>;
  /** In the log, from which on they are brought over. */
  readonly pages: number;
  /** Runs when all of the log is in the database, and the next commit begins it anew. */
  readonly emptied: () => void;
}

/** Commits between two looks at the log: a look takes a microsecond. */
const COMMITS_BETWEEN = 32;
/** As long may the log be where the disk has little room. */
const FEW_PAGES = 1_000;
/** On the disk, for each page of the log, to have more than a little: 100 MB for 12,000. */
const ROOM_PER_PAGE = 2 * 4_096;
/** Always what was built: Node.js runs no other in a thread. */
const THREAD = '@fluxo/storage/checkpoint-thread';
/** It has nothing to remember but one page at a time. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 };

/**
 * Brings the pages of the write-ahead log into the database beside the event loop, on a thread with a connection of its own, and
 * waits for the disk there. What was written meanwhile, a few pages, is brought over here, between two batches; then
 * the log begins anew. The thread is started when the log is long for the first time.
 */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #look;
  readonly #checkpoint;
  #thread: Worker | undefined;
  #handle: number | undefined;
  #commits = 0;
  #asked = false;
  /** At the last look. */
  #length = 0;
  /** Not asked before it is so long: a reader of long ago keeps the log from being emptied. */
  #due = 0;

  constructor(database: Database, options: CheckpointerOptions) {
    this.#options = options;
    this.#look = database.prepare<[], LogState>('PRAGMA wal_checkpoint(NOOP)');
    this.#checkpoint = database.prepare<[], LogState>('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** To be called between two transactions; never throws. */
  committed(): void {
    this.#commits += 1;
    if (this.#commits < COMMITS_BETWEEN || this.#asked) return;
    this.#commits = 0;
    this.#try(() => this.#askWhenDue());
  }

  /** A commit is done, whatever becomes of its log. */
  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      warn(error);
    }
  }

  #askWhenDue(): void {
    const { log = 0 } = this.#look.get() ?? {};
    // It began anew.
    if (log < this.#length) this.#due = 0;
    this.#length = log;
    const pages = this.#pages();
    if (log < Math.max(this.#due, pages)) return;
    this.#due = log + Math.ceil(pages / 4);
    this.#thread ??= this.#start();
    this.#thread.postMessage('checkpoint' satisfies CheckpointOrder);
    this.#asked = true;
  }

  /** A log must not take the room that the database needs to grow. */
  #pages(): number {
    const { file, pages } = this.#options;
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize > ROOM_PER_PAGE * pages ? pages : Math.min(pages, FEW_PAGES);
  }

  /** Also anew, where the last one died. */
  #start(): Worker {
    const { file } = this.#options;
    this.#handle ??= openSync(file, 'r+');
    const workerData: CheckpointTask = { file, handle: this.#handle };
    const thread = new Worker(createRequire(import.meta.url).resolve(THREAD), {
      workerData,
      execArgv: [],
      resourceLimits: THREAD_LIMITS,
    });
    // Nobody is kept from ending by it.
    thread.unref();
    thread.on('message', (report: CheckpointReport) => this.#finish(report));
    thread.on('error', (error) => warn(error));
    thread.on('exit', () => {
      this.#thread = undefined;
      this.#asked = false;
    });
    return thread;
  }

  #finish({ failure }: CheckpointReport): void {
    this.#asked = false;
    this.#try(() => {
      if (failure !== undefined) throw new Error(failure);
      this.#options.snapshot.leave();
      const { log = 0, checkpointed = -1 } = this.#checkpoint.get() ?? {};
      if (log >= 0 && checkpointed === log) this.#options.emptied();
    });
  }

  /** Ends the thread, after what it is at; the database may be closed then. */
  async end(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    await new Promise((resolve) => {
      thread.once('exit', resolve);
      thread.postMessage('close' satisfies CheckpointOrder);
    });
  }

  /** To be called when the database is closed: whoever closes a file before lets go of all of the process's locks on it. */
  letGo(): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
  }
}

/** Nothing is lost: the log grows until it can be brought over. */
function warn(cause: unknown): void {
  process.emitWarning(`The write-ahead log could not be brought into the database: ${String(cause)}`);
}
