import {
  admitToLane,
  compareApplications,
  copyApplications,
  createEnvironmentWithAdministrator,
  createLane,
  findPasswordLink,
  listLanes,
  requireLane,
  type Application,
  type Environment,
  type LaneSide,
} from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import { newEnvironment, type ContractHouse } from './contract-house.js';
import { Tenant } from './tenant.js';

const LOGO = { png: Buffer.from([1, 2, 3]), version: 'v1' };

export function describeLanes(house: ContractHouse): void {
  const context = () => ({ environments: house.storage.environments, essentials: house.essentials });
  const sideOf = ({ environment, storage }: Tenant): LaneSide => ({
    environment,
    administration: {
      environmentId: environment.id,
      store: storage.applications,
      essentials: house.essentials,
      isOwnHost: () => false,
    },
  });
  /** Two lanes of one organization, with an administrator of the same name in each. */
  async function twoLanes() {
    const here = await house.tenant();
    const administrator = await here.user({ administrator: true, username: 'Ana@example.com' });
    const created = await createLane('preview', { here: here.environment, administrator }, context());
    return { here, administrator, there: new Tenant(created.environment, house), created };
  }
  const linkContext = ({ environment, storage }: Tenant) => ({
    ...{ environmentId: environment.id, essentials: house.essentials },
    ...{ users: storage.users, passwordLinks: storage.passwordLinks, singleSignOn: environment.settings },
  });

  describe('an environment with its first administrator', () => {
    it('is there with both, and the link sets the password of that user', async () => {
      const { domain } = newEnvironment();
      const founded = await createEnvironmentWithAdministrator(
        { domain, lane: 'my', name: 'Founded', administrator: { username: 'ana', name: 'Ana' } },
        house.storage.environments,
        house.essentials,
      );
      const tenant = new Tenant(founded.environment, house);
      expect(await house.storage.environments.findByName({ domain, lane: 'my' })).toEqual(
        founded.environment,
      );
      const users = await tenant.storage.users.list();
      expect(users).toEqual([founded.administrator]);
      expect(users).toMatchObject([{ administrator: true, username: 'ana', disabledAt: null }]);
      expect((await tenant.storage.users.findByUsername('ana'))?.passwordHash).toBeUndefined();
      const live = await findPasswordLink(founded.token, linkContext(tenant));
      expect(live?.user).toEqual(founded.administrator);
      expect(await tenant.auditTypes()).toEqual(['user.invited', 'user.created', 'environment.created']);
    });

    it('where the name is taken nothing is written, no administrator either', async () => {
      const { environment, storage } = await house.tenant();
      const { domain, lane } = environment;
      const again = createEnvironmentWithAdministrator(
        { domain, lane, name: 'Again', administrator: { username: 'eve', name: 'Eve' } },
        house.storage.environments,
        house.essentials,
      );
      await expect(again).rejects.toThrow(`${domain}.${lane} exists already.`);
      expect(await storage.users.list()).toEqual([]);
    });
  });

  describe('lanes of one organization', () => {
    it('a new one has the settings and the look of the other, and its creator as administrator', async () => {
      const here = await house.tenant();
      const { environments } = house.storage;
      const settings = { ...here.environment.settings, accentColor: '#7a1fa2', sessionIdInQuery: true };
      const single = { singleSignOn: 'required', administratorsExempt: true } as const;
      await environments.update(here.environment.id, { settings: { ...settings, ...single } });
      const environment = await environments.setLogo(here.environment.id, LOGO);
      const administrator = await here.user({ administrator: true, email: 'ana@example.com' });
      if (environment === undefined) throw new Error('The environment is gone.');

      const created = await createLane('sb01', { here: environment, administrator }, context());

      const there = new Tenant(created.environment, house);
      expect(await environments.findByName({ domain: environment.domain, lane: 'sb01' })).toMatchObject({
        ...{ name: environment.name, logoVersion: LOGO.version },
        // There is no identity provider yet: with single sign-on required nobody could get in.
        settings: { ...settings, singleSignOn: 'off', administratorsExempt: false },
      });
      expect(await environments.findLogo(created.environment.id)).toEqual(LOGO);
      const { username, name, email } = administrator;
      expect(await there.storage.users.list()).toMatchObject([
        { username, name, email, administrator: true },
      ]);
      expect(await findPasswordLink(created.token, linkContext(there))).toBeDefined();
    });

    it('are listed with production first, the one asked from marked, and nobody else’s', async () => {
      const { here, there } = await twoLanes();
      await here.application();
      await house.tenant();
      const lanes = await listLanes(there.environment, house.storage);
      expect(lanes.map(({ environment, ...rest }) => ({ lane: environment.lane, ...rest }))).toEqual([
        { lane: 'my', current: false, applications: 1 },
        { lane: 'preview', current: true, applications: 0 },
      ]);
    });

    it('one that is there, or none, is refused by name', async () => {
      const { here, administrator } = await twoLanes();
      const create = (lane: string) => createLane(lane, { here: here.environment, administrator }, context());
      await expect(create('preview')).rejects.toThrow(/preview exists already/);
      await expect(create('staging')).rejects.toThrow(/not a lane/);
      const find = (lane: string) => requireLane(lane, here.environment, house.storage.environments);
      await expect(find('sb07')).rejects.toThrow(/no lane sb07 yet/);
      await expect(find('my')).rejects.toThrow(/where you are/);
      expect(await find('preview')).toMatchObject({ lane: 'preview' });
    });
  });

  describe('who reaches another lane', () => {
    const admit = (username: string, here: Environment, there: Tenant) =>
      admitToLane({ username }, { here, there: there.environment, users: there.storage.users });

    it('is an enabled administrator of the same username there', async () => {
      const { here, there, administrator } = await twoLanes();
      const { environment } = here;
      expect(await admit(administrator.username.toUpperCase(), environment, there)).toMatchObject({
        kind: 'admitted',
        administrator: { username: administrator.username },
      });
      const bob = await there.user();
      expect(await admit(bob.username, environment, there)).toEqual({ kind: 'not-administrator' });
      expect(await admit('nobody', environment, there)).toEqual({ kind: 'not-administrator' });
      const [counterpart] = await there.storage.users
        .list()
        .then((all) => all.filter((u) => u.administrator));
      if (counterpart === undefined) throw new Error('The administrator is gone.');
      await there.storage.users.update(counterpart.id, { enabled: false }, there.now);
      expect(await admit(administrator.username, environment, there)).toEqual({ kind: 'not-administrator' });
    });

    it('is nobody who comes from a test lane to production, for a username can be anybody’s there', async () => {
      const { here, there, administrator } = await twoLanes();
      expect(await admit(administrator.username, there.environment, here)).toEqual({ kind: 'production' });
    });

    it('is nobody of another organization', async () => {
      const { there, administrator } = await twoLanes();
      const other = await house.tenant();
      expect(await admit(administrator.username, other.environment, there)).toEqual({
        kind: 'not-administrator',
      });
    });
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
      const { here, there } = await twoLanes();
      const redirectUrls = ['https://b.example/cb', 'https://a.example/cb'];
      const source = await here.application({ redirectUrls, description: 'Draws', tokenType: 'Bearer' });
      await here.storage.applications.addSecret(source.clientId, here.secret());
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
      const { here, there } = await twoLanes();
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
      const { here, there, administrator } = await twoLanes();
      const source = await here.application();
      await copy(source, here, there);
      const third = await createLane('sb02', { here: here.environment, administrator }, context());
      const third_ = new Tenant(third.environment, house);
      await copy(source, here, third_);
      await here.storage.applications.update({ ...source, name: 'Other' });
      expect(await states(there, here)).toEqual([['different', ['name']]]);
      expect(await states(there, third_)).toEqual([['same', []]]);
    });

    it('one of the same name and kind is taken for the same only where nothing else could be meant', async () => {
      const { here, there } = await twoLanes();
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
      const { here, there } = await twoLanes();
      const source = await here.application();
      const foreign = await (await house.tenant()).application();
      const both = copyApplications([source.clientId, foreign.clientId], sideOf(here), sideOf(there));
      await expect(both).rejects.toThrow(`No application ${foreign.clientId} in this environment.`);
      expect(await there.storage.applications.list()).toEqual([]);
    });

    it('a copy of what changed there meanwhile is refused, and the change stays', async () => {
      const { here, there } = await twoLanes();
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
