import type { Environment } from '@fluxo/core';
import {
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from '../kysely.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { ContractHouse, newEnvironment } from '../contract/contract-house.js';
import { HOUR_MS, someDigest } from '../contract/contract-values.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import { Tenant } from '../contract/tenant.js';
import { migrateToLatest } from '../schema/migrate.js';
import { digestsOfSql } from '../schema/sql-sent-by.test.support.js';
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

/** With a database that is fresh. */
const postgres = new PostgresOfSuite();
beforeAll(() => migratePostgres(postgres.url));

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

async function schemaOf(url: string): Promise<readonly unknown[]> {
  const parts: unknown[] = [];
  for (const part of SCHEMA_PARTS) parts.push(await postgres.server.query(part, databaseOf(url)));
  return parts;
}

async function migrateTo(version: string, url: string): Promise<void> {
  const pool = new PostgresPool({ url, maxConnections: 1 });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool.raw }) });
  const known = Object.entries(POSTGRES_MIGRATIONS).filter(([name]) => name <= version);
  await migrateToLatest(db, { migrations: Object.fromEntries(known), schema: SCHEMA });
  await pool.end();
}

/** A database as that version left it, with one environment in it. */
async function leftBehindBy(version: string): Promise<{ url: string; environment: Environment }> {
  const url = await postgres.server.createDatabase();
  await migrateTo(version, url);
  const environment = newEnvironment();
  const { id, domain, lane, name } = environment;
  await postgres.server.query(
    `INSERT INTO fluxo.environments VALUES ('${id}', '${domain}', '${lane}', '${name}', 1, 1, 0, 0)`,
    databaseOf(url),
  );
  return { url, environment };
}

/** Databases out there were made by this very SQL: a change of it is a new migration, and a line here. */
const LANDED: Readonly<Record<string, string>> = {
  '0001-initial': 'f458b1c216e4236bdf22cca6bfc3c3a6431c12790c5f71c441a0dc15fb5fe306',
  '0002-key-fingerprints': 'd4cf64bf512dc87c9632286e43fa9c4d18f91231076abc8c822a924962a20380',
  '0003-change-log': 'd6b3fbeae2606e414d9df08281617aea027e7c1d22c237d43edeac7ad540ffe7',
  '0004-used-once': '33780f2338ce2107fe8382cbe1674a71de0cc4de6f3d12e3ea01795f475e7cb6',
  '0005-identity-providers': '9353df9afa8b8ddd66ba1b78834f4e51540ff51e0426e6754b207525dd80008c',
  '0006-people': '40aeee57a379b28226c7020f1204a0b0c826825a720f2982c4bf66936718a822',
  '0007-machine-applications': '370fd721e5a304c4ee82ffca7ed9847063adfeb3ccaa4e469ab35a021de1f9b4',
  '0008-activity': 'c9348af2aed1408eb3311b09b4ee7c78cb3024a5e560fb71e2253fcbdd0619f7',
  '0009-lanes-and-appearance': '197f466d94332ab550563d37a7f87c341f67afc711413ab94658be30e30d7a26',
  '0010-revisions': '7b8c4782092e2c255f76d84ba26ef42c4bfdcffb6a2de7c12b1dcb1d7a085fc4',
  '0011-provider-sessions': '4c88f7a1b5832ae4a2f6f82c13569f7aaa2bb93079ac940586c6864e2cb4ae91',
};

it('no PostgreSQL migration that landed sends other SQL than it did, or is gone', async () => {
  const sent = await digestsOfSql(POSTGRES_MIGRATIONS, {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  });
  expect(sent).toEqual(LANDED);
});

describe.each(OLDER)('a PostgreSQL database of version %s', (version) => {
  it('says what it lacks, gets it once, and becomes what a fresh one is', async () => {
    const { url } = await leftBehindBy(version);
    const lacking = NAMES.filter((name) => name > version);
    expect(await pendingPostgresMigrations(url)).toEqual(lacking);
    expect(await migratePostgres(url)).toEqual(lacking);
    expect(await migratePostgres(url)).toEqual([]);
    expect(await schemaOf(url)).toEqual(await schemaOf(postgres.url));
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

it('what happened before there were seals waits for one, also where the owner is held by the guard between environments', async () => {
  const url = await postgres.server.createDatabase();
  const database = databaseOf(url);
  const owner = `${database}_owner`;
  await postgres.server.query(`CREATE ROLE ${owner} LOGIN`);
  await postgres.server.query(`GRANT fluxo_app TO ${owner}`);
  await postgres.server.query(`ALTER DATABASE ${database} OWNER TO ${owner}`);
  const asOwner = url.replace('postgres@', `${owner}@`);
  await migrateTo('0006-people', asOwner);
  const events = [1, 2].map(
    (digit) => `('${String(digit).repeat(32)}', '${'a'.repeat(32)}', 1, 'user.created')`,
  );
  await postgres.server.query(
    `INSERT INTO fluxo.audit_events (environment_id, id, at, type) VALUES ${events.join(', ')}`,
    database,
  );
  await migratePostgres(asOwner);
  const waiting = await postgres.server.query(
    'SELECT count(*)::int AS events FROM fluxo.audit_unsealed',
    database,
  );
  expect(waiting).toEqual([{ events: 2 }]);
});
