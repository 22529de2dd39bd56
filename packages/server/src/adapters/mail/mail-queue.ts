import { setTimeout as pause } from 'node:timers/promises';
import type { DeliverMail, Mail } from './mail-transport.js';

interface MailLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Work that ends in a message, or in none. */
export type MailJob = () => Promise<Mail | undefined>;

/** How long it waits before each further try: a mail server that restarts is back by then. */
const RETRY_AFTER_MS = [1_000, 10_000, 60_000, 300_000];
/** So many messages wait at most; a page is answered all the same, and the person asks again. */
const MOST_WAITING = 1_000;

/**
 * Sends behind the pages: how long a message takes, and whether there is one, nobody learns from an answer. What
 * waits is kept in memory alone, because it holds links that set passwords; what a stop cuts off is asked for
 * again.
 */
export class MailQueue {
  readonly #deliver: DeliverMail;
  readonly #retryAfterMs: readonly number[];
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #log: MailLog | undefined;

  /** False where mails end in a folder of this machine, and nobody but an operator reads them. */
  readonly leavesHouse: boolean;

  constructor(deliver: DeliverMail, retryAfterMs: readonly number[] = RETRY_AFTER_MS, leavesHouse = false) {
    this.#deliver = deliver;
    this.#retryAfterMs = retryAfterMs;
    this.leavesHouse = leavesHouse;
  }

  start(log: MailLog): void {
    this.#log = log;
  }

  /** Never throws, and never waits. */
  send(job: MailJob): void {
    if (this.#running.size >= MOST_WAITING) {
      this.#log?.error({ waiting: MOST_WAITING }, 'mail dropped: too many wait');
      return;
    }
    const run = this.#run(job).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  /** When everything that was sent so far has gone, or was given up. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** One more try is not waited for. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.idle();
  }

  async #run(job: MailJob): Promise<void> {
    // After the answer has gone.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      const mail = await job();
      if (mail !== undefined) await this.#tryUntilDelivered(mail);
    } catch (error) {
      this.#log?.error({ err: withoutMessage(error) }, 'mail could not be made');
    }
  }

  async #tryUntilDelivered(mail: Mail): Promise<void> {
    for (const [tries, waitMs] of [...this.#retryAfterMs, undefined].entries()) {
      try {
        await this.#deliver(mail);
        return;
      } catch (error) {
        const details = { err: withoutMessage(error), tries: tries + 1 };
        if (waitMs === undefined || this.#stop.signal.aborted) {
          this.#log?.error(details, 'mail given up');
          return;
        }
        this.#log?.warn(details, 'mail not delivered yet');
        // Stopped, it is tried once more at once.
        await pause(waitMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
  }
}

/** What a mail server answers may repeat the address or the message. */
function withoutMessage(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const responseCode = 'responseCode' in error ? error.responseCode : undefined;
  return { type: error.name, code, responseCode };
}
