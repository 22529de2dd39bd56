/** Where log lines go. */
export interface LogStream {
  write(line: string): unknown;
}

/**
 * Writes what one turn of the event loop has to say in one go: standard output takes a system call each time.
 * Nothing is held back for longer, and what is left when the process ends is written then.
 */
export class LogLines implements LogStream {
  readonly #stream: LogStream;
  #waiting = '';
  #scheduled = false;

  constructor(stream: LogStream) {
    this.#stream = stream;
    process.on('exit', this.flush);
  }

  write(line: string): void {
    this.#waiting += line;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.flush);
  }

  flush = (): void => {
    this.#scheduled = false;
    if (this.#waiting === '') return;
    const lines = this.#waiting;
    this.#waiting = '';
    this.#stream.write(lines);
  };

  /** Writes what is left, and lets go of the process. */
  close(): void {
    this.flush();
    process.off('exit', this.flush);
  }
}
