import type { Statement } from 'better-sqlite3';

/** From the values of its columns, in their order. */
type ToRow<Result> = (values: unknown) => Result;

/**
 * A prepared statement. Rows are taken as arrays and become objects here: the driver makes an object through V8's
 * interface, name by name, and a row of twenty columns takes it twice as long.
 */
export class SqliteStatement<Parameters extends unknown[], Result> {
  /** Whether it answers with rows. */
  readonly reader: boolean;
  readonly #statement: Statement<Parameters>;
  readonly #toRow: ToRow<Result>;

  constructor(statement: Statement<Parameters>) {
    this.reader = statement.reader;
    this.#statement = statement.reader ? statement.raw() : statement;
    this.#toRow = rowMaker(statement.reader ? statement.columns().map(({ name }) => name) : []);
  }

  get(...parameters: Parameters): Result | undefined {
    const values = this.#statement.get(...parameters);
    return values === undefined ? undefined : this.#toRow(values);
  }

  all(...parameters: Parameters): Result[] {
    return this.#statement.all(...parameters).map((values) => this.#toRow(values));
  }

  /** @returns the number of rows that it changed */
  run(...parameters: Parameters): number {
    return this.#statement.run(...parameters).changes;
  }
}

/** Written out for these columns, which our own SQL names: one shape is made at once, and no name is looked up. */
function rowMaker<Result>(names: readonly string[]): ToRow<Result> {
  const members = names.map((name, column) => `${JSON.stringify(name)}: values[${column}]`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a loop over the names takes ten times as long
  return new Function('values', `return { ${members.join(', ')} };`) as ToRow<Result>;
}
