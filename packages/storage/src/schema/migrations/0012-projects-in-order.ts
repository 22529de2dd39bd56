import type { Kysely, Migration } from 'kysely';
import { sql } from '../../kysely.js';

/** In the order in which a search answers: with 200 projects it took nine times as long to sort them. */
const STATEMENT = `CREATE INDEX projects_in_order ON projects (environment_id, name, id)`;

export const projectsInOrder: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(STATEMENT).execute(db);
  },
};
