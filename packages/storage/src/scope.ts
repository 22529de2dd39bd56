import type { Acting, EnvironmentId, Essentials } from '@fluxo/core';
import type { Kysely } from 'kysely';
import type { Tables } from './schema/tables.js';

/** Builds statements; carries none out. */
export type QueryBuilder = Kysely<Tables>;

/** What an operation needs: the builder, whose rows it may see, and time and chance for new rows. */
export interface Scope {
  readonly db: QueryBuilder;
  readonly environmentId: EnvironmentId;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
  /** What the log says of what is changed; undefined: nobody in particular. */
  readonly acting?: Acting | undefined;
}
