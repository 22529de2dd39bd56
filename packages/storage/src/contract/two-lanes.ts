import { createLane, type LaneContext } from '@fluxo/core';
import type { ContractHouse } from './contract-house.js';
import { Tenant } from './tenant.js';

export const laneContext = ({ storage, essentials }: ContractHouse): LaneContext => ({
  environments: storage.environments,
  essentials,
});

/** Two lanes of one organization, with an administrator of the same name in each. */
export async function twoLanes(house: ContractHouse) {
  const here = await house.tenant();
  const administrator = await here.user({ administrator: true, username: 'Ana@example.com' });
  const goal = { here: here.environment, administrator };
  const created = await createLane('preview', goal, laneContext(house));
  return { here, administrator, there: new Tenant(created.environment, house), created };
}
