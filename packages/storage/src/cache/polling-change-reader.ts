import type { EnvironmentId } from '@fluxo/core';
import type { ChangeListener, ChangeReader } from './change-reader.js';

/** What one look at the log brought. */
export interface ChangePoll<Cursor> {
  /** From where the next look goes on. */
  readonly cursor: Cursor;
  /** Whose things were changed; `missed`: the log doesn't reach back to the last look. */
  readonly changed: ReadonlySet<EnvironmentId> | 'missed';
}

/** Time passes forward only here: it says how long nothing was heard. */
export interface PollTimer {
  nowMs(): number;
  /** @returns a function that calls it off */
  after(milliseconds: number, work: () => void): () => void;
}

export interface PollingOptions<Cursor> {
  /**
   * Must bring every change that was committed when it began and that no look before it brought, in whatever order
   * they were committed. Without a cursor it only says where the log ends.
   */
  readonly read: (since: Cursor | undefined) => Promise<ChangePoll<Cursor>>;
  readonly timer?: PollTimer;
}

const POLL_INTERVAL_MS = 250;
/** A server that hasn't heard for so long may be the only one that doesn't know: it remembers nothing. */
const TRUST_MS = 750;

const systemTimer: PollTimer = {
  nowMs: () => performance.now(),
  after: (milliseconds, work) => {
    // A server that has nothing else to do may end.
    const timer = setTimeout(work, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

/** Looks at the log again and again, and at once when it is woken; one look at a time. */
export class PollingChangeReader<Cursor> implements ChangeReader {
  readonly #read: PollingOptions<Cursor>['read'];
  readonly #timer: PollTimer;
  readonly #listeners: ChangeListener[] = [];
  #cursor: Cursor | undefined;
  #heardAtMs = -Infinity;
  #underWay: Promise<void> | undefined;
  #again = false;
  #closed = false;
  #cancel: () => void = () => undefined;

  constructor({ read, timer = systemTimer }: PollingOptions<Cursor>) {
    this.#read = read;
    this.#timer = timer;
  }

  listen(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  isTrusted(): boolean {
    return !this.#closed && this.#timer.nowMs() - this.#heardAtMs < TRUST_MS;
  }

  /** Something was changed, or the channel that tells of it is open again: looks now instead of in a while. */
  wake(): void {
    if (this.#closed) return;
    // The look under way may have begun before that change.
    if (this.#underWay !== undefined) this.#again = true;
    else this.#poll();
  }

  /** Begins to look. Nothing is trusted before the first look has come back. */
  start(): void {
    this.wake();
  }

  /** Waits for the look under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#underWay;
  }

  #poll(): void {
    this.#cancel();
    this.#again = false;
    this.#underWay = this.#look().finally(() => {
      this.#underWay = undefined;
      if (this.#closed) return;
      if (this.#again) this.#poll();
      else this.#cancel = this.#timer.after(POLL_INTERVAL_MS, () => this.#poll());
    });
  }

  async #look(): Promise<void> {
    // What is committed while it is under way may be missing in its answer: heard is what was so when it began.
    const begunAtMs = this.#timer.nowMs();
    let poll: ChangePoll<Cursor>;
    try {
      poll = await this.#read(this.#cursor);
    } catch {
      // The database is away: whoever asks it hears so, and trust ends by itself.
      return;
    }
    // First told, then trusted.
    this.#tell(poll.changed);
    this.#cursor = poll.cursor;
    this.#heardAtMs = begunAtMs;
  }

  #tell(changed: ChangePoll<Cursor>['changed']): void {
    for (const listener of this.#listeners) {
      if (changed === 'missed') listener.missed();
      else if (changed.size > 0) listener.changed(changed);
    }
  }
}
