import type { Page, PageRequest, Position } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { keyAuthorization, keyRow, machineOf } from './machine-application.js';
import type { Tenant } from './tenant.js';

const DAY_MS = 86_400_000;

/** All of a list, read in parts of that size. */
async function readAll<Item>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: Position | null | undefined;
  do {
    const page: Page<Item> = await read({ limit, ...(after ? { after } : {}) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

const applicationsOf = (tenant: Tenant) => async (page: PageRequest) =>
  tenant.storage.overview.applications({}, page, tenant.now);

export function describeOverview(house: ContractHouse): void {
  describe('the overview', () => {
    it('reads a list of any length in parts of any size, each row once, in order', async () => {
      const tenant = await house.tenant();
      // Names that are the same are told apart by their identifiers.
      for (const name of ['b', 'a', 'a', 'Ä', 'B', 'a b', '%']) await tenant.application({ name });
      const users = ['eve', 'ana', 'Dan', 'ben'];
      for (const username of users) await tenant.user({ username });
      const whole = await readAll(100, applicationsOf(tenant));
      expect(whole.map(({ application }) => application.name)).toEqual(['%', 'B', 'a', 'a', 'a b', 'b', 'Ä']);
      for (const limit of [1, 2, 3, 7]) {
        expect(await readAll(limit, applicationsOf(tenant))).toEqual(whole);
        const people = await readAll(limit, (page) => tenant.storage.overview.users({}, page, tenant.now));
        expect(people.map(({ user }) => user.username)).toEqual(['ana', 'ben', 'Dan', 'eve']);
      }
    });

    it('finds a text in names, whatever its case, and takes no sign for a wildcard', async () => {
      const tenant = await house.tenant();
      const planner = await tenant.application({ name: 'Planner 100%' });
      await tenant.application({ name: 'other', kind: 'spa', enabled: false });
      const ana = await tenant.user({ username: 'Ana@Example.com', name: 'Ana Souza' });
      const namesFor = async (filter: Parameters<typeof tenant.storage.overview.applications>[0]) =>
        (await tenant.storage.overview.applications(filter, { limit: 9 }, tenant.now)).items.map(
          ({ application }) => application.name,
        );
      expect(await namesFor({ text: 'PLAN' })).toEqual(['Planner 100%']);
      expect(await namesFor({ text: '0%' })).toEqual(['Planner 100%']);
      expect(await namesFor({ text: planner.clientId })).toEqual(['Planner 100%']);
      for (const text of ['_', '%l', '\\', 'x\\', planner.clientId.slice(1)]) {
        expect([text, await namesFor({ text })]).toEqual([text, []]);
      }
      expect(await namesFor({ kind: 'spa' })).toEqual(['other']);
      expect(await namesFor({ enabled: false })).toEqual(['other']);
      for (const text of ['souza', 'ANA@', ana.id]) {
        const { items } = await tenant.storage.overview.users({ text }, { limit: 9 }, tenant.now);
        expect(items.map(({ user }) => user.id)).toEqual([ana.id]);
      }
      expect(
        (await tenant.storage.overview.users({ enabled: false }, { limit: 9 }, tenant.now)).items,
      ).toEqual([]);
    });

    it('counts people and applications that are connected by a grant that lives, each once', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application({
        refreshPolicy: { rotation: false, absoluteDays: 10, inactivityDays: null },
      });
      const [ana, ben] = [await tenant.user({ username: 'ana' }), await tenant.user({ username: 'ben' })];
      await tenant.connected({ user: ana, application });
      await tenant.connected({ user: ana, application });
      await tenant.connected({ user: ben, application });
      // Only a code yet.
      await tenant.authorized({ user: await tenant.user(), application });
      const count = async (now: number) => [
        (await tenant.storage.overview.application(application.clientId, now))?.connectedUsers,
        (await tenant.storage.overview.user(ana.id, now))?.connectedApplications,
        (await tenant.storage.overview.connections({ clientId: application.clientId }, { limit: 9 }, now))
          .items.length,
      ];
      expect(await count(tenant.now)).toEqual([2, 1, 2]);
      expect(await count(tenant.now + 10 * DAY_MS)).toEqual([0, 0, 0]);
      await tenant.storage.users.update(ben.id, { enabled: false }, tenant.now);
      expect(await count(tenant.now)).toEqual([1, 1, 1]);
      expect(await tenant.storage.grants.disconnect({ userId: ana.id }, 9, tenant.now)).toBe(1);
      expect(await count(tenant.now)).toEqual([0, 0, 0]);
    });

    it('a machine application is connected while one of its keys stands', async () => {
      const tenant = await house.tenant();
      const ana = await tenant.user();
      const machine = await machineOf(tenant, ana);
      const { clientId } = machine.application;
      await tenant.storage.grants.authorizeByKey(keyAuthorization(tenant, machine));
      const connected = async () =>
        (await tenant.storage.overview.application(clientId, tenant.now))?.connectedUsers;
      expect(await connected()).toBe(1);
      const second = keyRow(tenant, ana);
      await tenant.storage.applications.addKey(clientId, second, 10);
      await tenant.storage.applications.deleteKey(clientId, machine.key.id, tenant.now);
      expect(await connected()).toBe(1);
      await tenant.storage.applications.deleteKey(clientId, second.id, tenant.now);
      expect(await connected()).toBe(0);
    });

    it('a connection ends with its consent, whichever way it was named, and is recorded', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application();
      const grants = [await tenant.connected({ application }), await tenant.connected({ application })];
      const other = await tenant.connected();
      const { overview, grants: store } = tenant.storage;
      const { clientId } = application;
      const listed = await readAll(1, (page) => overview.connections({ clientId }, page, tenant.now));
      expect(listed.map(({ user }) => user.id)).toEqual(grants.map(({ user }) => user.id).reverse());
      const [newest] = listed;
      if (newest === undefined) throw new Error('There is no connection.');
      const { consentId } = newest;
      expect(await store.disconnect({ consentId, clientId: other.application.clientId }, 9, tenant.now)).toBe(
        0,
      );
      expect(await store.disconnect({ consentId, clientId }, 9, tenant.now)).toBe(1);
      expect(await tenant.isAlive(grants[1]?.sessionId ?? other.sessionId)).toBe(false);
      expect(await store.disconnect({ clientId }, 1, tenant.now)).toBe(1);
      expect(await store.disconnect({ clientId }, 1, tenant.now)).toBe(0);
      expect(await tenant.isAlive(other.sessionId)).toBe(true);
      expect((await tenant.auditTypes()).filter((type) => type === 'consent.revoked')).toHaveLength(2);
    });

    it('every change raises the revision, and one that names another revision changes nothing', async () => {
      const tenant = await house.tenant();
      const { overview, applications, users } = tenant.storage;
      const application = await tenant.application();
      const { clientId } = application;
      const revisionOf = async () => (await overview.application(clientId, tenant.now))?.revision;
      expect(await revisionOf()).toBe(1);
      expect(await applications.update({ ...application, name: 'Two' }, 1)).toBe(true);
      expect(await applications.update({ ...application, name: 'Lost' }, 1)).toBe(false);
      expect(await applications.update({ ...application, name: 'Three' })).toBe(true);
      await applications.setLogo(clientId, undefined);
      expect([await revisionOf(), (await applications.find(clientId))?.name]).toEqual([4, 'Three']);
      expect([await applications.delete(clientId, 3), await applications.delete(clientId, 4)]).toEqual([
        false,
        true,
      ]);
      const user = await tenant.user();
      expect(await users.update(user.id, { name: 'Two' }, tenant.now, { revision: 1 })).toMatchObject({
        name: 'Two',
      });
      expect(await users.update(user.id, { name: 'Lost' }, tenant.now, { revision: 1 })).toBeUndefined();
      expect((await overview.user(user.id, tenant.now))?.revision).toBe(2);
      expect(await users.delete(user.id, tenant.now, { revision: 1 })).toBe(false);
      const environments = house.storage.environments;
      const { id } = tenant.environment;
      const before = (await overview.environment())?.revision ?? 0;
      expect(await environments.update(id, { name: 'Two' }, undefined, before)).toMatchObject({
        name: 'Two',
      });
      expect(await environments.update(id, { name: 'Lost' }, undefined, before)).toBeUndefined();
      expect((await overview.environment())?.revision).toBe(before + 1);
    });

    it('of many who name the same revision at once, one changes', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application();
      const changes = Array.from({ length: 8 }, (_none, index) =>
        tenant.storage.applications.update({ ...application, name: `by ${index}` }, 1),
      );
      expect((await Promise.all(changes)).filter(Boolean)).toHaveLength(1);
    });

    it('of administrators who take each other out at once, one is left', async () => {
      for (const end of ['demote', 'disable', 'delete'] as const) {
        const tenant = await house.tenant();
        const { users } = tenant.storage;
        const people = [];
        for (let index = 0; index < 4; index += 1) people.push(await tenant.user({ administrator: true }));
        const keeping = { keepsAdministrator: true };
        await Promise.all(
          people.map(({ id }) => {
            if (end === 'delete') return users.delete(id, tenant.now, keeping);
            const change = end === 'demote' ? { administrator: false } : { enabled: false };
            return users.update(id, change, tenant.now, keeping);
          }),
        );
        const left = (await users.list()).filter((user) => user.administrator && user.disabledAt === null);
        expect([end, left.length]).toEqual([end, 1]);
      }
    });
  });
}
