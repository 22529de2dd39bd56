import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientId } from '@fluxo/core';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ContractHouse, newEnvironment } from '../contract/contract-house.js';
import { HOUR_MS } from '../contract/contract-values.js';
import { keyRow } from '../contract/machine-application.js';
import { Tenant } from '../contract/tenant.js';
import { applicationOperations } from '../operations/applications.js';
import { environmentOperations } from '../operations/environments.js';
import { identityProviderOperations } from '../operations/identity-providers.js';
import type { Scope } from '../scope.js';
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

/** Only to see which operations there are. */
const SCOPE = {} as Scope;

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
    const row = tenant.applicationRow({ kind: 'machine', redirectUrls: [] });
    const key = keyRow(tenant, await tenant.user());
    const [first, second] = [tenant.secret(), tenant.secret()];
    const { clientId } = row;
    const deeds: Readonly<Record<string, () => Promise<unknown>>> = {
      register: () => applications.register(row, first),
      update: () => applications.update({ ...row, name: 'New' }),
      writeTogether: () =>
        applications.writeTogether([{ kind: 'update', application: row, since: row.updatedAt }]),
      setLogo: () => applications.setLogo(clientId, { png: Buffer.of(1), version: 'v1' }),
      addSecret: () => applications.addSecret(clientId, second, 10),
      deleteSecret: () => applications.deleteSecret(clientId, first.id, tenant.now),
      addKey: () => applications.addKey(clientId, key, 10),
      deleteKey: () => applications.deleteKey(clientId, key.id, tenant.now),
      delete: () => applications.delete(clientId),
    };
    // An operation that is added belongs here too.
    expect(Object.keys(deeds).sort()).toEqual(Object.keys(applicationOperations(SCOPE).writes).sort());
    for (const [name, deed] of Object.entries(deeds)) {
      expect([name, await noted(deed)]).toEqual([name, [['application', clientId]]]);
    }
    const nobody = '0'.repeat(32) as ClientId;
    const nothing: readonly (() => Promise<unknown>)[] = [
      () => applications.update(row),
      () => applications.setLogo(nobody, undefined),
      () => applications.addSecret(nobody, tenant.secret(), 10),
      () => applications.deleteSecret(clientId, second.id, tenant.now),
      () => applications.addKey(nobody, key, 10),
      () => applications.deleteKey(clientId, key.id, tenant.now),
      () => applications.delete(clientId),
    ];
    for (const deed of nothing) expect(await noted(deed)).toEqual([]);
  });

  it('has each change of an environment, and nothing of what changed nothing', async () => {
    const { environments } = house.storage;
    const environment = newEnvironment();
    const { id } = environment;
    tenant = new Tenant(environment, house);
    // An operation that is added belongs here too.
    const { writes } = environmentOperations(SCOPE.db, SCOPE.essentials);
    expect(Object.keys(writes)).toEqual(['create', 'update', 'setLogo', 'delete']);
    expect(await noted(() => environments.create(environment))).toEqual([['environment', id]]);
    expect(await noted(() => environments.create(environment))).toEqual([]);
    expect(await noted(() => environments.update(id, { name: 'New' }))).toEqual([['environment', id]]);
    expect(await noted(() => environments.setLogo(id, undefined))).toEqual([['environment', id]]);
    expect(await noted(() => environments.delete(id))).toEqual([['environment', id]]);
    expect(await noted(() => environments.setLogo(id, undefined))).toEqual([]);
    expect(await noted(() => environments.delete(id))).toEqual([]);
    expect(await noted(() => environments.update(id, { name: 'New' }))).toEqual([]);
  });

  it('has each change of an identity provider, as one of its environment, and none of a test or a secret sealed anew', async () => {
    const { identityProviders } = tenant.storage;
    const secret = { keyId: 'key', bytes: Buffer.of(1) };
    const row = await new Tenant(newEnvironment(), house).identityProvider();
    const deeds: Readonly<Record<string, () => Promise<unknown>>> = {
      create: () => identityProviders.create({ ...row, id: tenant.environment.id as never }, secret),
      update: () => identityProviders.update({ ...row, id: tenant.environment.id as never }, undefined),
      delete: () => identityProviders.delete(tenant.environment.id as never, tenant.now),
    };
    // An operation that is added belongs here too.
    const { writes } = identityProviderOperations(SCOPE);
    expect(Object.keys(writes)).toEqual([...Object.keys(deeds), 'noteTest', 'resealSecret']);
    for (const deed of Object.values(deeds)) {
      expect(await noted(deed)).toEqual([['environment', tenant.environment.id]]);
    }
    for (const deed of [deeds['update']!, deeds['delete']!]) expect(await noted(deed)).toEqual([]);
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
