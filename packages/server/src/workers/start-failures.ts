const MOST = 5;
const WITHIN_MS = 10_000;

/** Workers that ended before they ever listened: so many in so short a time, and the next one would end too. */
export class StartFailures {
  #endedAtMs: number[] = [];

  /** @returns whether it makes no sense to try again */
  note(nowMs: number): boolean {
    this.#endedAtMs = [...this.#endedAtMs.filter((at) => nowMs - at < WITHIN_MS), nowMs];
    return this.#endedAtMs.length >= MOST;
  }
}

/** The message is for the person who started the server. */
export class WorkersFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorkersFailedError';
  }

  static atStart(last: string): WorkersFailedError {
    return new WorkersFailedError(
      `${MOST} workers ended within ${WITHIN_MS / 1000} s before they listened, so no more are started. The last one: ${last}. ` +
        'What they said themselves stands above.',
    );
  }

  static atStop(first: string): WorkersFailedError {
    return new WorkersFailedError(`A worker ended before it had answered what had come: ${first}.`);
  }
}
