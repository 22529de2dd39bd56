import cluster, { type Worker } from 'node:cluster';
import type { Counts } from '../metrics/metrics.js';
import type { Answers, Assignment, FromWorker, Subject, ToWorker } from './messages.js';

/** As long as a node may need to notice that its database is away. */
const ANSWER_WITHIN_MS = 3_000;

/** One worker, as its primary sees it. */
export class CrewMember {
  readonly number: number;
  readonly pid: number | undefined;
  /** Resolves when it listens; never, when it ends before. */
  readonly listening: Promise<void>;
  /** Resolves with how it ended. */
  readonly gone: Promise<string>;
  isListening = false;
  /** What it counted, as of the last time it was asked. */
  counts: Counts = [];
  readonly #worker: Worker;
  readonly #onWaiting: () => void;
  readonly #questions = new Map<number, (answer: unknown) => void>();
  readonly #unsaid: ToWorker[] = [];
  #hears = false;
  #asked = 0;

  /** @param onWaiting told each time that it tried the database and found it away */
  constructor(assignment: Assignment, onWaiting: () => void) {
    this.#onWaiting = onWaiting;
    this.#worker = cluster.fork();
    this.number = assignment.number;
    this.pid = this.#worker.process.pid;
    this.gone = endOf(this.#worker);
    this.listening = new Promise((resolve) => {
      this.#worker.on('message', (message: FromWorker) => this.#hear(message, resolve));
    });
    closeWhatItNeverTook(this.#worker, this.gone);
    this.#tell({ kind: 'begin', ...assignment });
  }

  /** It answers what has come, and ends. */
  stop(): void {
    this.#tell({ kind: 'stop' });
  }

  /** @returns undefined when it doesn't listen yet, ends before it answers, or takes too long */
  async ask<About extends Subject>(about: About): Promise<Answers[About] | undefined> {
    if (!this.isListening) return undefined;
    const id = (this.#asked += 1);
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<unknown>((resolve) => {
      this.#questions.set(id, resolve);
      timer = setTimeout(resolve, ANSWER_WITHIN_MS);
    });
    this.#tell({ kind: 'question', id, about });
    try {
      // What the worker answers to a subject is said by one type, for both sides.
      return (await Promise.race([answer, this.gone.then(() => undefined)])) as Answers[About] | undefined;
    } finally {
      clearTimeout(timer);
      this.#questions.delete(id);
    }
  }

  #hear(message: FromWorker, listens: () => void): void {
    switch (message.kind) {
      case 'hears':
        this.#hears = true;
        for (const unsaid of this.#unsaid.splice(0)) this.#tell(unsaid);
        break;
      case 'waiting':
        this.#onWaiting();
        break;
      case 'listening':
        this.isListening = true;
        listens();
        break;
      case 'answer':
        this.#questions.get(message.id)?.(message.answer);
    }
  }

  /** Who can't be told anything is about to be gone: that is heard elsewhere. */
  #tell(message: ToWorker): void {
    if (!this.#hears) this.#unsaid.push(message);
    else if (this.#worker.isConnected()) this.#worker.send(message, () => undefined);
  }
}

function endOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    worker.on('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
    // A process that could not be made has no exit.
    worker.on('error', (error) => {
      if (worker.process.pid === undefined) resolve(error.message);
    });
  });
}

/**
 * node:cluster hands a connection to a worker and keeps its own end until the worker has said that it took it. One
 * that is killed in between never says so, and the client would wait for an answer for good. At most one
 * connection is under way to a worker, and closing what was closed already does nothing.
 */
function closeWhatItNeverTook(worker: Worker, gone: Promise<string>): void {
  const child = worker.process;
  const send = child.send.bind(child) as (...args: readonly unknown[]) => boolean;
  let handedOver: Closable | undefined;
  child.send = (...args: readonly unknown[]): boolean => {
    // What stands there with a message of ours is a callback.
    const [, handle] = args;
    if (isClosable(handle)) handedOver = handle;
    return send(...args);
  };
  void gone.then(() => handedOver?.close());
}

interface Closable {
  close(): void;
}

function isClosable(handle: unknown): handle is Closable {
  return typeof handle === 'object' && handle !== null && 'close' in handle;
}
