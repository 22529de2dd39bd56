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

  constructor(database: Database, sql: string) {
    this.#names = Array.from(sql.matchAll(NAME), ([, name = '']) => name);
    this.#statement = new SqliteStatement(database.prepare<[readonly Value[]]>(sql.replaceAll(NAME, '?')));
  }

  /** @throws TypeError for a value that is missing */
  get(parameters: NamedParameters): Result | undefined {
    return this.#statement.get(this.#valuesIn(parameters));
  }

  /** @throws as `get` */
  all(parameters: NamedParameters): Result[] {
    return this.#statement.all(this.#valuesIn(parameters));
  }

  /** @returns the number of rows that it changed; @throws as `get` */
  run(parameters: NamedParameters): number {
    return this.#statement.run(this.#valuesIn(parameters));
  }

  /** The driver would take a value that is missing for NULL. */
  #valuesIn(parameters: NamedParameters): readonly Value[] {
    const values: Value[] = [];
    for (const name of this.#names) {
      const value = parameters[name];
      if (value === undefined) throw new TypeError(`A statement lacks its value for @${name}.`);
      values.push(value);
    }
    return values;
  }
}
