import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ContractHouse } from '../contract/contract-house.js';
import { keyAuthorization, machineOf } from '../contract/machine-application.js';
import { FILE_NAME } from './migrate-sqlite.js';
import { openSqlite } from './open-sqlite.js';

const folder = mkdtempSync(join(tmpdir(), 'fluxo-living-'));
const house = new ContractHouse();
beforeAll(() => house.open((essentials) => openSqlite({ folder, essentials, role: 'tool' })));
afterAll(async () => {
  await house.storage.close();
  rmSync(folder, { recursive: true });
});

/** The mark on the grant only says why: the key is the rule. So the overview must not go by the mark. */
it('a grant whose key was deleted connects nobody, also where the grant has no mark of it', async () => {
  const tenant = await house.tenant();
  const machine = await machineOf(tenant, await tenant.user());
  const { clientId } = machine.application;
  await tenant.storage.grants.authorizeByKey(keyAuthorization(tenant, machine));
  const seen = async () => {
    const { overview } = tenant.storage;
    return [
      (await overview.application(clientId, tenant.now))?.connectedUsers,
      (await overview.user(machine.key.registeredBy, tenant.now))?.connectedApplications,
      (await overview.connections({ clientId }, { limit: 9 }, tenant.now)).items.length,
    ];
  };
  expect(await seen()).toEqual([1, 1, 1]);
  const database = new SqliteDatabase(join(folder, FILE_NAME));
  database.prepare('UPDATE application_keys SET deleted_at = 1 WHERE id = ?').run(machine.key.id);
  database.close();
  // What was read before may still be the snapshot that is read.
  await house.reopen();
  expect(await seen()).toEqual([0, 0, 0]);
});
