import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
