import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@fluxo/core';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContractHouse, type ContractStorage } from '../contract/contract-house.js';
import { RaceProcesses } from '../contract/race-processes.js';
import type { RaceCall } from '../contract/race-worker.js';
import type { Tenant } from '../contract/tenant.js';
import { openSqlite } from './open-sqlite.js';

const WORKER = join(import.meta.dirname, 'sqlite-race-worker.test.support.ts');

let folder: string;
let house: ContractHouse;
/** A command line beside the server: it remembers nothing. */
let tool: ContractStorage;
let tenant: Tenant;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-cache-'));
  house = new ContractHouse();
  await house.open((essentials) => openSqlite({ folder, essentials, role: 'server' }));
  tool = await openSqlite({ folder, essentials: house.essentials, role: 'tool' });
  tenant = await house.tenant();
});
afterEach(async () => {
  await Promise.all([tool.close(), house.storage.close()]);
  rmSync(folder, { recursive: true });
});

/** An application with a secret, that the server was asked for twice: it remembers all it can. */
async function remembered() {
  const application = await tenant.application({ kind: 'spa', redirectUrls: ['https://spa.example.com/cb'] });
  const secret = tenant.secret();
  await tenant.storage.applications.addSecret(application.clientId, secret, 10);
  const { clientId } = application;
  const ask = async (storage: ContractStorage) => {
    const { applications } = storage.forEnvironment(tenant.environment.id);
    return [
      await applications.find(clientId),
      await applications.findCredentials(clientId),
      await applications.isSpaOrigin('https://spa.example.com'),
      await storage.environments.findByName(tenant.environment),
      await storage.environments.findByClientId('my', clientId),
    ];
  };
  const before = await ask(house.storage);
  expect(await ask(house.storage)).toEqual(before);
  expect(await ask(tool)).toEqual(before);
  return { application, clientId, secret, ask, before };
}

type Remembered = Awaited<ReturnType<typeof remembered>>;
type Deed = [name: string, deed: (on: ContractStorage, it: Remembered) => Promise<unknown>];

const applicationsOf = (storage: ContractStorage) =>
  storage.forEnvironment(tenant.environment.id).applications;

const DEEDS: readonly Deed[] = [
  [
    'an application is disabled',
    (on, it) => applicationsOf(on).update({ ...it.application, enabled: false }),
  ],
  ['an application is deleted', (on, it) => applicationsOf(on).delete(it.clientId)],
  ['a secret is added', (on, it) => applicationsOf(on).addSecret(it.clientId, tenant.secret(), 10)],
  ['a secret is deleted', (on, it) => applicationsOf(on).deleteSecret(it.clientId, it.secret.id, tenant.now)],
  [
    'a logo is set',
    (on, it) => applicationsOf(on).setLogo(it.clientId, { png: Buffer.of(1), version: 'v1' }),
  ],
  ['an environment is renamed', (on) => on.environments.update(tenant.environment.id, { name: 'New' })],
  ['an environment is deleted', (on) => on.environments.delete(tenant.environment.id)],
];

