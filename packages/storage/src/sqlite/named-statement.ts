import type { Database } from 'better-sqlite3';
import { SqliteStatement } from './sqlite-statement.js';

type Value = string | number | Uint8Array | null;
export type NamedParameters = Readonly<Record<string, Value>>;

/** A name in SQL of our own, where no literal has such a sign. */
const NAME = /@(\w+)/g;

/**
 * A prepared statement whose parameters have names (`@id`). To SQLite they have none, and one that stands twice is bound twice:
 * the driver looks each name up anew whenever it is bound.
 */
export class NamedStatement<Result> {
  readonly #statement: SqliteStatement<[readonly Value[]], Result>;
  readonly #names: readonly string[];
  readonly #valuesOf: (parameters: NamedParameters) => readonly (Value | undefined)[];

  constructor(database: Database, sql: string) {
    this.#names = Array.from(sql.matchAll(NAME), ([, name = '']) => name);
    this.#statement = new SqliteStatement(database.prepare<[readonly Value[]]>(sql.replaceAll(NAME, '?')));
    this.#valuesOf = readerOf(this.#names);
  }

  /** @throws TypeError for a value that is missing */
  get(parameters: NamedParameters): Result | undefined {
    return this.#statement.get(this.#bind(parameters));
  }

  /** @throws as `get` */
  all(parameters: NamedParameters): Result[] {
    return this.#statement.all(this.#bind(parameters));
  }

  /** @returns the number of rows that it changed; @throws as `get` */
  run(parameters: NamedParameters): number {
    return this.#statement.run(this.#bind(parameters));
  }

  /** The driver would take a value that is missing for NULL. */
  #bind(parameters: NamedParameters): readonly Value[] {
    const values = this.#valuesOf(parameters);
    const missing = values.indexOf(undefined);
    if (missing >= 0) throw new TypeError(`A statement lacks its value for @${this.#names[missing]}.`);
    return values as readonly Value[];
  }
}

/** Written out for these names, as rows are for their columns. */
function readerOf(names: readonly string[]): (parameters: NamedParameters) => readonly (Value | undefined)[] {
  const members = names.map((name) => `parameters[${JSON.stringify(name)}]`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as in SqliteStatement
  return new Function('parameters', `return [${members.join(', ')}];`) as ReturnType<typeof readerOf>;
}
