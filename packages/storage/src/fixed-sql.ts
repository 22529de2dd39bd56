import type { QueryBuilder } from './scope.js';

const known = new WeakMap<QueryBuilder, Map<string, string>>();

/**
 * The SQL of a statement that differs in nothing but its values. To build one takes longer than to carry it out, so on the hot
 * path it is built once for each builder; whoever asks binds the values, in the order in which the statement has them.
 * @param key names the statement; of all keys there must be few
 * @param build with whatever values
 */
export function fixedSql(
  db: QueryBuilder,
  key: string,
  build: () => { compile(): { readonly sql: string } },
): string {
  let statements = known.get(db);
  if (statements === undefined) known.set(db, (statements = new Map<string, string>()));
  const remembered = statements.get(key);
  if (remembered !== undefined) return remembered;
  const { sql } = build().compile();
  statements.set(key, sql);
  return sql;
}
