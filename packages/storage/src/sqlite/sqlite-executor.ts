import type { Database } from 'better-sqlite3';
import type { Operation, StatementAnswer } from '../operation.js';
import type { ReadSnapshot } from './read-snapshot.js';
import { toUnavailable } from './sqlite-errors.js';
import { NamedStatement } from './named-statement.js';
import { SqliteStatement } from './sqlite-statement.js';
import type { WriteBatcher } from './write-batcher.js';

/** A statement that was compiled once. */
export type Compiled<Result> = NamedStatement<Result>;

const MAX_CACHED_STATEMENTS = 500;

/** Runs operations on one SQLite connection: reads at once, writes in the next batch. */
export class SqliteExecutor {
  readonly database: Database;
  readonly #batcher: WriteBatcher;
  readonly #snapshot: ReadSnapshot;
  readonly #statements = new Map<string, SqliteStatement<unknown[], unknown>>();

  constructor(database: Database, batcher: WriteBatcher, snapshot: ReadSnapshot) {
    this.database = database;
    this.#batcher = batcher;
    this.#snapshot = snapshot;
  }

  /** Between two batches nothing is half written: a read sees what is committed, nothing else. */
  read<T>(operation: () => Operation<T>): Promise<T> {
    return this.readNow(() => this.#drive(operation()));
  }

  write<T>(operation: () => Operation<T>): Promise<T> {
    return this.#batcher.submit(() => this.#drive(operation()));
  }

  /** For the hot path: work on statements that were compiled once. */
  readNow<T>(work: () => T): Promise<T> {
    try {
      this.#snapshot.enter();
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(toUnavailable(error));
    }
  }

  writeNow<T>(work: () => T): Promise<T> {
    return this.#batcher.submit(work);
  }

  /** A statement of the hot path, compiled at start. Parameters are named (`@id`). */
  compile<Result = unknown>(sql: string): Compiled<Result> {
    return new NamedStatement(this.database, sql);
  }

  #drive<T>(operation: Operation<T>): T {
    let step = operation.next();
    while (step.done !== true) step = operation.next(this.#execute(step.value.sql, step.value.parameters));
    return step.value;
  }

  #execute(sql: string, parameters: readonly unknown[]): StatementAnswer {
    const statement = this.#prepare(sql);
    if (!statement.reader) return { rows: [], changes: statement.run(...parameters) };
    const rows = statement.all(...parameters);
    return { rows, changes: rows.length };
  }

  #prepare(sql: string): SqliteStatement<unknown[], unknown> {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    if (this.#statements.size >= MAX_CACHED_STATEMENTS) this.#statements.clear();
    const statement = new SqliteStatement(this.database.prepare(sql));
    this.#statements.set(sql, statement);
    return statement;
  }
}
