import { CODE_LIFETIME_MS, newOrderedId, type GrantId, type RedemptionRefusal } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { CALLBACK, someDigest } from './contract-values.js';
import type { Grant } from './grant.js';
import type { GrantParts } from './grant-parts.js';
import type { Tenant } from './tenant.js';

const CHALLENGE = 'c'.repeat(43);
type Redemption = Parameters<Grant['redeem']>[0];

/** An exchange that must fail, on an unused code and on a used one alike, and leave everything as it is. */
interface WrongExchange {
  readonly fault: string;
  readonly goal?: GrantParts['goal'];
  readonly wrong: (tenant: Tenant) => Redemption | Promise<Redemption>;
  readonly reason: RedemptionRefusal;
}

const WRONG: readonly WrongExchange[] = [
  { fault: 'a code that is not the one', wrong: () => ({ codeDigest: someDigest() }), reason: 'unknown' },
  {
    fault: 'a grant that never was',
    wrong: ({ house }) => ({ grantId: newOrderedId<GrantId>(house.essentials) }),
    reason: 'unknown',
  },
  {
    fault: 'another application',
    wrong: async (tenant) => ({ clientId: (await tenant.application()).clientId }),
    reason: 'unknown',
  },
  {
    fault: 'no redirect URL where one was sent',
    wrong: () => ({ redirectUri: null }),
    reason: 'redirect-uri-missing',
  },
  {
    fault: 'another redirect URL',
    wrong: () => ({ redirectUri: `${CALLBACK}/` }),
    reason: 'redirect-uri-differs',
  },
  {
    fault: 'another redirect URL where none was sent',
    goal: { redirectUriSent: false },
    wrong: () => ({ redirectUri: 'https://evil.example/cb' }),
    reason: 'redirect-uri-differs',
  },
  {
    fault: 'no verifier where a challenge was',
    goal: { codeChallenge: CHALLENGE },
    wrong: () => ({ codeChallenge: null }),
    reason: 'verifier-missing',
  },
  {
    fault: 'a verifier that does not fit',
    goal: { codeChallenge: CHALLENGE },
    wrong: () => ({ codeChallenge: 'd'.repeat(43) }),
    reason: 'verifier-differs',
  },
  {
    fault: 'a verifier where no challenge was',
    wrong: () => ({ codeChallenge: CHALLENGE }),
    reason: 'verifier-unexpected',
  },
];

export function describeRedeem(house: ContractHouse): void {
  describe('exchanging a code', () => {
    it('opens a session, counts as the first generation, and is recorded', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.authorized({ goal: { codeChallenge: CHALLENGE } });
      const authorizedAt = tenant.now;
      tenant.advance(CODE_LIFETIME_MS - 1);

      expect(await grant.redeem()).toEqual({
        kind: 'redeemed',
        grant: {
          userId: grant.user.id,
          authorizedAt,
          expiresAt: null,
          userLastActiveAt: grant.user.lastActiveAt,
        },
      });

      expect(await tenant.storage.sessions.find(grant.sessionId)).toMatchObject({
        origin: 'application',
        createdAt: tenant.now,
        lastUsedAt: null,
        grant: { id: grant.id, clientId: grant.application.clientId, stands: true, authorizedAt },
      });
      expect(await grant.summary()).toMatchObject({ redeemedAt: tenant.now, revokedAt: null });
      expect(await tenant.storage.audit.list(1)).toMatchObject([
        { type: 'grant.redeemed', grantId: grant.id, userId: grant.user.id },
      ]);
    });

    it('a redirect URL that was not sent may be left out or be said', async () => {
      const tenant = await house.tenant();
      const [one, two] = [
        await tenant.authorized({ goal: { redirectUriSent: false } }),
        await tenant.authorized({ goal: { redirectUriSent: false } }),
      ];
      expect((await one.redeem({ redirectUri: null })).kind).toBe('redeemed');
      expect((await two.redeem({ redirectUri: CALLBACK })).kind).toBe('redeemed');
    });

    it.each(WRONG)('with $fault is refused and does not use the code up', async ({ goal, wrong, reason }) => {
      const tenant = await house.tenant();
      const grant = await tenant.authorized(goal === undefined ? {} : { goal });
      expect(await grant.redeem(await wrong(tenant))).toEqual({ kind: 'refused', reason });
      expect((await grant.redeem()).kind).toBe('redeemed');
    });

    it.each(WRONG)('with $fault on a used code revokes nothing', async ({ goal, wrong, reason }) => {
      const tenant = await house.tenant();
      const grant = await tenant.connected(goal === undefined ? {} : { goal });
      const before = await tenant.storage.audit.list(100);
      expect(await grant.redeem(await wrong(tenant))).toEqual({ kind: 'refused', reason });
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
      // Nothing is recorded either, but for the application that the row may have registered.
      const types = (await tenant.auditTypes()).filter((type) => type !== 'application.registered');
      expect(types).toEqual(
        before.map(({ type }) => type).filter((type) => type !== 'application.registered'),
      );
    });

    it('after its 120 seconds a code is expired', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.authorized();
      tenant.advance(CODE_LIFETIME_MS);
      expect(await grant.redeem()).toEqual({ kind: 'refused', reason: 'code-expired' });
    });

    it('a right second exchange revokes the grant, is recorded, and leaves the user’s other grants alone', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { user, application } = grant;
      const other = await tenant.connected({ user, application });

      const { sessionId } = grant;
      expect(await grant.redeem()).toEqual({ kind: 'replayed' });

      expect(await tenant.isAlive(sessionId)).toBe(false);
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await grant.redeem()).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await grant.summary()).toMatchObject({
        revokedAt: tenant.now,
        revokedReason: 'code-replayed',
      });
      expect((await tenant.auditTypes()).filter((type) => type === 'grant.code-replayed')).toHaveLength(1);
      expect(await tenant.isAlive(other.sessionId)).toBe(true);
    });

    it('a replay has the remembered consent forgotten: the user is asked again', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application({ rememberConsent: true });
      const grant = await tenant.connected({ application });
      await grant.redeem();
      const again = tenant.authorization(grant.user, application);
      expect(await tenant.storage.grants.authorizeRemembered(again)).toBe('not-remembered');
    });

    it('a second exchange is a replay also when the code’s time is over by then', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      tenant.advance(CODE_LIFETIME_MS);
      expect(await grant.redeem()).toEqual({ kind: 'replayed' });
    });

    it('a grant that was revoked before its code was exchanged gives nothing out', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.authorized();
      const { grants } = tenant.storage;
      await grants.revokeGrant(grant.id, 'revoked-by-administrator', { now: tenant.now });
      expect(await grant.redeem()).toEqual({ kind: 'refused', reason: 'ended' });
    });
  });
}
