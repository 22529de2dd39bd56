import type { Statement } from 'better-sqlite3';

/**
 * A prepared statement. Rows are taken as arrays and become objects here: the driver makes an object through V8's
 * interface, name by name, and a row of twenty columns takes it twice as long.
 */
export class SqliteStatement<Parameters extends unknown[], Result> {
  /** Whether it answers with rows. */
  readonly reader: boolean;
  readonly #statement: Statement<Parameters>;
  readonly #names: readonly string[];

  constructor(statement: Statement<Parameters>) {
    this.reader = statement.reader;
    this.#statement = statement.reader ? statement.raw() : statement;
    this.#names = statement.reader ? statement.columns().map(({ name }) => name) : [];
  }

  get(...parameters: Parameters): Result | undefined {
    const values = this.#statement.get(...parameters);
    return values === undefined ? undefined : this.#toRow(values as readonly unknown[]);
  }

  all(...parameters: Parameters): Result[] {
    return this.#statement.all(...parameters).map((values) => this.#toRow(values as readonly unknown[]));
  }

  /** @returns the number of rows that it changed */
  run(...parameters: Parameters): number {
    return this.#statement.run(...parameters).changes;
  }

  #toRow(values: readonly unknown[]): Result {
    const names = this.#names;
    const row: Record<string, unknown> = {};
    // Not for…of with entries(): this is the innermost loop of every read.
    for (let column = 0; column < names.length; column += 1) row[names[column] as string] = values[column];
    return row as Result;
  }
}
