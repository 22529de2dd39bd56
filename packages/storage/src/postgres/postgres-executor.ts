import { setTimeout as delay } from 'node:timers/promises';
import type { EnvironmentId } from '@fluxo/core';
import type { OperationRunner } from '../bind-operations.js';
import type { Operation } from '../operation.js';
import type { WriteObserver } from '../write-observer.js';
import { gaveWay, isConnectionLost, isUncertain, toUnavailable } from './postgres-errors.js';
import type { Connection, Parameter, PostgresPool } from './postgres-pool.js';
import type { PurgePace } from './purge-pace.js';

export interface ExecutorOptions {
  readonly purge: PurgePace | undefined;
  readonly observer?: WriteObserver;
}

const MODES = { read: 'ISOLATION LEVEL REPEATABLE READ READ ONLY', write: 'ISOLATION LEVEL READ COMMITTED' };
const PURGE = 'SELECT purge_expired($1, $2)';

/** How often a transaction is tried that had to give way to another one. */
const ATTEMPTS = 5;
/** How long a call whose answer was lost is asked again, and how often. */
const SETTLE_MS = 10_000;
const SETTLE_EVERY_MS = 100;

export interface Settled<Row> {
  readonly row: Row | undefined;
  /** The answer to an earlier try was lost: what looks as if done by somebody else may be our own doing. */
  readonly again: boolean;
}

/** Runs operations, each as one transaction that first names its environment; and single calls of functions. */
export class PostgresExecutor {
  readonly #pool: PostgresPool;
  readonly #options: ExecutorOptions;

  constructor(pool: PostgresPool, options: ExecutorOptions) {
    this.#pool = pool;
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
    return this.#attempt(() => this.#ask<Row>(text, parameters));
  }

  /** A write by one function: one statement, one round trip, one transaction. */
  give<Row>(text: string, parameters: readonly Parameter[]): Promise<readonly Row[]> {
    return this.#observed(() => this.#ask<Row>(text, parameters));
  }

  /**
   * The same for a function that can be done once only. When the connection breaks while it runs nobody knows
   * what came of it, so it is asked again, with the same identifiers and digests, by which its own earlier
   * work is recognized. So a client isn't told 503 for a code that it then finds used.
   */
  async settle<Row>(text: string, parameters: readonly Parameter[]): Promise<Settled<Row>> {
    const giveUpAt = performance.now() + SETTLE_MS;
    return this.#observed(async () => {
      let again = false;
      for (;;) {
        try {
          const [row] = await this.#ask<Row>(text, parameters);
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

  async #ask<Row>(text: string, parameters: readonly Parameter[]): Promise<readonly Row[]> {
    const { rows } = await this.#pool.run((connection) => connection.ask<Row>(text, parameters));
    return rows;
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
    return this.#pool.run(async (connection) => {
      await connection.simple(`BEGIN ${MODES[mode]}${enter(environmentId)}`);
      try {
        const result = await drive(connection, operation());
        if (mode === 'write' && environmentId !== undefined) await this.#purge(connection, environmentId);
        await connection.simple('COMMIT');
        return result;
      } catch (error) {
        // A broken connection ends its transaction by itself, and is thrown away.
        if (!isConnectionLost(error)) await connection.simple('ROLLBACK');
        throw error;
      }
    });
  }

  async #purge(connection: Connection, environmentId: EnvironmentId): Promise<void> {
    const parameters = this.purgeParameters(environmentId);
    if (parameters[1] > 0) await connection.ask(PURGE, parameters);
  }
}

/** Goes along with BEGIN, so that it costs no round trip. */
function enter(environmentId: EnvironmentId | undefined): string {
  if (environmentId === undefined) return '';
  if (!/^[0-9a-f]{32}$/.test(environmentId)) throw new TypeError('An environment must have an identifier.');
  return `; SET LOCAL fluxo.environment_id = '${environmentId}'`;
}

async function drive<T>(connection: Connection, operation: Operation<T>): Promise<T> {
  let step = operation.next();
  while (step.done !== true) {
    const { sql, parameters } = step.value;
    const { rows, count } = await connection.ask(sql, parameters as readonly Parameter[]);
    step = operation.next({ rows, changes: count });
  }
  return step.value;
}
