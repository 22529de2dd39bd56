import type { Revision } from '@fluxo/core';
import type { RawBuilder } from 'kysely';
import { sql } from '../kysely.js';

/** Part of every UPDATE of a thing that administrators change. */
export const NEXT_REVISION: RawBuilder<number> = sql<number>`revision + 1`;

/** The condition of a change that was made of what somebody read: without a revision it always holds. */
export function atRevision(revision: Revision | undefined): RawBuilder<boolean> {
  return revision === undefined ? sql<boolean>`1 = 1` : sql<boolean>`revision = ${revision}`;
}
