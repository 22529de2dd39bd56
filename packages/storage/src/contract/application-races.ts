import { expect, it } from 'vitest';
import { against, all, CALLS, on, type RaceKit } from './race-kit.js';

/** What is done to an application, and under it, at the same moment. */
export function describeApplicationRaces({ rounds, race }: RaceKit): void {
  it('no more secrets are added than may live', async () => {
    await rounds(async (tenant) => {
      const { clientId } = await tenant.application();
      const add = on(tenant, 'applications', 'addSecret');
      const outcomes = await race<string>(all(() => [clientId, tenant.secret(), 3], add));
      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(3);
      expect(outcomes.filter((outcome) => outcome === 'limit-reached')).toHaveLength(2 * CALLS - 3);
      expect(await tenant.storage.applications.listSecrets(clientId)).toHaveLength(3);
    });
  });

  it('a secret that is added while its application is deleted is nowhere left', async () => {
    await rounds(async (tenant) => {
      const { clientId } = await tenant.application();
      const remove = { ...on(tenant, 'applications', 'delete'), input: [clientId] };
      const add = on(tenant, 'applications', 'addSecret');
      const outcomes = await race(
        against(
          remove,
          all(() => [clientId, tenant.secret(), CALLS], add),
        ),
      );
      expect(outcomes[0]).toBe(true);
      expect(await tenant.storage.applications.listSecrets(clientId)).toEqual([]);
    });
  });
}
