import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApplicationCredentials, ClientId } from '@fluxo/core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ContractHouse } from '../contract/contract-house.js';
import type { Tenant } from '../contract/tenant.js';
import { openSqlite } from '../sqlite/open-sqlite.js';
import { cachedApplicationStore } from './cached-application-store.js';
import { cachedEnvironmentStore } from './cached-environment-store.js';
import type { ChangeReader } from './change-reader.js';
import { ReadCache } from './read-cache.js';

const folder = mkdtempSync(join(tmpdir(), 'fluxo-cached-stores-'));
const house = new ContractHouse();
/** Hears of nothing: what a node writes itself it has to know without being told. */
const DEAF: ChangeReader = { listen: () => undefined, isTrusted: () => true };
let tenant: Tenant;

// A command line's storage remembers nothing by itself.
beforeAll(() => house.open((essentials) => openSqlite({ folder, essentials, role: 'tool' })));
afterAll(async () => {
  await house.storage.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  tenant = await house.tenant();
});

/** A write that is done, and whose answer gets lost on the way. */
async function losing(write: Promise<unknown>): Promise<never> {
  await write;
  throw new Error('The answer was lost.');
}

it('a change of an application whose answer was lost is seen by the very next read', async () => {
  const { id } = tenant.environment;
  const { applications } = tenant.storage;
  const store = { ...applications, delete: (clientId: never) => losing(applications.delete(clientId)) };
  const cached = cachedApplicationStore(store, id, new ReadCache(DEAF));
  const { clientId } = await tenant.application();
  expect(await cached.find(clientId)).toBeDefined();
  await expect(cached.delete(clientId)).rejects.toThrow('lost');
  expect(await cached.find(clientId)).toBeUndefined();
});

it('a change of an environment whose answer was lost is seen by the very next read', async () => {
  const { environments } = house.storage;
  const store = { ...environments, delete: (id: never) => losing(environments.delete(id)) };
  const cached = cachedEnvironmentStore(store, new ReadCache(DEAF));
  expect(await cached.findByName(tenant.environment)).toBeDefined();
  await expect(cached.delete(tenant.environment.id)).rejects.toThrow('lost');
  expect(await cached.findByName(tenant.environment)).toBeUndefined();
});

it('what was written in place of a deleted environment is found under its name', async () => {
  const cached = cachedEnvironmentStore(house.storage.environments, new ReadCache(DEAF));
  const next = { ...tenant.environment, id: (await house.tenant()).environment.id, name: 'Next' };
  expect(await cached.findByName(next)).toEqual(tenant.environment);
  await cached.delete(next.id);
  await cached.delete(tenant.environment.id);
  expect(await cached.create(next)).toBe('created');
  expect(await cached.findByName(next)).toEqual(next);
});

/** Credentials of any client, read as often as is counted, and the cache that has room for one of them. */
function credentialsStore() {
  const reads: string[] = [];
  let trusted = true;
  const cache = new ReadCache({ ...DEAF, isTrusted: () => trusted }, 1);
  let finish = (): Promise<void> => Promise.resolve();
  const findCredentials = async (clientId: string): Promise<ApplicationCredentials> => {
    const read = { application: { clientId, name: `read ${String(reads.push(clientId))}` } };
    await finish();
    return read as unknown as ApplicationCredentials;
  };
  const store = { ...tenant.storage.applications, findCredentials };
  const cached = cachedApplicationStore(store, tenant.environment.id, cache);
  const nameOf = async (client: number) =>
    (await cached.findCredentials(client.toString(16).padStart(32, '0') as ClientId))?.application.name;
  const waitFor = (wait: typeof finish) => void (finish = wait);
  return { reads, cache, nameOf, waitFor, losesTrust: () => void (trusted = false) };
}

it('credentials are read once, while nothing changes anywhere', async () => {
  const { cache, nameOf } = credentialsStore();
  expect([await nameOf(1), await nameOf(2), await nameOf(1), await nameOf(2)]).toEqual([
    ...['read 1', 'read 2', 'read 1', 'read 2'],
  ]);
  // Of the two the cache itself has room for the last.
  cache.drop((await house.tenant()).environment.id);
  expect([await nameOf(2), await nameOf(1)]).toEqual(['read 2', 'read 3']);
  cache.drop(tenant.environment.id);
  expect(await nameOf(1)).toBe('read 4');
});

it('credentials that were read while something changed are not remembered', async () => {
  const { cache, nameOf, waitFor } = credentialsStore();
  waitFor(async () => {
    await Promise.resolve();
    cache.drop(tenant.environment.id);
  });
  expect(await nameOf(1)).toBe('read 1');
  waitFor(() => Promise.resolve());
  expect([await nameOf(1), await nameOf(1)]).toEqual(['read 2', 'read 2']);
});

it('credentials that come back after a change are not given to those who ask after it', async () => {
  const { cache, nameOf, waitFor } = credentialsStore();
  let finish: () => void = () => undefined;
  waitFor(() => new Promise((resolve) => (finish = resolve)));
  const before = nameOf(1);
  cache.drop(tenant.environment.id);
  waitFor(() => Promise.resolve());
  expect(await nameOf(2)).toBe('read 2');
  finish();
  expect([await before, await nameOf(1)]).toEqual(['read 1', 'read 3']);
});

it('credentials are read each time while nobody knows what has changed', async () => {
  const { nameOf, losesTrust } = credentialsStore();
  expect([await nameOf(1), await nameOf(1)]).toEqual(['read 1', 'read 1']);
  losesTrust();
  expect([await nameOf(1), await nameOf(1)]).toEqual(['read 2', 'read 3']);
});

it('of a thousand and more clients not all are remembered', async () => {
  const { reads, nameOf } = credentialsStore();
  for (let client = 0; client < 1_000; client += 1) await nameOf(client);
  expect([await nameOf(0), reads.length]).toEqual(['read 1', 1_000]);
  await nameOf(1_000);
  expect([await nameOf(1_000), await nameOf(0)]).toEqual(['read 1001', 'read 1002']);
});
