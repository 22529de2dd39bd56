import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractHouse } from '../contract/contract-house.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import type { Tenant } from '../contract/tenant.js';
import { openPostgres } from './open-postgres.js';
import { PostgresPool, type Rows } from './postgres-pool.js';
import { OWNED_TABLES } from './migrations/tables.js';
import { APPLICATION_ROLE } from './migrations/row-level-security.js';

const postgres = new PostgresOfSuite();

/** Those of the first migration, and what came later. */
const LATER = [
  ...['used_once', 'identity_providers', 'federated_identities'],
  ...['second_factors', 'recovery_codes', 'password_links', 'application_keys', 'environment_logos'],
  'audit_seals',
];
const TABLES = [...Object.keys(OWNED_TABLES), ...LATER];

describe('rows of another environment, asked for by a statement that forgets to say whose it wants', () => {
  const house = new ContractHouse();
  let here: Tenant;
  let there: Tenant;
  let pool: PostgresPool;
  beforeAll(async () => {
    await house.open((essentials) => openPostgres({ url: postgres.url, essentials, role: 'server' }));
    pool = new PostgresPool({ url: postgres.url, maxConnections: 1, role: APPLICATION_ROLE });
    [here, there] = [await house.tenant(), await house.tenant()];
    await (await there.connected()).refresh(1);
  });
  afterAll(async () => {
    await pool.end();
    await house.storage.close();
  });

  const ask = <Row>(statement: string): Promise<Rows<Row>> =>
    pool.run((connection) => connection.ask<Row>(statement, []));

  const within = <Row>(
    { environment }: Tenant,
    ...statements: readonly [string, ...string[]]
  ): Promise<Rows<Row>> =>
    pool.run(async (connection) => {
      await connection.simple(`BEGIN; SET LOCAL fluxo.environment_id = '${environment.id}'`);
      try {
        for (const statement of statements.slice(0, -1)) await connection.simple(statement);
        const rows = await connection.ask<Row>(statements.at(-1) ?? '', []);
        await connection.simple('COMMIT');
        return rows;
      } catch (error) {
        await connection.simple('ROLLBACK');
        throw error;
      }
    });

  it('every table that belongs to an environment is guarded, also against its owner', async () => {
    const guarded = await postgres.query(
      `SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
       WHERE n.nspname = 'fluxo' AND relkind = 'r' AND relrowsecurity AND relforcerowsecurity ORDER BY relname`,
    );
    expect(guarded.map((row) => row['relname'])).toEqual([...TABLES].sort());
    const owned = await postgres.query(
      `SELECT DISTINCT table_name FROM information_schema.columns
       WHERE table_schema = 'fluxo' AND column_name = 'environment_id' ORDER BY table_name`,
    );
    const unguarded = owned.map((row) => row['table_name']).filter((name) => !TABLES.includes(String(name)));
    // Asked before an environment is known, and without anything secret.
    expect(unguarded).toEqual(['application_directory', 'audit_heads', 'audit_unsealed', 'change_log']);
  });

  it.each(['grants', 'sessions', 'users', 'applications', 'consents', 'audit_events'])(
    '%s: none',
    async (table) => {
      const { rows } = await within<{ environment_id: string }>(there, `SELECT environment_id FROM ${table}`);
      expect(rows.length).toBeGreaterThan(0);
      const seen = await within<{ environment_id: string }>(here, `SELECT environment_id FROM ${table}`);
      expect(seen.rows.filter((row) => row.environment_id !== here.environment.id)).toEqual([]);
    },
  );

  it('nor can they be changed, deleted, or put there', async () => {
    const changed = await within(here, `UPDATE grants SET revoked_at = 1`);
    const deleted = await within(here, `DELETE FROM sessions`);
    expect([changed.count, deleted.count]).toEqual([0, 0]);
    const planted = within(
      here,
      `INSERT INTO throttles VALUES ('${there.environment.id}', '\\x00', 0, 0, 1)`,
    );
    await expect(planted).rejects.toThrow(/row-level security/);
  });

  it.each(TABLES)('%s can’t be read at all before an environment is entered', async (table) => {
    await expect(ask(`SELECT * FROM ${table}`)).rejects.toThrow(pg.DatabaseError);
  });

  it('a name that was entered is forgotten with its transaction', async () => {
    await within(there, 'SELECT 1');
    await expect(ask('SELECT * FROM grants')).rejects.toThrow(pg.DatabaseError);
  });

  it('the application’s role can’t switch the guard off, owns nothing, and can’t log in', async () => {
    await expect(ask('ALTER TABLE grants NO FORCE ROW LEVEL SECURITY')).rejects.toThrow(/must be owner/);
    await expect(within(here, 'SET LOCAL row_security = off', 'SELECT * FROM grants')).rejects.toThrow(
      /row-level security/,
    );
    const [role] = await postgres.query(
      `SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole,
        (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid) AS owns
       FROM pg_roles WHERE rolname = '${APPLICATION_ROLE}'`,
    );
    expect(role).toEqual({
      ...{ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false },
      owns: '0',
    });
  });

  it('what happened can be added to, and not changed', async () => {
    await expect(within(here, `UPDATE audit_events SET detail = 'nothing'`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(within(here, `DELETE FROM audit_events`)).rejects.toThrow(/permission denied/);
    await expect(within(here, `UPDATE audit_seals SET sealed_at = 1`)).rejects.toThrow(/permission denied/);
    await expect(within(here, `DELETE FROM audit_seals`)).rejects.toThrow(/permission denied/);
    await expect(within(here, `DELETE FROM audit_heads`)).rejects.toThrow(/permission denied/);
  });
});
