import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientId } from '@fluxo/core';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ContractHouse, newEnvironment } from '../contract/contract-house.js';
import { HOUR_MS } from '../contract/contract-values.js';
import type { Tenant } from '../contract/tenant.js';
import { openSqlite } from './open-sqlite.js';

const folder = mkdtempSync(join(tmpdir(), 'fluxo-change-log-'));
const house = new ContractHouse();
let raw: Database;
let tenant: Tenant;

beforeAll(async () => {
  await house.open((essentials) => openSqlite({ folder, essentials, role: 'server' }));
  raw = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
});
afterAll(async () => {
  raw.close();
  await house.storage.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  tenant = await house.tenant();
});

const lastId = () =>
  raw.prepare<[], number>('SELECT coalesce(max(id), 0) FROM change_log').pluck().get() ?? 0;

/** What the log has of the work, as [kind, subject]. */
async function noted(work: () => Promise<unknown>): Promise<readonly unknown[]> {
  const before = lastId();
  await work();
  return raw
    .prepare('SELECT kind, subject_id FROM change_log WHERE id > ? AND environment_id = ? ORDER BY id')
    .raw()
    .all(before, tenant.environment.id);
}

describe('the log of changes', () => {
  it('has each change of an application, and nothing of what changed nothing', async () => {
    const { applications } = tenant.storage;
    const row = tenant.applicationRow();
    const [first, second] = [tenant.secret(), tenant.secret()];
    const { clientId } = row;
    const deeds: readonly (() => Promise<unknown>)[] = [
      () => applications.register(row, first),
      () => applications.update({ ...row, name: 'New' }),
      () => applications.setLogo(clientId, { png: Buffer.of(1), version: 'v1' }),
      () => applications.addSecret(clientId, second),
      () => applications.deleteSecret(clientId, first.id, tenant.now),
      () => applications.delete(clientId),
    ];
    for (const deed of deeds) expect(await noted(deed)).toEqual([['application', clientId]]);
    const nobody = '0'.repeat(32) as ClientId;
    const nothing: readonly (() => Promise<unknown>)[] = [
      () => applications.update(row),
      () => applications.setLogo(nobody, undefined),
      () => applications.addSecret(nobody, tenant.secret()),
      () => applications.deleteSecret(clientId, second.id, tenant.now),
      () => applications.delete(clientId),
    ];
    for (const deed of nothing) expect(await noted(deed)).toEqual([]);
  });

  it('has each change of an environment, and nothing of what changed nothing', async () => {
    const { environments } = house.storage;
    const { environment } = tenant;
    const { id } = environment;
    const taken = newEnvironment({ domain: environment.domain });
    expect(await noted(() => environments.create(taken))).toEqual([]);
    expect(await noted(() => environments.update(id, { name: 'New' }))).toEqual([['environment', id]]);
    expect(await noted(() => environments.delete(id))).toEqual([['environment', id]]);
    expect(await noted(() => environments.delete(id))).toEqual([]);
    expect(await noted(() => environments.update(id, { name: 'New' }))).toEqual([]);
  });

  it('is part of the transaction: of a write that fails it has nothing', async () => {
    const application = await tenant.application();
    expect(
      await noted(async () => {
        await expect(tenant.storage.applications.register(application, undefined)).rejects.toThrow();
      }),
    ).toEqual([]);
  });

  it('has nothing of sign-ins, grants, refreshes and uses', async () => {
    const [user, application] = [await tenant.user(), await tenant.application()];
    const life = async (): Promise<void> => {
      await tenant.signIn(user);
      const grant = await tenant.connected({ user, application });
      await grant.use(tenant.now);
      await grant.refresh(1);
    };
    expect(await noted(life)).toEqual([]);
  });

  it('keeps an hour, and gives no number out twice, also when it is empty', async () => {
    await house.purgeAfter(-30_000, tenant);
    expect(lastId()).toBeGreaterThan(0);
    const last = lastId();
    await house.purgeAfter(HOUR_MS, tenant);
    expect(lastId()).toBe(0);
    await tenant.application();
    expect(lastId()).toBe(last + 1);
  });
});
