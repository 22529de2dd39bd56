import {
  admitToLane,
  createEnvironmentWithAdministrator,
  createLane,
  findPasswordLink,
  listLanes,
  requireLane,
  type Environment,
} from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import { newEnvironment, type ContractHouse } from './contract-house.js';
import { Tenant } from './tenant.js';
import { laneContext, twoLanes } from './two-lanes.js';

const LOGO = { png: Buffer.from([1, 2, 3]), version: 'v1' };

export function describeLanes(house: ContractHouse): void {
  const context = () => laneContext(house);
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
      await here.identityProvider();
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
      const { here, there } = await twoLanes(house);
      await here.application();
      await house.tenant();
      const lanes = await listLanes(there.environment, house.storage);
      expect(lanes.map(({ environment, ...rest }) => ({ lane: environment.lane, ...rest }))).toEqual([
        { lane: 'my', current: false, applications: 1 },
        { lane: 'preview', current: true, applications: 0 },
      ]);
    });

    it('one that is there, or none, is refused by name', async () => {
      const { here, administrator } = await twoLanes(house);
      const create = (lane: string) => createLane(lane, { here: here.environment, administrator }, context());
      await expect(create('preview')).rejects.toThrow(/preview exists already/);
      await expect(create('my')).rejects.toThrow(/my exists already/);
      await expect(create('staging')).rejects.toThrow(/not a lane/);
      const find = (lane: string) => requireLane(lane, here.environment, house.storage.environments);
      await expect(find('sb07')).rejects.toThrow(/no lane sb07 yet/);
      await expect(find('my')).rejects.toThrow(/where you are/);
      expect(await find('preview')).toMatchObject({ lane: 'preview' });
    });
  });

  it('production isn’t made from a test lane', async () => {
    const here = await house.tenant({ lane: 'sb01' });
    const administrator = await here.user({ administrator: true });
    const created = createLane('my', { here: here.environment, administrator }, context());
    await expect(created).rejects.toThrow(/An operator makes it/);
    const { domain } = here.environment;
    expect(await house.storage.environments.listOfDomain(domain)).toEqual([here.environment]);
  });

  describe('who reaches another lane', () => {
    const admit = (username: string, here: Environment, there: Tenant) =>
      admitToLane({ username }, { here, there: there.environment, users: there.storage.users });

    it('is an enabled administrator of the same username there', async () => {
      const { here, there, administrator } = await twoLanes(house);
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
      const { here, there, administrator } = await twoLanes(house);
      expect(await admit(administrator.username, there.environment, here)).toEqual({ kind: 'production' });
    });

    it('is nobody of another organization', async () => {
      const { there, administrator } = await twoLanes(house);
      const other = await house.tenant();
      expect(await admit(administrator.username, other.environment, there)).toEqual({
        kind: 'not-administrator',
      });
    });
  });
}
