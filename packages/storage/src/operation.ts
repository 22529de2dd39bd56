import type { CompiledQuery } from 'kysely';

/** SQL with its values beside it. */
export type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** What a driver answers to one statement. */
export interface StatementAnswer {
  readonly rows: readonly unknown[];
  readonly changes: number;
}

/**
 * One transaction's work, written as a generator of statements: SQLite drives it without ever yielding
 * the event loop, another driver may wait between the statements. So an operation is written once.
 */
export type Operation<T> = Generator<Statement, T, StatementAnswer>;

interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

export function* all<Row>(query: Compilable<Row>): Operation<readonly Row[]> {
  const answer = yield query.compile();
  return answer.rows as readonly Row[];
}

export function* first<Row>(query: Compilable<Row>): Operation<Row | undefined> {
  return (yield* all(query))[0];
}

/** The number of rows that the statement changed. */
export function* change(query: Compilable<unknown>): Operation<number> {
  return (yield query.compile()).changes;
}
