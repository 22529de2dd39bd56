import type { Environment } from '@fluxo/core';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { ContractHouse, newEnvironment } from '../contract/contract-house.js';
import { HOUR_MS, someDigest } from '../contract/contract-values.js';
import { PostgresServer } from '../contract/postgres-server.js';
import { Tenant } from '../contract/tenant.js';
import { migrateToLatest } from '../schema/migrate.js';
import { POSTGRES_MIGRATIONS } from './migrations/index.js';
import { openPostgres } from './open-postgres.js';
import { PostgresPool, SCHEMA } from './postgres-pool.js';
import { migratePostgres, pendingPostgresMigrations } from './prepare-postgres.js';

const NAMES = Object.keys(POSTGRES_MIGRATIONS);
const OLDER = NAMES.slice(0, -1);

/** Everything that a migration can make, without the order in which it was made. */
const SCHEMA_PARTS = [
  `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
   WHERE table_schema = 'fluxo' ORDER BY table_name, ordinal_position`,
  `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'fluxo' ORDER BY indexname`,
  `SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies
   WHERE schemaname = 'fluxo' ORDER BY tablename, policyname`,
  `SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text, reloptions FROM pg_class
   WHERE relnamespace = 'fluxo'::regnamespace ORDER BY relname`,
  `SELECT proname, proacl::text, pg_get_functiondef(oid) AS definition FROM pg_proc
   WHERE pronamespace = 'fluxo'::regnamespace ORDER BY proname`,
  `SELECT tgname, pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname`,
];

const server = await PostgresServer.start();
const fresh = await server.createDatabase();
await migratePostgres(fresh);
afterAll(() => server.stop());

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

async function schemaOf(url: string): Promise<readonly unknown[]> {
  const parts: unknown[] = [];
  for (const part of SCHEMA_PARTS) parts.push(await server.query(part, databaseOf(url)));
  return parts;
}

/** A database as that version left it, with one environment in it. */
async function leftBehindBy(version: string): Promise<{ url: string; environment: Environment }> {
  const url = await server.createDatabase();
  const pool = new PostgresPool({ url, maxConnections: 1 });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool.raw }) });
  const known = Object.entries(POSTGRES_MIGRATIONS).filter(([name]) => name <= version);
  await migrateToLatest(db, { migrations: Object.fromEntries(known), schema: SCHEMA });
  await pool.end();
  const environment = newEnvironment();
  const { id, domain, lane, name } = environment;
  await server.query(
    `INSERT INTO fluxo.environments VALUES ('${id}', '${domain}', '${lane}', '${name}', 1, 1, 0, 0)`,
    databaseOf(url),
  );
  return { url, environment };
}

describe.each(OLDER)('a PostgreSQL database of version %s', (version) => {
  it('says what it lacks, gets it once, and becomes what a fresh one is', async () => {
    const { url } = await leftBehindBy(version);
    const lacking = NAMES.filter((name) => name > version);
    expect(await pendingPostgresMigrations(url)).toEqual(lacking);
    expect(await migratePostgres(url)).toEqual(lacking);
    expect(await migratePostgres(url)).toEqual([]);
    expect(await schemaOf(url)).toEqual(await schemaOf(fresh));
  });

  it('works on: its environment is there, and remembers what was used once until that goes with its writes', async () => {
    const { url, environment } = await leftBehindBy(version);
    const house = new ContractHouse();
    await house.open((essentials) => openPostgres({ url, essentials, role: 'server' }));
    expect(await house.storage.environments.findByName(environment)).toMatchObject({ id: environment.id });
    const tenant = new Tenant(environment, house);
    const digest = someDigest();
    const use = () => tenant.storage.replay.useOnce(digest, tenant.now + HOUR_MS, tenant.now);
    expect([await use(), await use()]).toEqual([true, false]);
    await house.purgeAfter(3 * HOUR_MS, tenant);
    expect(await use()).toBe(true);
    await house.storage.close();
  });
});
