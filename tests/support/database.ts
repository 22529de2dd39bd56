import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';

/** `npm run test:postgres` names a cluster here: then the same tests run on PostgreSQL. */
const CLUSTER = process.env['FLUXO_TEST_POSTGRES'];

interface PostgresSettings {
  readonly FLUXO_DATABASE_URL: string;
  readonly FLUXO_SECRET_KEYS: string;
}

const known = new Map<string, PostgresSettings>();

/** The settings of a database of this data directory's own: none for SQLite, which lives in it. */
export async function databaseSettingsOf(folder: string): Promise<Readonly<Record<string, string>>> {
  if (CLUSTER === undefined) return {};
  const settings = known.get(folder) ?? (await newDatabase(CLUSTER));
  known.set(folder, settings);
  return { ...settings };
}

async function newDatabase(cluster: string): Promise<PostgresSettings> {
  const name = `fluxo_${randomBytes(6).toString('hex')}`;
  await withPostgres(cluster, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return { FLUXO_DATABASE_URL: url.href, FLUXO_SECRET_KEYS: randomBytes(32).toString('base64') };
}

async function withPostgres<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whatever the server may do, with the database's own rights. */
export async function administer(folder: string, statement: string): Promise<void> {
  const settings = known.get(folder);
  if (settings !== undefined) {
    await withPostgres(settings.FLUXO_DATABASE_URL, (client) =>
      client.query(`SET search_path = fluxo; ${statement}`),
    );
    return;
  }
  const database = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
  database.exec(statement);
  database.close();
}

/** What refuses to change the activity log is gone, as for whoever has the database itself. */
export function dropAuditGuards(folder: string): Promise<void> {
  const tables = ['audit_events', 'audit_seals'];
  const statements = known.has(folder)
    ? tables.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ${table}_refuse_change`)
    : tables.flatMap((table) =>
        ['update', 'delete'].map((change) => `DROP TRIGGER IF EXISTS ${table}_refuse_${change}`),
      );
  return administer(folder, statements.join('; '));
}

/** Every row of every table, as whoever stole the database sees them. */
export async function rowsOf(folder: string): Promise<readonly (readonly unknown[])[]> {
  const settings = known.get(folder);
  return settings === undefined ? sqliteRows(folder) : postgresRows(settings.FLUXO_DATABASE_URL);
}

function sqliteRows(folder: string): readonly (readonly unknown[])[] {
  const database = new SqliteDatabase(join(folder, 'fluxo.sqlite'), { readonly: true });
  const names = `SELECT name FROM sqlite_master WHERE type = 'table'`;
  const tables = database.prepare(names).pluck().all() as string[];
  const rows = tables.flatMap(
    (table) => database.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][],
  );
  database.close();
  return rows;
}

function postgresRows(url: string): Promise<readonly (readonly unknown[])[]> {
  return withPostgres(url, async (client) => {
    const tables = await client.query<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'fluxo'`,
    );
    const rows: unknown[][] = [];
    for (const { tablename } of tables.rows) {
      const found = await client.query<unknown[]>({
        text: `SELECT * FROM fluxo."${tablename}"`,
        rowMode: 'array',
      });
      rows.push(...found.rows.map((row) => row.map(withoutHyphens)));
    }
    return rows;
  });
}

/** Identifiers as the program writes them. */
function withoutHyphens(value: unknown): unknown {
  const isId = typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
  return isId ? value.replaceAll('-', '') : value;
}