describe('the very next read of a server knows that', () => {
  it.each(DEEDS)('%s by itself', async (_name, deed) => {
    const it = await remembered();
    const heard = house.storage.environments.heard();
    await deed(house.storage, it);
    expect([heard === undefined, house.storage.environments.heard() === heard]).toEqual([false, false]);
    const after = await it.ask(house.storage);
    expect(after).not.toEqual(it.before);
    expect(after).toEqual(await it.ask(tool));
  });

  it.each(DEEDS)('%s over another connection', async (_name, deed) => {
    const it = await remembered();
    const heard = house.storage.environments.heard();
    await deed(tool, it);
    expect([heard === undefined, house.storage.environments.heard() === heard]).toEqual([false, false]);
    const after = await it.ask(house.storage);
    expect(after).not.toEqual(it.before);
    expect(after).toEqual(await it.ask(tool));
  });

  it('an application, a secret and an environment are changed and deleted by another process', async () => {
    const processes = await RaceProcesses.start([[WORKER, folder, 'tool']]);
    const theirs = async (call: Omit<RaceCall, 'environmentId'>) => {
      const own = call.port === 'environments' ? {} : { environmentId: tenant.environment.id };
      expect(await processes.race(() => [{ ...call, ...own }])).toEqual([true]);
    };
    const it = await remembered();
    const { clientId } = it;
    const { applications } = tenant.storage;

    await theirs({ port: 'applications', method: 'update', input: [{ ...it.application, name: 'Theirs' }] });
    expect((await applications.find(clientId))?.name).toBe('Theirs');
    await theirs({ port: 'applications', method: 'deleteSecret', input: [clientId, it.secret.id, 5] });
    expect((await applications.findCredentials(clientId))?.secrets).toMatchObject([{ deletedAt: 5 }]);
    await theirs({ port: 'environments', method: 'delete', input: [tenant.environment.id] });
    expect(await it.ask(house.storage)).toEqual([undefined, undefined, false, undefined, undefined]);
    await processes.close();
  });

  it('something was changed that is not in the log any more', async () => {
    const it = await remembered();
    await applicationsOf(tool).delete(it.clientId);
    const raw = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
    raw.exec('DELETE FROM change_log');
    raw.close();
    expect((await it.ask(house.storage)).slice(0, 3)).toEqual([undefined, undefined, false]);
  });

  it('something was changed among a great many changes', async () => {
    const it = await remembered();
    await applicationsOf(tool).delete(it.clientId);
    const raw = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
    const insert = raw.prepare(
      `INSERT INTO change_log (environment_id, kind, subject_id, at) VALUES (?, 'environment', ?, 0)`,
    );
    raw.transaction(() => {
      for (let index = 0; index < 1500; index += 1) insert.run('0'.repeat(32), '0'.repeat(32));
    })();
    raw.close();
    expect((await it.ask(house.storage)).slice(0, 3)).toEqual([undefined, undefined, false]);
  });
});

describe('a server', () => {
  it('has heard of nothing while nothing changes, and a command line never tells', async () => {
    await remembered();
    const heard = house.storage.environments.heard();
    await house.storage.environments.findByName(tenant.environment);
    expect([house.storage.environments.heard(), tool.environments.heard()]).toEqual([heard, undefined]);
  });

  it('finds what was not there before', async () => {
    const { clientId } = tenant.applicationRow();
    const environment: Environment = { ...tenant.environment, domain: 'other' };
    expect(await applicationsOf(house.storage).find(clientId)).toBeUndefined();
    expect(await house.storage.environments.findByName(environment)).toBeUndefined();
    const other = await house.tenant({ domain: 'other' });
    const application = tenant.applicationRow({ clientId });
    await applicationsOf(tool).register(application, undefined);
    expect(await applicationsOf(house.storage).find(clientId)).toEqual(application);
    expect(await house.storage.environments.findByName(environment)).toEqual(other.environment);
  });

  it('remembers one environment’s application for nobody in another', async () => {
    const { clientId } = await remembered();
    const other = await house.tenant();
    expect(await other.storage.applications.find(clientId)).toBeUndefined();
    expect(await other.storage.applications.findCredentials(clientId)).toBeUndefined();
    expect(await other.storage.applications.isSpaOrigin('https://spa.example.com')).toBe(false);
  });

  it('tells an administrator when a secret was last used, whatever it remembers of it', async () => {
    const { clientId, secret } = await remembered();
    const use = { environmentId: tenant.environment.id, at: tenant.now + 1 };
    await house.storage.recordUsage({ sessions: [], secrets: new Map([[secret.id, use]]) });
    expect(await tenant.storage.applications.listSecrets(clientId)).toMatchObject([{ lastUsedAt: use.at }]);
  });
});
