import {
  compareApplications,
  copyApplications,
  createLane,
  type Application,
  type LaneSide,
} from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { Tenant } from './tenant.js';
import { laneContext, twoLanes } from './two-lanes.js';

const LOGO = { png: Buffer.from([1, 2, 3]), version: 'v1' };

export function describeCopiedApplications(house: ContractHouse): void {
  const sideOf = ({ environment, storage }: Tenant): LaneSide => ({
    environment,
    administration: {
      environmentId: environment.id,
      store: storage.applications,
      essentials: house.essentials,
      isOwnHost: () => false,
    },
  });

  describe('applications copied to another lane', () => {
    const copy = ({ clientId }: Application, here: Tenant, there: Tenant) =>
      copyApplications([clientId], sideOf(here), sideOf(there));
    const states = async (here: Tenant, there: Tenant) =>
      (await compareApplications(sideOf(here), sideOf(there))).map(({ state, differences }) => [
        state,
        differences.map(({ field }) => field),
      ]);

    it('have all settings, redirect URLs and the logo, and an identifier and a secret of their own', async () => {
      const { here, there } = await twoLanes(house);
      const redirectUrls = ['https://b.example/cb', 'https://a.example/cb'];
      const source = await here.application({ redirectUrls, description: 'Draws', tokenType: 'Bearer' });
      await here.storage.applications.addSecret(source.clientId, here.secret(), 10);
      await here.storage.applications.setLogo(source.clientId, LOGO);
      expect(await states(here, there)).toEqual([['missing', []]]);

      const [copied] = await copy(source, here, there);

      expect(copied).toMatchObject({ clientId: source.clientId, name: source.name, action: 'created' });
      expect(copied?.clientSecret).toMatch(/^fxk/);
      expect(copied?.targetClientId).not.toBe(source.clientId);
      const found = await there.storage.applications.findCredentials(
        copied?.targetClientId ?? source.clientId,
      );
      expect(found?.application).toMatchObject({
        ...{ redirectUrls, description: 'Draws', tokenType: 'Bearer', kind: 'web' },
        ...{ copiedFrom: source.clientId, logoVersion: LOGO.version },
      });
      expect(found?.secrets).toHaveLength(1);
      const { clientId } = found?.application ?? source;
      expect(await there.storage.applications.findLogo(clientId)).toEqual(LOGO);
      expect(await states(here, there)).toEqual([['same', []]]);
      const events = await there.storage.audit.list(10);
      const { domain, lane } = here.environment;
      expect(events.find(({ type }) => type === 'application.registered')).toMatchObject({
        clientId,
        detail: `${source.name}, copied from ${domain}.${lane} ${source.clientId}`,
      });
    });

    it('follow a change and a new name, and keep their secret', async () => {
      const { here, there } = await twoLanes(house);
      const source = await here.application();
      const [first] = await copy(source, here, there);
      const renamed = { ...source, name: 'Renamed', enabled: false, updatedAt: source.updatedAt + 1 };
      await here.storage.applications.update(renamed);
      await here.storage.applications.setLogo(source.clientId, LOGO);
      expect(await states(here, there)).toEqual([['different', ['name', 'enabled', 'logo']]]);

      const [second] = await copy(source, here, there);

      expect(second).toMatchObject({ action: 'updated', targetClientId: first?.targetClientId });
      expect(second?.clientSecret).toBeUndefined();
      const applications = await there.storage.applications.list();
      expect(applications).toMatchObject([{ name: 'Renamed', enabled: false, logoVersion: LOGO.version }]);
      expect(
        await there.storage.applications.listSecrets(applications[0]?.clientId ?? source.clientId),
      ).toMatchObject([{ deletedAt: null }]);
      expect(await copy(source, here, there)).toMatchObject([{ action: 'unchanged' }]);
    });

    it('are the same the other way round, and in a third lane that has a copy of the same', async () => {
      const { here, there, administrator } = await twoLanes(house);
      const source = await here.application();
      await copy(source, here, there);
      const goal = { here: here.environment, administrator };
      const third = new Tenant((await createLane('sb02', goal, laneContext(house))).environment, house);
      await copy(source, here, third);
      await here.storage.applications.update({ ...source, name: 'Other' });
      expect(await states(there, here)).toEqual([['different', ['name']]]);
      expect(await states(there, third)).toEqual([['same', []]]);
    });

    it('one of the same name and kind is taken for the same only where nothing else could be meant', async () => {
      const { here, there } = await twoLanes(house);
      const source = await here.application({ name: 'Twin' });
      const twin = await there.application({ name: 'Twin', description: 'of there' });
      await there.application({ name: 'Twin', kind: 'spa' });
      expect(await states(here, there)).toEqual([['different', ['description']]]);
      expect(await copy(source, here, there)).toMatchObject([{ targetClientId: twin.clientId }]);
      expect((await there.storage.applications.find(twin.clientId))?.copiedFrom).toBe(source.clientId);

      const second = await here.application({ name: 'Twin' });
      expect(await copy(second, here, there)).toMatchObject([{ action: 'created' }]);
      expect(await there.storage.applications.count()).toBe(3);
    });

    it('what isn’t here stops the copy before anything is written', async () => {
      const { here, there } = await twoLanes(house);
      const source = await here.application();
      const foreign = await (await house.tenant()).application();
      const both = copyApplications([source.clientId, foreign.clientId], sideOf(here), sideOf(there));
      await expect(both).rejects.toThrow(`No application ${foreign.clientId} in this environment.`);
      expect(await there.storage.applications.list()).toEqual([]);
    });

    it('stop where the limit there is reached, and say what was copied before', async () => {
      const { here, there } = await twoLanes(house);
      const settings = { ...there.environment.settings, maxApplications: 1 };
      await house.storage.environments.update(there.environment.id, { settings });
      const [one, two] = [await here.application({ name: 'One' }), await here.application({ name: 'Two' })];
      const both = copyApplications([one.clientId, two.clientId], sideOf(here), sideOf(there));
      await expect(both).rejects.toThrow(/as many applications as it may have.* Copied before.*"One"\.$/);
      expect(await there.storage.applications.list()).toMatchObject([{ name: 'One' }]);
    });

    it('a copy of what changed there meanwhile is refused, and the change stays', async () => {
      const { here, there } = await twoLanes(house);
      const source = await here.application({ name: 'Draft' });
      await copy(source, here, there);
      const [target] = await there.storage.applications.list();
      if (target === undefined) throw new Error('Nothing was copied.');
      const { applications } = there.storage;
      const changed = { ...target, name: 'Changed there', updatedAt: target.updatedAt + 1 };
      await applications.update(changed);
      const stale = { kind: 'update', application: target, since: target.updatedAt } as const;
      const fresh = there.applicationRow();
      const together = [
        { kind: 'register', application: fresh, secret: undefined, logo: undefined } as const,
        stale,
      ];
      await expect(applications.writeTogether(together)).rejects.toThrow(/nothing was written/);
      expect(await applications.list()).toEqual([changed]);
      expect(await applications.find(fresh.clientId)).toBeUndefined();
    });
  });
}
