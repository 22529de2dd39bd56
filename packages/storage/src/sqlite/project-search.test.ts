import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentId } from '@fluxo/core';
import type { ProjectFilter } from '@fluxo/objects';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contractEssentials, SettableClock } from '../contract/contract-house.js';
import { projectOperations } from '../operations/projects.js';
import { FILE_NAME } from './migrate-sqlite.js';
import { openSqlite, sqliteQueryBuilder } from './open-sqlite.js';

const essentials = contractEssentials(new SettableClock());
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-project-search-'));
  const storage = await openSqlite({ folder, essentials, role: 'tool' });
  await storage.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** How SQLite goes about it. */
function planOf(filters: readonly ProjectFilter[]): readonly string[] {
  const environmentId = '0'.repeat(32) as EnvironmentId;
  const { reads } = projectOperations({ db: sqliteQueryBuilder(), environmentId, essentials });
  const step = reads.search({ filters, first: 10, limit: 10 }).next();
  if (step.done === true) throw new Error('The search asked nothing.');
  const database = new SqliteDatabase(join(folder, FILE_NAME), { readonly: true });
  try {
    const plan = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${step.value.sql}`);
    return plan.all(...step.value.parameters).map(({ detail }) => detail);
  } finally {
    database.close();
  }
}

it.each<{ filters: readonly ProjectFilter[] }>([
  { filters: [] },
  { filters: [{ column: 'status', value: 'CUR' }] },
  {
    filters: [
      { column: 'priority', value: 1 },
      { column: 'percentComplete', value: 0 },
    ],
  },
])('goes through the projects in the order of the answer, and sorts none: %j', ({ filters }) => {
  expect(planOf(filters)).toEqual(['SEARCH projects USING INDEX projects_in_order (environment_id=?)']);
});
