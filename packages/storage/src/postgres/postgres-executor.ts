import { setTimeout as delay } from 'node:timers/promises';
import type { EnvironmentId } from '@fluxo/core';
import type { OperationRunner } from '../bind-operations.js';
import type { Operation } from '../operation.js';
import type { WriteObserver } from '../write-observer.js';
import type { PostgresSql } from './connect.js';
import { DeadlineError, gaveWay, isUncertain, toUnavailable } from './postgres-errors.js';
import type { PurgePace } from './purge-pace.js';

export type Parameter = string | number | Uint8Array | boolean | null;
type Rows<Row> = readonly Row[] & { readonly count: number };

/** A connection, or a transaction on one: what is needed of it here. Its own types refer to each other without end. */
interface Asked {
  unsafe(text: string, parameters: never, options: { readonly prepare: boolean }): unknown;
}

export interface ExecutorOptions {
  readonly purge: PurgePace | undefined;
  readonly observer?: WriteObserver;
}

const MODES = { read: 'isolation level repeatable read read only', write: 'isolation level read committed' };
const ENTER = `SELECT set_config('fluxo.environment_id', $1, true)`;
const PURGE = 'SELECT purge_expired($1, $2)';

/** How often a transaction is tried that had to give way to another one. */
const ATTEMPTS = 5;
/** How long a request waits for a database that says nothing. */
const DEADLINE_MS = 10_000;
/** How long a call whose answer was lost is asked again, and how often. */
const SETTLE_MS = 10_000;
const SETTLE_EVERY_MS = 100;
/** A connection keeps each statement it prepared: only so many different ones are. */
const MAX_PREPARED = 500;

export interface Settled<Row> {
  readonly row: Row | undefined;
  /** The answer to an earlier try was lost: what looks as if done by somebody else may be our own doing. */
  readonly again: boolean;
}

/** Runs operations, each as one transaction that first names its environment; and single calls of functions. */
export class PostgresExecutor {
  readonly #sql: PostgresSql;
  readonly #options: ExecutorOptions;
  readonly #prepared = new Set<string>();

  constructor(sql: PostgresSql, options: ExecutorOptions) {
    this.#sql = sql;
    this.#options = options;
  }

  /** @param environmentId undefined: only tables that belong to no environment can be read */
  runnerFor(environmentId: EnvironmentId | undefined): OperationRunner {
    return {
      read: (operation) => this.#attempt(() => this.#transact('read', environmentId, operation)),
      write: (operation) => this.#observed(() => this.#transact('write', environmentId, operation)),
    };
  }

  /** A read by one function: one statement, one round trip. */
  call<Row>(text: string, parameters: readonly Parameter[]): Promise<readonly Row[]> {
    return this.#attempt(() => this.#ask<Row>(this.#sql, text, parameters));
  }

  /** A write by one function: one statement, one round trip, one transaction. */
  give<Row>(text: string, parameters: readonly Parameter[]): Promise<readonly Row[]> {
    return this.#observed(() => this.#ask<Row>(this.#sql, text, parameters));
  }

  /**
   * The same for a function that can be done once only. When the connection breaks while it runs nobody knows
   * what came of it, so it is asked again, with the same identifiers and digests, by which
   * its own earlier work is recognized. So a client isn't told 503 for a code that it then finds used.
   */
  async settle<Row>(text: string, parameters: readonly Parameter[]): Promise<Settled<Row>> {
    const giveUpAt = performance.now() + SETTLE_MS;
    return this.#observed(async () => {
      let again = false;
      for (;;) {
        try {
          const [row] = await this.#ask<Row>(this.#sql, text, parameters);
          return { row, again };
        } catch (error) {
          again ||= isUncertain(error);
          if (!again || performance.now() > giveUpAt) throw error;
          this.#options.observer?.postponed();
          await delay(SETTLE_EVERY_MS);
        }
      }
    });
  }

  /** How many expired rows the next write of this environment takes along; 0 most of the time. */
  purgeParameters(environmentId: EnvironmentId): readonly [before: number, rows: number] {
    const { purge } = this.#options;
    return [purge?.now() ?? 0, purge?.rowsFor(environmentId) ?? 0];
  }

  async #observed<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      const result = await this.#attempt(work);
      this.#options.observer?.committed(1, performance.now() - begun);
      return result;
    } catch (error) {
      this.#options.observer?.failed();
      throw error;
    }
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!gaveWay(error) || attempt === ATTEMPTS) throw toUnavailable(error);
        this.#options.observer?.postponed();
      }
    }
  }

  #transact<T>(
    mode: 'read' | 'write',
    environmentId: EnvironmentId | undefined,
    operation: () => Operation<T>,
  ): Promise<T> {
    const work = async (transaction: Asked): Promise<T> => {
      const entered = environmentId === undefined ? [] : this.#ask(transaction, ENTER, [environmentId]);
      // Goes out together with the first statement; its failure fails the transaction by itself.
      if (entered instanceof Promise) entered.catch(() => undefined);
      const result = await this.#drive(transaction, operation());
      await entered;
      if (mode === 'write' && environmentId !== undefined) await this.#purge(transaction, environmentId);
      return result;
    };
    return withinDeadline(this.#sql.begin(MODES[mode], work) as Promise<T>);
  }

  async #purge(transaction: Asked, environmentId: EnvironmentId): Promise<void> {
    const parameters = this.purgeParameters(environmentId);
    if (parameters[1] > 0) await this.#ask(transaction, PURGE, parameters);
  }

  async #drive<T>(transaction: Asked, operation: Operation<T>): Promise<T> {
    let step = operation.next();
    while (step.done !== true) {
      const { sql, parameters } = step.value;
      const rows = await this.#ask(transaction, sql, parameters as readonly Parameter[]);
      step = operation.next({ rows, changes: rows.count });
    }
    return step.value;
  }

  #ask<Row = unknown>(on: Asked, text: string, parameters: readonly Parameter[]): Promise<Rows<Row>> {
    const prepare = this.#prepared.has(text) || this.#prepared.size < MAX_PREPARED;
    if (prepare) this.#prepared.add(text);
    const storable = parameters.map(withoutNul) as never;
    return withinDeadline(on.unsafe(text, storable, { prepare }) as PromiseLike<Rows<Row>>);
  }
}

/** PostgreSQL's text can't hold the character NUL, and nothing of ours has one: whoever sends it finds nobody. */
function withoutNul(value: Parameter): Parameter {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** What the database does after that is its own matter: the caller is told that it is away. */
async function withinDeadline<T>(work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlineError('The database said nothing.')), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
