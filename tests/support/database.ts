import { randomBytes } from 'node:crypto';
import postgres from 'postgres';

/** `npm run test:postgres` names a cluster here: then the same tests run on PostgreSQL. */
const CLUSTER = process.env['FLUXO_TEST_POSTGRES'];

export const ON_POSTGRES = CLUSTER !== undefined;

type DatabaseSettings = Readonly<Record<string, string>>;

const known = new Map<string, DatabaseSettings>();

/** The settings of a database of this data directory's own: none for SQLite, which lives in it. */
export async function databaseSettingsOf(folder: string): Promise<DatabaseSettings> {
  if (CLUSTER === undefined) return {};
  const settings = known.get(folder) ?? (await newDatabase(CLUSTER));
  known.set(folder, settings);
  return settings;
}

async function newDatabase(cluster: string): Promise<DatabaseSettings> {
  const name = `fluxo_${randomBytes(6).toString('hex')}`;
  const sql = postgres(cluster, { max: 1, onnotice: () => undefined });
  await sql.unsafe(`CREATE DATABASE ${name}`);
  await sql.end();
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return { FLUXO_DATABASE_URL: url.href, FLUXO_SECRET_KEYS: randomBytes(32).toString('base64') };
}
