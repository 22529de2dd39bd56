import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contractEssentials, SettableClock } from '../contract/contract-house.js';
import { migrateSqlite, pendingSqliteMigrations } from '../sqlite/migrate-sqlite.js';
import { openSqlite } from '../sqlite/open-sqlite.js';
import { SQLITE_HISTORY } from './migrate.js';

const MIGRATIONS = join(import.meta.dirname, 'migrations');
const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Databases out there were made by these very files: a change of one is a new migration, and a line here. */
const LANDED: Readonly<Record<string, string>> = {
  '0001-initial.ts': '3d530be0431c57e676c45c4d2f77fcb2c69563473a9001e19c3c5b8969565637',
  '0002-key-fingerprints.ts': '68dbc06eaf40fc6cd8a8732bd89f196a87710538a6844ee23facde95172269df',
  '0003-change-log.ts': '2ed3549b88324e94936f64f9157f46720200736fd3e38e989f993a562fc6c7b7',
  '0004-used-once.ts': '88eaa4c622ae84027986ef3ac692b9055e8a21d017693ffbc89918e788871d8e',
  '0005-identity-providers.ts': '5e864b68196b740413e48dfc68b04fd644fa39349fb51ccd88cc94a6906baa53',
  '0006-people.ts': 'a4ccbc8a889aa32ea9af4ee0f7aa7b7547b96a5f913532384d5afcd5d4cfd658',
  '0007-machine-applications.ts': '822be21c1a32616c452e287ec3c67d7529e62f6a67755f2bbd5a921c81fc3df2',
  '0008-activity.ts': '2659eb5a3b5d2dfbdad9a117709de3a891c02c7869d0406b222a097ff96aa54c',
  '0009-lanes-and-appearance.ts': '3fd99b8a768899d72cf53300cc7403ae14042046b1d3b6a5fc278d24ad57c6e8',
  '0010-revisions.ts': 'eb58f61a740d66793691f96a40cfe23602a6cee8a30bc2afda8e0d8ad76b02dd',
  '0011-provider-sessions.ts': 'aadbf4f23a496f8c14e565d4cc24390a1ebf84361d270be05455c78b7ea4cfc4',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fixtures = readdirSync(FIXTURES).filter((name) => name.endsWith('.sql'));

/** The database as that version left it. */
function load(fixture: string): void {
  const database = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
  database.exec(readFileSync(join(FIXTURES, fixture), 'utf8'));
  database.close();
}

async function schemaOf(into: string): Promise<readonly unknown[]> {
  const storage = await openSqlite({
    folder: into,
    role: 'tool',
    essentials: contractEssentials(new SettableClock()),
  });
  await storage.close();
  return inDatabase(into, (database) => {
    const rows = database.prepare<[], { name: string; sql: string | null }>(
      'SELECT name, sql FROM sqlite_master ORDER BY name',
    );
    return rows.all().map(({ name, sql }) => ({ name, sql: sql?.replaceAll(/\s+/g, ' ') }));
  });
}

function inDatabase<T>(into: string, work: (database: Database) => T): T {
  const database = new SqliteDatabase(join(into, 'fluxo.sqlite'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

describe('migrations', () => {
  it('none that landed was edited, taken away or slipped in', () => {
    const hashes = readdirSync(MIGRATIONS).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(MIGRATIONS, name)))
        .digest('hex'),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(LANDED);
    expect(Object.keys(LANDED)).toEqual(Object.keys(SQLITE_HISTORY.migrations).map((name) => `${name}.ts`));
  });

  it('every version but the newest has its fixture, with a row in each of its tables', () => {
    const names = Object.keys(SQLITE_HISTORY.migrations).slice(0, -1);
    expect(fixtures).toEqual(names.map((name) => `${name}.sql`));
    for (const fixture of fixtures) {
      load(fixture);
      inDatabase(folder, (database) => {
        const tables = database.prepare<[], { name: string }>(
          `SELECT name FROM sqlite_master WHERE type = 'table'`,
        );
        for (const { name } of tables.all()) {
          expect([name, database.prepare(`SELECT count(*) > 0 FROM ${name}`).pluck().get()]).toEqual([
            name,
            1,
          ]);
        }
      });
      rmSync(join(folder, 'fluxo.sqlite'));
    }
  });

  it.each(fixtures)('a database of %s becomes what a fresh one is', async (fixture) => {
    load(fixture);
    const fresh = mkdtempSync(join(folder, 'fresh-'));
    expect(await schemaOf(folder)).toEqual(await schemaOf(fresh));
  });

  it.each(fixtures)(
    'a database of %s says what it lacks, gets it once, and keeps its rows',
    async (fixture) => {
      load(fixture);
      const count = () =>
        inDatabase(folder, (database) => database.prepare('SELECT count(*) FROM audit_events').pluck().get());
      const before = count();
      const pending = await pendingSqliteMigrations(folder);
      expect(pending.length).toBeGreaterThan(0);
      expect(await migrateSqlite(folder)).toEqual(pending);
      expect(await migrateSqlite(folder)).toEqual([]);
      expect(await pendingSqliteMigrations(folder)).toEqual([]);
      expect(count()).toEqual(before);
    },
  );
});
