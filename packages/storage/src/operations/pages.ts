import type { Page, PageRequest, Position } from '@fluxo/core';
import type { RawBuilder } from 'kysely';
import { sql } from '../kysely.js';

/** One row more is asked for than is given: it tells whether there is another page. */
export const rowsFor = ({ limit }: PageRequest): number => limit + 1;

export function toPage<Row, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  to: { readonly item: (row: Row) => Item; readonly position: (row: Row) => Position },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(to.item), next: last === undefined ? null : to.position(last) };
}

/**
 * Whether a column has a text in it. Both databases fold the case of A to Z alone, so the text is folded alike;
 * what LIKE reads as a wildcard is a letter here.
 */
export function contains(column: RawBuilder<unknown>, text: string): RawBuilder<boolean> {
  const folded = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const pattern = `%${folded.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql<boolean>`lower(${column}) LIKE ${pattern} ESCAPE '\\'`;
}
