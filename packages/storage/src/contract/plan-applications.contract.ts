import {
  carryOut,
  planApplications,
  type ApplicationAdministration,
  type WantedApplication,
} from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import type { Tenant } from './tenant.js';

export function describePlannedApplications(house: ContractHouse): void {
  const administrationOf = ({ environment, storage }: Tenant): ApplicationAdministration => ({
    environmentId: environment.id,
    store: storage.applications,
    essentials: house.essentials,
    isOwnHost: ({ hostname }) => hostname === 'own.example',
  });
  let line = 0;
  const wanted = (
    change: WantedApplication['change'],
    more: Partial<WantedApplication> = {},
  ): WantedApplication => ({ place: `line ${(line += 1)}`, kind: 'web', change, ...more });
  const redirectUrls = ['https://a.example/cb'];

  describe('applications that are to be as a file says', () => {
    const apply = async (all: readonly WantedApplication[], tenant: Tenant) => {
      const plan = await planApplications(all, administrationOf(tenant));
      await carryOut(plan, administrationOf(tenant));
      return plan;
    };

    it('are registered, then changed, then there is nothing to do', async () => {
      const tenant = await house.tenant();
      const one = wanted({ name: 'One', redirectUrls });
      const two = wanted({ name: 'Two', redirectUrls }, { kind: 'spa' });
      const first = await apply([one, two], tenant);
      expect(first.map(({ action, clientSecret }) => [action, clientSecret !== undefined])).toEqual([
        ['create', true],
        ['create', false],
      ]);
      const { applications } = tenant.storage;
      const [clientId] = first.map(({ application }) => application.clientId);
      if (clientId === undefined) throw new Error('Nothing was planned.');
      expect((await applications.findCredentials(clientId))?.secrets).toHaveLength(1);

      tenant.advance(1000);
      const changed = { ...one, change: { ...one.change, description: 'Draws', enabled: false } };
      const second = await apply([changed, two], tenant);
      expect(second.map(({ action, differences }) => [action, differences])).toEqual([
        [
          'update',
          [
            { field: 'enabled', here: false, there: true },
            { field: 'description', here: 'Draws', there: null },
          ],
        ],
        ['unchanged', []],
      ]);
      expect(await applications.find(clientId)).toMatchObject({ description: 'Draws', enabled: false });

      const third = await apply([changed, two], tenant);
      expect(third.map(({ action, write }) => [action, write])).toEqual([
        ['unchanged', undefined],
        ['unchanged', undefined],
      ]);
      expect((await tenant.auditTypes()).filter((type) => type.startsWith('application.'))).toEqual([
        'application.updated',
        'application.registered',
        'application.registered',
      ]);
    });

    it('keep what the file doesn’t mention, and get another name by their client_id', async () => {
      const tenant = await house.tenant();
      const { clientId } = await tenant.application({ name: 'Old', description: 'Draws' });
      await apply([{ place: 'line 1', clientId, change: { name: 'New' } }], tenant);
      expect(await tenant.storage.applications.list()).toMatchObject([
        { clientId, name: 'New', description: 'Draws' },
      ]);
    });

    it.each([
      [
        'a client_id that is nobody’s',
        wanted({}, { clientId: '0'.repeat(32) as never }),
        /No application 0{32}/,
      ],
      [
        'a new one without its kind',
        { place: 'line 7', change: { name: 'X', redirectUrls } },
        /needs its kind/,
      ],
      [
        'a redirect URL that can’t be taken',
        wanted({ name: 'X', redirectUrls: ['http://x.example/'] }),
        /https/,
      ],
      ['one of our own hosts', wanted({ name: 'X', redirectUrls: ['https://own.example/'] }), /line \d+: /],
      ['a new one without a redirect URL', wanted({ name: 'X' }), /At least one redirect URL/],
    ] satisfies [string, WantedApplication, RegExp][])(
      '%s stops everything, and the file’s line is named',
      async (_what, bad, problem) => {
        const tenant = await house.tenant();
        const plan = planApplications(
          [wanted({ name: 'Good', redirectUrls }), bad],
          administrationOf(tenant),
        );
        await expect(plan).rejects.toThrow(problem);
        await expect(plan).rejects.toThrow(new RegExp(`^${bad.place}: `));
        expect(await tenant.storage.applications.list()).toEqual([]);
      },
    );

    it('two of one name are told by client_id only', async () => {
      const tenant = await house.tenant();
      const [one, two] = [await tenant.application(), await tenant.application()];
      const byName = planApplications([wanted({ name: one.name })], administrationOf(tenant));
      await expect(byName).rejects.toThrow(/2 applications are named "Reports": add the client_id/);
      const byId = wanted({ name: one.name, description: 'One' }, { clientId: one.clientId });
      await apply([byId], tenant);
      expect(await tenant.storage.applications.find(two.clientId)).toEqual(two);
    });

    it('one that stands twice in the file, by name or by both, is refused', async () => {
      const tenant = await house.tenant();
      const { clientId, name } = await tenant.application();
      const twice = [wanted({ name }), wanted({ name: 'Other' }, { clientId })];
      const administration = administrationOf(tenant);
      await expect(planApplications(twice, administration)).rejects.toThrow(
        /the same application as at line/,
      );
      const newTwice = [wanted({ name: 'N', redirectUrls }), wanted({ name: 'N ', redirectUrls })];
      await expect(planApplications(newTwice, administration)).rejects.toThrow(
        /the same application as at line/,
      );
    });

    it('another kind is no change: it is refused', async () => {
      const tenant = await house.tenant();
      const { name } = await tenant.application();
      const other = wanted({ name, redirectUrls }, { kind: 'spa' });
      await expect(planApplications([other], administrationOf(tenant))).rejects.toThrow(
        /a kind can't be changed/,
      );
    });

    it('beyond the limit of applications nothing is written', async () => {
      const tenant = await house.tenant();
      const settings = { ...tenant.environment.settings, maxApplications: 1 };
      await house.storage.environments.update(tenant.environment.id, { settings });
      const both = [wanted({ name: 'One', redirectUrls }), wanted({ name: 'Two', redirectUrls })];
      await expect(apply(both, tenant)).rejects.toThrow(/as many applications as it may have/);
      expect(await tenant.storage.applications.list()).toEqual([]);
    });

    it('of a plan that is out of date nothing is written, not even what is new', async () => {
      const tenant = await house.tenant();
      const present = await tenant.application();
      tenant.advance(1000);
      const all = [
        wanted({ name: 'Fresh', redirectUrls }),
        wanted({ name: present.name, description: 'Mine' }),
      ];
      const plan = await planApplications(all, administrationOf(tenant));
      const theirs = { ...present, description: 'Theirs', updatedAt: tenant.now };
      await tenant.storage.applications.update(theirs);
      await expect(carryOut(plan, administrationOf(tenant))).rejects.toThrow(/nothing was written/);
      expect(await tenant.storage.applications.list()).toEqual([theirs]);
    });
  });
}
