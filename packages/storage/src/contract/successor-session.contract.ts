import { DAY_MS } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS } from './contract-values.js';
import type { Grant } from './grant.js';
import type { Tenant } from './tenant.js';

function replacement(tenant: Tenant, grant: Grant, expected = grant.sessionId) {
  return { grantId: grant.id, generation: 2, expected, session: grant.newSession(), now: tenant.now };
}

async function refreshedOnce(house: ContractHouse) {
  const tenant = await house.tenant();
  const grant = await tenant.connected();
  await grant.refresh(1);
  return { tenant, grant, grants: tenant.storage.grants };
}

export function describeSuccessorSession(house: ContractHouse): void {
  describe('replacing a successor’s session', () => {
    it('opens another one, which is what later repeats are answered with', async () => {
      const { tenant, grant, grants } = await refreshedOnce(house);
      tenant.advance(9 * HOUR_MS);
      const input = replacement(tenant, grant);
      expect(await grants.replaceSuccessorSession(input)).toBe(true);
      expect(await tenant.isAlive(input.session.id)).toBe(true);
      const session = { id: input.session.id, createdAt: tenant.now };
      expect(await grant.refresh(1)).toMatchObject({ kind: 'repeated', session });
    });

    it('of two at once one wins', async () => {
      const { tenant, grant, grants } = await refreshedOnce(house);
      const [one, two] = [replacement(tenant, grant), replacement(tenant, grant)];
      const outcomes = await Promise.all([
        grants.replaceSuccessorSession(one),
        grants.replaceSuccessorSession(two),
      ]);
      expect([...outcomes].sort()).toEqual([false, true]);
      const loser = outcomes[0] ? two : one;
      expect(await tenant.storage.sessions.find(loser.session.id)).toBeUndefined();
    });

    it('still works when the ended session’s row is gone, and still for one of two only', async () => {
      const { tenant, grant, grants } = await refreshedOnce(house);
      tenant.advance(9 * HOUR_MS);
      await house.purgeAfter(9 * HOUR_MS, tenant);
      const repeated = await grant.refresh(1);
      expect(repeated).toMatchObject({ kind: 'repeated', session: undefined });

      const one = { ...replacement(tenant, grant), expected: undefined };
      const two = { ...replacement(tenant, grant), expected: undefined };
      const outcomes = await Promise.all([
        grants.replaceSuccessorSession(one),
        grants.replaceSuccessorSession(two),
      ]);

      expect([...outcomes].sort()).toEqual([false, true]);
      const winner = outcomes[0] ? one : two;
      const session = { id: winner.session.id, createdAt: tenant.now };
      expect(await grant.refresh(1)).toMatchObject({ kind: 'repeated', session });
    });

    it.each<[string, (tenant: Tenant, grant: Grant) => Promise<unknown>]>([
      ['the session was used', (_tenant, grant) => grant.use()],
      ['the successor’s refresh token was used', (_tenant, grant) => grant.refresh(2)],
      [
        'the grant was revoked',
        (tenant, grant) =>
          tenant.storage.grants.revokeGrant(grant.id, 'revoked-by-administrator', { now: tenant.now }),
      ],
    ])('is refused once %s', async (_name, close) => {
      const { tenant, grant, grants } = await refreshedOnce(house);
      const input = replacement(tenant, grant);
      await close(tenant, grant);
      expect(await grants.replaceSuccessorSession(input)).toBe(false);
      expect(await tenant.storage.sessions.find(input.session.id)).toBeUndefined();
    });

    it('a day is the longest that anything can be repeated', async () => {
      const { tenant, grant } = await refreshedOnce(house);
      tenant.advance(DAY_MS);
      await house.purgeAfter(DAY_MS, tenant);
      expect(await grant.refresh(1)).toEqual({ kind: 'reused' });
    });
  });
}
