import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ContractHouse } from '../contract/contract-house.js';
import { PostgresOfSuite } from '../contract/postgres-of-suite.js';
import type { Tenant } from '../contract/tenant.js';
import { openPostgres } from './open-postgres.js';
import { PostgresExecutor } from './postgres-executor.js';
import { PostgresPool } from './postgres-pool.js';
import { readChanges } from './read-changes.js';

const postgres = new PostgresOfSuite();

/** A change is heard with a poll each quarter of a second; much longer, and nobody is trusted. */
const HEARD_WITHIN_MS = 1_000;

describe('changes that other nodes make', () => {
  const [here, there] = [new ContractHouse(), new ContractHouse()];
  let pool: PostgresPool;
  let executor: PostgresExecutor;
  let tenant: Tenant;
  beforeAll(async () => {
    pool = new PostgresPool({ url: postgres.url, maxConnections: 1, role: 'fluxo_app' });
    executor = new PostgresExecutor(pool, { purge: undefined });
    for (const house of [here, there]) {
      await house.open((essentials) => openPostgres({ url: postgres.url, essentials, role: 'server' }));
    }
    tenant = await here.tenant();
  });
  afterAll(async () => {
    await pool.end();
    await Promise.all([here.storage.close(), there.storage.close()]);
  });

  /** The same application as the other node has it. */
  const nameThere = async (application: { readonly clientId: never }): Promise<string | undefined> =>
    (await there.storage.forEnvironment(tenant.environment.id).applications.find(application.clientId))?.name;

  it('are all heard of, also one that began before the last look and was committed after it', async () => {
    const [slow, quick] = [new pg.Client(postgres.url), new pg.Client(postgres.url)];
    await Promise.all([slow.connect(), quick.connect()]);
    const note = (id: string): string =>
      `INSERT INTO fluxo.change_log (environment_id, kind, subject_id, at) VALUES ('${id}', 'application', '${id}', 1)`;
    const [first, second] = ['1'.repeat(32), '2'.repeat(32)];
    let cursor = (await readChanges(executor, undefined)).cursor;
    await slow.query(`BEGIN; SET LOCAL search_path = fluxo; ${note(first)}`);
    await quick.query(`BEGIN; SET LOCAL search_path = fluxo; ${note(second)}; COMMIT`);
    const seen = await readChanges(executor, cursor);
    expect(seen.changed).toEqual(new Set([second]));
    cursor = seen.cursor;
    await slow.query('COMMIT');
    expect((await readChanges(executor, cursor)).changed).toContain(first);
    await Promise.all([slow.end(), quick.end()]);
  });

  it('are missed when nobody looked for longer than they are kept', async () => {
    const { cursor } = await readChanges(executor, undefined);
    const longAgo = { ...cursor, readAtMs: cursor.readAtMs - 1_800_001 };
    expect((await readChanges(executor, longAgo)).changed).toBe('missed');
  });

  it('are heard of by the channel at once, and by the next look when the channel is gone', async () => {
    const application = await tenant.application({ name: 'First' });
    expect(await nameThere(application as never)).toBe('First');
    const rename = (name: string): Promise<boolean> =>
      tenant.storage.applications.update({ ...application, name });
    const heard = (name: string): Promise<void> =>
      vi.waitFor(async () => expect(await nameThere(application as never)).toBe(name), {
        timeout: HEARD_WITHIN_MS,
        interval: 5,
      });
    await rename('Second');
    await heard('Second');
    const ended = await postgres.server.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`,
    );
    expect(ended.length).toBeGreaterThan(0);
    await rename('Third');
    await heard('Third');
  });

  it('are not kept for longer than they may be needed', async () => {
    const count = async (): Promise<unknown> => {
      const [row] = await postgres.query('SELECT count(*) FROM fluxo.change_log');
      return row?.['count'];
    };
    here.clock.moveReal(7_200_000);
    for (let change = 0; change < 40; change += 1) await tenant.application();
    here.clock.moveReal(7_200_000);
    for (let change = 0; change < 40; change += 1) await tenant.application();
    expect(Number(await count())).toBeLessThan(60);
  });
});
