import type { Log } from '../http/build-app.js';

const INTERVAL_MS = 1_000;

/** Writes what requests only noted, behind them: each second, and at once where it is asked to. */
export class NotesWriter {
  readonly #write: (isLast: boolean) => Promise<void>;
  #log: Log | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;

  constructor(write: (isLast: boolean) => Promise<void>) {
    this.#write = write;
  }

  start(log: Log): void {
    this.#log = log;
    this.#timer = setInterval(() => void this.#run(false), INTERVAL_MS);
    this.#timer.unref();
  }

  soon(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      void this.#run(false);
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearImmediate(this.#soon);
    await this.#run(true);
  }

  async #run(isLast: boolean): Promise<void> {
    try {
      await this.#write(isLast);
    } catch (error) {
      // Nothing is lost: the next write takes it along.
      this.#log?.warn({ err: error }, 'what was noted could not be written yet');
    }
  }
}
