import { environmentsBy, newOpaqueId, systemRandom, type UserId } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';

export function describeActing(house: ContractHouse): void {
  describe('who acted, and how,', () => {
    it('is written with every change, and kept apart from another way of acting', async () => {
      const tenant = await house.tenant();
      const [actorId, other] = [newOpaqueId<UserId>(systemRandom), newOpaqueId<UserId>(systemRandom)];
      const by = (id: UserId) =>
        house.storage.forEnvironment(tenant.environment.id, { via: 'api', actorId: id });
      const row = tenant.userRow();
      await by(actorId).users.create(row);
      await by(other).users.update(row.id, { name: 'Grace' }, tenant.now);
      await house.storage
        .forEnvironment(tenant.environment.id, { via: 'cli' })
        .users.update(row.id, { name: 'Ada' }, tenant.now);
      await tenant.storage.users.delete(row.id, tenant.now);
      const events = await tenant.storage.audit.list(4);
      expect(events.map(({ type, via, actorId: actor }) => [type, via, actor])).toEqual([
        ['user.deleted', undefined, undefined],
        ['user.updated', 'cli', undefined],
        ['user.updated', 'api', other],
        ['user.created', 'api', actorId],
      ]);
    });

    it('is written with what happens to the environment itself', async () => {
      const tenant = await house.tenant();
      const { id } = tenant.environment;
      const actorId = newOpaqueId<UserId>(systemRandom);
      const environments = environmentsBy(house.storage.environments, { via: 'api', actorId });
      await environments.update(id, { name: 'Renamed' });
      await house.storage.environments.delete(id, { via: 'operator' });
      expect(await tenant.storage.audit.list(2)).toMatchObject([
        { type: 'environment.deleted', via: 'operator' },
        { type: 'environment.updated', via: 'api', actorId },
      ]);
    });

    it('follows from the type where things come about in one way only', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      await grant.redeem();
      const via = (await tenant.storage.audit.list(4)).map((event) => [event.type, event.via]);
      expect(via).toEqual([
        ['grant.code-replayed', 'protocol'],
        ['grant.redeemed', 'protocol'],
        ['grant.authorized', 'page'],
        ['consent.given', 'page'],
      ]);
    });
  });
}
