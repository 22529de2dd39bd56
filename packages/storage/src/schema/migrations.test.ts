import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from '../kysely.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contractEssentials, SettableClock } from '../contract/contract-house.js';
import { migrateSqlite, pendingSqliteMigrations } from '../sqlite/migrate-sqlite.js';
import { openSqlite } from '../sqlite/open-sqlite.js';
import { SQLITE_HISTORY } from './migrate.js';
import { digestsOfSql } from './sql-sent-by.test.support.js';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Databases out there were made by this very SQL: a change of it is a new migration, and a line here. */
const LANDED: Readonly<Record<string, string>> = {
  '0001-initial': 'a492f2009dd8653c3bcd47b7518a84fd6323755ec3bc2b8da1f529a1188e7bee',
  '0002-key-fingerprints': '9177870702161b9c4b0f61bbdd5d0ed929a005ffde3d7fa2239a464c9d63d1bd',
  '0003-change-log': '3c7fe059b2512b01d631ed35e61f365bdf4a3935505317d3ae81c226bb4453b5',
  '0004-used-once': 'd4bd88d4f2352ef4cd4a11bbeffa0d61f2eae8f004caa58abcdfbd4868f57b09',
  '0005-identity-providers': '87547feb03cde46e8f4909935507ed2789a62f482b16601e76f8ef522ab7241a',
  '0006-people': '58023f3b3ce079286bb9456084727d3b67cd6e86a760ca9e0740bfdacd0e63c1',
  '0007-machine-applications': 'ac4420605246433c8cc86447b8a8e1c26c53a66353d1e81d69cfbd1c52aed59c',
  '0008-activity': 'a519214d6151120b87da51d4ddb84528e6b347ce49895602aefdf19ad4bc3523',
  '0009-lanes-and-appearance': '13aa2f3915e408257adfc21c9fd59fcc217eefbe1fe359cfaf64505e4d9953d1',
  '0010-revisions': 'aca3bdfb4ca3c253ea057ca651afbdaac669041ee7066f6f5d413ecbc30abc52',
  '0011-provider-sessions': 'a7d67aa22d8e20636458b9d24ac2bf84ec9308319e9d772aa8cf78110ed5cbed',
  '0012-projects-in-order': 'c4dd731863c7df367478d9752a13544706b97e05181cf1a30d736a2d5301be67',
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
  it('none that landed sends other SQL than it did, is gone or was slipped in', async () => {
    const sent = await digestsOfSql(SQLITE_HISTORY.migrations, {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    });
    expect(sent).toEqual(LANDED);
    expect(Object.keys(LANDED)).toEqual(Object.keys(SQLITE_HISTORY.migrations));
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
