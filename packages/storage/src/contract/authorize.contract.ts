import { newOrderedId, type ConsentId, type FlowId } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { CALLBACK } from './contract-values.js';
import type { Tenant } from './tenant.js';

const SECOND_URL = 'https://app.example.com/second';

async function remembering(tenant: Tenant) {
  const user = await tenant.user();
  const application = await tenant.application({
    rememberConsent: true,
    redirectUrls: [CALLBACK, SECOND_URL],
  });
  return { user, application };
}

type Parts = Awaited<ReturnType<typeof remembering>>;

/** What leaves nobody to authorize, or nothing to authorize for. */
const SPOILED: readonly (readonly [string, (tenant: Tenant, parts: Parts) => Promise<unknown>])[] = [
  [
    'the user is disabled',
    (tenant, { user }) => tenant.storage.users.update(user.id, { enabled: false }, tenant.now),
  ],
  ['the user is deleted', (tenant, { user }) => tenant.storage.users.delete(user.id, tenant.now)],
  [
    'the application is disabled',
    (tenant, { application }) => tenant.storage.applications.update({ ...application, enabled: false }),
  ],
  [
    'the application is deleted',
    (tenant, { application }) => tenant.storage.applications.delete(application.clientId),
  ],
];

export function describeAuthorize(house: ContractHouse): void {
  describe('authorizing', () => {
    it('begins a grant under a consent, ends the flow and is recorded', async () => {
      const tenant = await house.tenant();
      const [user, application] = [await tenant.user(), await tenant.application()];
      const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
      const authorization = tenant.authorization(user, application);

      expect(await tenant.storage.grants.authorize(authorization, flow.id)).toBe('authorized');

      expect(await tenant.storage.flows.find(flow.id)).toBeUndefined();
      const consents = await tenant.storage.grants.listConsents(user.id);
      expect(consents).toMatchObject([
        { consentId: authorization.consentId, consentedAt: tenant.now, grants: [{ redeemedAt: null }] },
      ]);
      expect(await tenant.storage.audit.list(1)).toMatchObject([
        {
          type: 'grant.authorized',
          userId: user.id,
          clientId: application.clientId,
          grantId: authorization.grantId,
        },
      ]);
    });

    it('a flow is answered once', async () => {
      const tenant = await house.tenant();
      const [user, application] = [await tenant.user(), await tenant.application()];
      const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
      const answers = [tenant.authorization(user, application), tenant.authorization(user, application)];
      const outcomes = await Promise.all(
        answers.map((answer) => tenant.storage.grants.authorize(answer, flow.id)),
      );
      expect([...outcomes].sort()).toEqual(['authorized', 'gone']);
      expect(await tenant.storage.grants.list({})).toHaveLength(1);
    });

    it('a second grant stands under the consent that is there already', async () => {
      const tenant = await house.tenant();
      const [user, application] = [await tenant.user(), await tenant.application()];
      const first = await tenant.connected({ user, application });
      const second = await tenant.connected({ user, application });
      const consents = await tenant.storage.grants.listConsents(user.id);
      expect(consents).toHaveLength(1);
      expect(consents[0]?.grants.map(({ id }) => id)).toEqual([first.id, second.id]);
    });

    it.each(SPOILED)('nothing is authorized when %s in mid-flow', async (_name, spoil) => {
      const tenant = await house.tenant();
      const parts = await remembering(tenant);
      const { user, application } = parts;
      const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
      await spoil(tenant, parts);
      const authorization = tenant.authorization(user, application);
      expect(await tenant.storage.grants.authorize(authorization, flow.id)).toBe('gone');
      expect(await tenant.storage.grants.list({})).toEqual([]);
      expect(await tenant.storage.grants.listConsents(user.id)).toEqual([]);
    });

    it('nobody answers another user’s flow, one that has expired, or one that never was', async () => {
      const tenant = await house.tenant();
      const [user, stranger] = [await tenant.user(), await tenant.user()];
      const application = await tenant.application();
      const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
      const { grants } = tenant.storage;
      expect(await grants.authorize(tenant.authorization(stranger, application), flow.id)).toBe('gone');
      const late = { ...tenant.authorization(user, application), now: flow.expiresAt };
      expect(await grants.authorize(late, flow.id)).toBe('gone');
      const never = newOrderedId<FlowId>(house.essentials);
      expect(await grants.authorize(tenant.authorization(user, application), never)).toBe('gone');
      expect(await grants.authorize(tenant.authorization(user, application), flow.id)).toBe('authorized');
    });
  });

  describe('a remembered consent', () => {
    it('spares the question for the same redirect URL only', async () => {
      const tenant = await house.tenant();
      const { user, application } = await remembering(tenant);
      await tenant.authorized({ user, application });
      const elsewhere = tenant.goal(application, { redirectUri: SECOND_URL });
      const { grants } = tenant.storage;
      expect(await grants.authorizeRemembered(tenant.authorization(user, application))).toBe('authorized');
      expect(await grants.authorizeRemembered(tenant.authorization(user, application, elsewhere))).toBe(
        'not-remembered',
      );
      expect(await grants.list({})).toHaveLength(2);
    });

    it('is another user’s only when that user gave it', async () => {
      const tenant = await house.tenant();
      const { user, application } = await remembering(tenant);
      await tenant.authorized({ user, application });
      const stranger = tenant.authorization(await tenant.user(), application);
      expect(await tenant.storage.grants.authorizeRemembered(stranger)).toBe('not-remembered');
    });

    it('is none when the application does not remember, nor when it stopped to', async () => {
      const tenant = await house.tenant();
      const [user, forgetful] = [await tenant.user(), await tenant.application()];
      await tenant.authorized({ user, application: forgetful });
      const { grants, applications } = tenant.storage;
      expect(await grants.authorizeRemembered(tenant.authorization(user, forgetful))).toBe('not-remembered');
      // What was not remembered then is not remembered by a setting of now.
      await applications.update({ ...forgetful, rememberConsent: true });
      expect(await grants.authorizeRemembered(tenant.authorization(user, forgetful))).toBe('not-remembered');

      const { application } = await remembering(tenant);
      await tenant.authorized({ user, application });
      await applications.update({ ...application, rememberConsent: false });
      expect(await grants.authorizeRemembered(tenant.authorization(user, application))).toBe(
        'not-remembered',
      );
    });

    it.each(SPOILED)('is of no use when %s', async (_name, spoil) => {
      const tenant = await house.tenant();
      const parts = await remembering(tenant);
      await tenant.authorized(parts);
      const authorization = tenant.authorization(parts.user, parts.application);
      await spoil(tenant, parts);
      expect(await tenant.storage.grants.authorizeRemembered(authorization)).toBe('not-remembered');
    });

    it('is of no use in another environment', async () => {
      const [tenant, elsewhere] = [await house.tenant(), await house.tenant()];
      const parts = await remembering(tenant);
      await tenant.authorized(parts);
      const { grants } = elsewhere.storage;
      const authorization = tenant.authorization(parts.user, parts.application);
      expect(await grants.authorizeRemembered(authorization)).toBe('not-remembered');
      expect(await tenant.storage.grants.authorizeRemembered(authorization)).toBe('authorized');
    });

    it('is gone once the consent was taken back', async () => {
      const tenant = await house.tenant();
      const { user, application } = await remembering(tenant);
      const grant = await tenant.connected({ user, application });
      const consent = await tenant.consentOf(grant);
      await tenant.storage.grants.revokeConsent(consent.consentId, user.id, tenant.now);
      const again = tenant.authorization(user, application);
      expect(await tenant.storage.grants.authorizeRemembered(again)).toBe('not-remembered');
    });
  });

  describe('a consent that is taken back', () => {
    it('takes every grant under it along at once, and nothing of the user’s other applications', async () => {
      const tenant = await house.tenant();
      const [user, application] = [await tenant.user(), await tenant.application()];
      const first = await tenant.connected({ user, application });
      const second = await tenant.connected({ user, application });
      const waiting = await tenant.authorized({ user, application });
      const other = await tenant.connected({ user });
      const consent = await tenant.consentOf(first);

      expect(await tenant.storage.grants.revokeConsent(consent.consentId, user.id, tenant.now)).toBe(true);
      expect(await tenant.storage.grants.revokeConsent(consent.consentId, user.id, tenant.now)).toBe(false);

      for (const grant of [first, second]) {
        expect(await tenant.isAlive(grant.sessionId)).toBe(false);
        expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
        expect(await grant.summary()).toMatchObject({ revokedReason: 'consent-revoked' });
      }
      expect(await waiting.redeem()).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await tenant.isAlive(other.sessionId)).toBe(true);
      expect((await tenant.auditTypes())[0]).toBe('consent.revoked');
    });

    it('can’t be taken back by somebody else', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const stranger = await tenant.user();
      const consent = await tenant.consentOf(grant);
      const { grants } = tenant.storage;
      expect(await grants.revokeConsent(consent.consentId, stranger.id, tenant.now)).toBe(false);
      const unknown = newOrderedId<ConsentId>(house.essentials);
      expect(await grants.revokeConsent(unknown, grant.user.id, tenant.now)).toBe(false);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
    });

    it('does not come back with a new consent', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { user, application } = grant;
      const consent = await tenant.consentOf(grant);
      await tenant.storage.grants.revokeConsent(consent.consentId, user.id, tenant.now);
      const fresh = await tenant.connected({ user, application });
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      expect(await tenant.isAlive(fresh.sessionId)).toBe(true);
    });

    it('the application that a user sees in the list of consents is the one of now', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const now = { ...grant.application, name: 'New name' };
      await tenant.storage.applications.update(now);
      const consent = await tenant.consentOf(grant);
      expect(consent.application).toEqual(now);
    });
  });
}
