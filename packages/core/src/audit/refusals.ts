import { newOrderedId, type Essentials } from '../essentials.js';
import type { AuditEventId, EnvironmentId } from '../ids.js';
import type { AuditVia, RefusalType } from './audit-event.js';
import type { RefusalEvent } from './audit-store.js';

/** Rows of one kind in one environment and minute; what comes after is only counted. */
export const MOST_REFUSALS_A_MINUTE = 20;
/** Where the database is away for long, what comes meanwhile is only counted too. */
const MOST_WAITING = 5_000;
const MINUTE_MS = 60_000;

export interface Refusal extends Omit<RefusalEvent, 'id' | 'omitted'> {
  readonly via: AuditVia;
}

/** Keeps the events of one environment. */
export type RecordRefusals = (environmentId: EnvironmentId, events: readonly RefusalEvent[]) => Promise<void>;

interface Minute {
  readonly environmentId: EnvironmentId;
  readonly type: RefusalType;
  readonly via: AuditVia;
  readonly endsAt: number;
  recorded: number;
  omitted: number;
  /** The environment's time of the last one. */
  lastAt: number;
}

/**
 * What was refused since the last write. Answers only note it here and wait for nothing; the server writes batches
 * behind them. Whoever floods the server with refusals gets a bounded number of rows, and one that says how many more
 * there were, so that every count that is shown comes from rows.
 */
export class Refusals {
  #waiting = new Map<EnvironmentId, RefusalEvent[]>();
  #waitingCount = 0;
  readonly #minutes = new Map<string, Minute>();
  readonly #essentials: Pick<Essentials, 'clock' | 'random'>;
  #last: Promise<void> = Promise.resolve();

  constructor(essentials: Pick<Essentials, 'clock' | 'random'>) {
    this.#essentials = essentials;
  }

  /** Must hold no secret, token, code or digest, nor a name that was typed and is nobody's: it may be a password. */
  note(environmentId: EnvironmentId, refusal: Refusal): void {
    const minute = this.#minuteOf(environmentId, refusal);
    minute.lastAt = refusal.at;
    if (minute.recorded >= MOST_REFUSALS_A_MINUTE || this.#waitingCount >= MOST_WAITING) {
      minute.omitted += 1;
      return;
    }
    minute.recorded += 1;
    this.#wait(environmentId, refusal);
  }

  /**
   * Writes what waits, and the counts of the minutes that are over. When the write fails nothing is lost: the next one
   * takes it along.
   * @param isLast the server stops: nobody will count on
   */
  flush(record: RecordRefusals, isLast = false): Promise<void> {
    const write = this.#last.then(() => this.#write(record, isLast));
    this.#last = write.catch(() => undefined);
    return write;
  }

  async #write(record: RecordRefusals, isLast: boolean): Promise<void> {
    const now = this.#essentials.clock.real();
    for (const [key, minute] of this.#minutes) {
      if (isLast || this.#isOver(minute, now)) this.#close(key, minute);
    }
    for (const [environmentId, events] of this.#waiting) {
      this.#waiting.delete(environmentId);
      try {
        await record(environmentId, events);
        this.#waitingCount -= events.length;
      } catch (error) {
        this.#waiting.set(environmentId, [...events, ...(this.#waiting.get(environmentId) ?? [])]);
        throw error;
      }
    }
  }

  #minuteOf(environmentId: EnvironmentId, { type, via, at }: Refusal): Minute {
    const key = `${environmentId} ${type}`;
    const now = this.#essentials.clock.real();
    const known = this.#minutes.get(key);
    if (known !== undefined && !this.#isOver(known, now)) return known;
    if (known !== undefined) this.#close(key, known);
    const counts = { recorded: 0, omitted: 0, lastAt: at };
    const fresh = { environmentId, type, via, endsAt: now + MINUTE_MS, ...counts };
    this.#minutes.set(key, fresh);
    return fresh;
  }

  /** Where nothing can be written the minute goes on, so that what waits stays bounded. */
  #isOver({ endsAt }: Minute, now: number): boolean {
    return now >= endsAt && this.#waitingCount < MOST_WAITING;
  }

  #close(key: string, { environmentId, type, via, lastAt, omitted }: Minute): void {
    this.#minutes.delete(key);
    if (omitted === 0) return;
    const detail = `${omitted} more in the same minute`;
    this.#wait(environmentId, { type, via, at: lastAt, detail, omitted });
  }

  #wait(environmentId: EnvironmentId, refusal: Omit<RefusalEvent, 'id'>): void {
    const event = { ...refusal, id: newOrderedId<AuditEventId>(this.#essentials) };
    const events = this.#waiting.get(environmentId);
    if (events === undefined) this.#waiting.set(environmentId, [event]);
    else events.push(event);
    this.#waitingCount += 1;
  }
}
