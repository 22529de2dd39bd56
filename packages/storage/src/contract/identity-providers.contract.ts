import {
  newOpaqueId,
  newOrderedId,
  systemRandom,
  type IdentityProviderId,
  type SessionId,
} from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

const ACCOUNT = { kind: 'page', path: '/account', uiLocales: null } as const;

export function describeIdentityProviders(house: ContractHouse): void {
  describe('identity providers', () => {
    it('come back as they were written, the eldest first, without their secret', async () => {
      const tenant = await house.tenant();
      const secret = { keyId: 'key', bytes: someDigest() };
      const attributes = { firstName: 'a', lastName: 'b', email: 'c', federationId: 'd' };
      const first = await tenant.identityProvider(
        { attributes, emailDomains: ['a.example', 'b.example'] },
        secret,
      );
      tenant.advance(1);
      const settings = {
        kind: 'saml',
        entityId: 'e',
        signOnUrl: 's',
        signOnBinding: 'post',
        certificates: ['c'],
        signRequests: true,
        signingCertificate: 'd',
      } as const;
      const second = await tenant.identityProvider({ settings, autoProvision: true, enabled: false });
      const { identityProviders } = tenant.storage;
      expect(await identityProviders.list()).toEqual([first, second]);
      expect(await identityProviders.find(second.id)).toEqual(second);
      expect(first.hasSecret).toBe(true);
      expect(await identityProviders.findSecret(first.id)).toEqual({
        keyId: 'key',
        bytes: Buffer.from(secret.bytes),
      });
      expect(await identityProviders.findSecret(second.id)).toBeUndefined();
    });

    it('an update keeps, replaces or removes the secret, and is recorded', async () => {
      const tenant = await house.tenant();
      const { identityProviders } = tenant.storage;
      const provider = await tenant.identityProvider({}, { keyId: 'one', bytes: someDigest() });
      expect(await identityProviders.update({ ...provider, name: 'New' }, undefined)).toBe('updated');
      expect(await identityProviders.find(provider.id)).toEqual({ ...provider, name: 'New' });
      expect((await identityProviders.findSecret(provider.id))?.keyId).toBe('one');
      await identityProviders.update(provider, { keyId: 'two', bytes: someDigest() });
      expect((await identityProviders.findSecret(provider.id))?.keyId).toBe('two');
      await identityProviders.update(provider, null);
      expect((await identityProviders.find(provider.id))?.hasSecret).toBe(false);
      expect((await tenant.auditTypes())[0]).toBe('identity-provider.updated');
      const nobody = { ...provider, id: newOpaqueId<IdentityProviderId>(systemRandom) };
      expect(await identityProviders.update(nobody, undefined)).toBe('stale');
    });

    it('a secret is sealed anew only in place of the one that was read', async () => {
      const tenant = await house.tenant();
      const { identityProviders } = tenant.storage;
      const old = { keyId: 'key', bytes: someDigest() };
      const next = { keyId: 'key', bytes: someDigest() };
      const provider = await tenant.identityProvider({}, old);
      expect(await identityProviders.resealSecret(provider.id, next, next)).toBe(false);
      expect(await identityProviders.resealSecret(provider.id, old, next)).toBe(true);
      expect(await identityProviders.resealSecret(provider.id, old, next)).toBe(false);
    });

    it.each(['disabled', 'deleted'] as const)(
      'one that is %s takes along the sessions, flows and unused codes that it opened, and no others',
      async (how) => {
        const tenant = await house.tenant();
        const { storage, now } = tenant;
        const [provider, other] = [await tenant.identityProvider(), await tenant.identityProvider()];
        const [user, neighbour] = [await tenant.user(), await tenant.user()];
        await storage.federatedIdentities.link({ providerId: provider.id, federationId: 'u' }, user.id, now);
        await storage.federatedIdentities.link(
          { providerId: other.id, federationId: 'n' },
          neighbour.id,
          now,
        );
        const opened = await signInAt(tenant, { providerId: provider.id, federationId: 'u' });
        const elsewhere = await signInAt(tenant, { providerId: other.id, federationId: 'n' });
        const byPassword = await tenant.signIn(user);
        const [waiting, neighbours] = [
          await tenant.authorized({ user }),
          await tenant.authorized({ user: neighbour }),
        ];
        const connected = await tenant.connected({ user });

        if (how === 'disabled')
          await storage.identityProviders.update({ ...provider, enabled: false }, undefined);
        else expect(await storage.identityProviders.delete(provider.id, now)).toBe('deleted');

        expect(await tenant.isAlive(opened.sessionId)).toBe(false);
        expect((await storage.flows.find(opened.flowId))?.userId).toBeNull();
        expect(await waiting.redeem()).toMatchObject({ kind: 'refused' });
        expect(await tenant.isAlive(byPassword)).toBe(true);
        expect(await tenant.isAlive(connected.sessionId)).toBe(true);
        expect(await tenant.isAlive(elsewhere.sessionId)).toBe(true);
        expect((await storage.flows.find(elsewhere.flowId))?.userId).toBe(neighbour.id);
        expect(await neighbours.redeem()).toMatchObject({ kind: 'redeemed' });
        const link = await storage.federatedIdentities.findUser({
          providerId: provider.id,
          federationId: 'u',
        });
        expect(link).toBe(how === 'disabled' ? user.id : undefined);
      },
    );

    it('an answer is taken once, of the provider that was asked, while the flow lives', async () => {
      const tenant = await house.tenant();
      const { flows } = tenant.storage;
      const [provider, other] = [await tenant.identityProvider(), await tenant.identityProvider()];
      const flow = await tenant.flow(ACCOUNT);
      const stateDigest = someDigest();
      await flows.sendToProvider(flow.id, { providerId: provider.id, stateDigest, memory: 'nonce' });
      const sent = await flows.find(flow.id);
      expect(sent).toEqual({
        ...flow,
        providerId: provider.id,
        providerStateDigest: Buffer.from(stateDigest),
      });
      const answer = {
        ...{ flowId: flow.id, providerId: provider.id, stateDigest, newFlowDigest: someDigest() },
        now: tenant.now,
      };
      expect(await flows.takeProviderAnswer({ ...answer, providerId: other.id })).toBeUndefined();
      expect(await flows.takeProviderAnswer({ ...answer, stateDigest: someDigest() })).toBeUndefined();
      expect(await flows.takeProviderAnswer({ ...answer, now: flow.expiresAt })).toBeUndefined();
      const taken = [flows.takeProviderAnswer(answer), flows.takeProviderAnswer(answer)];
      expect((await Promise.all(taken)).filter((memory) => memory !== undefined)).toEqual(['nonce']);
      expect(await flows.find(flow.id)).toMatchObject({
        digest: answer.newFlowDigest,
        providerStateDigest: null,
      });
    });

    it('nobody is signed in through one that is disabled, or under an identity that is not theirs', async () => {
      const tenant = await house.tenant();
      const provider = await tenant.identityProvider();
      const identity = { providerId: provider.id, federationId: 'u' };
      const [user, stranger] = [await tenant.user(), await tenant.user()];
      await tenant.storage.federatedIdentities.link(identity, user.id, tenant.now);
      const as = (userId: typeof user.id, proven = identity) => tryAt(tenant, proven, userId);
      expect((await as(stranger.id)).outcome).toBe('gone');
      expect((await as(user.id, { ...identity, federationId: 'U' })).outcome).toBe('gone');
      expect((await as(user.id)).outcome).toBe('signed-in');
      expect((await tenant.storage.identityProviders.find(provider.id))?.lastUsedAt).toBe(tenant.now);
      await tenant.storage.identityProviders.update({ ...provider, enabled: false }, undefined);
      expect((await as(user.id)).outcome).toBe('gone');
    });
  });

  describe('federated identities', () => {
    it('are of one user each, and a user has one at each provider: the newer replaces the older and ends its sessions', async () => {
      const tenant = await house.tenant();
      const { federatedIdentities } = tenant.storage;
      const [provider, other] = [await tenant.identityProvider(), await tenant.identityProvider()];
      const [user, stranger] = [await tenant.user(), await tenant.user()];
      const identity = (providerId: IdentityProviderId, federationId: string) => ({
        providerId,
        federationId,
      });
      const link = (providerId: IdentityProviderId, federationId: string, userId = user.id) =>
        federatedIdentities.link(identity(providerId, federationId), userId, tenant.now);
      expect(await link(provider.id, 'one')).toBe('linked');
      expect(await link(provider.id, 'one')).toBe('linked');
      expect(await link(provider.id, 'one', stranger.id)).toBe('taken');
      // The same identifier from another provider is somebody else.
      expect(await link(other.id, 'one', stranger.id)).toBe('linked');
      const session = await signInAt(tenant, identity(provider.id, 'one'));
      expect(await link(provider.id, 'two')).toBe('linked');
      expect(await federatedIdentities.findUser(identity(provider.id, 'one'))).toBeUndefined();
      expect(await federatedIdentities.findUser(identity(provider.id, 'two'))).toBe(user.id);
      expect(await federatedIdentities.findUser(identity(other.id, 'one'))).toBe(stranger.id);
      expect(await federatedIdentities.listOfUser(user.id)).toEqual([identity(provider.id, 'two')]);
      expect(await tenant.isAlive(session.sessionId)).toBe(false);
      const again = await signInAt(tenant, identity(provider.id, 'two'));
      expect(await federatedIdentities.unlink(provider.id, user.id, tenant.now)).toBe(true);
      expect(await federatedIdentities.unlink(provider.id, user.id, tenant.now)).toBe(false);
      expect(await tenant.isAlive(again.sessionId)).toBe(false);
    });

    it('are gone with their user, and with neither user nor provider there is nothing to link', async () => {
      const tenant = await house.tenant();
      const { federatedIdentities, users, identityProviders } = tenant.storage;
      const provider = await tenant.identityProvider();
      const user = await tenant.user();
      const identity = { providerId: provider.id, federationId: 'u' };
      await federatedIdentities.link(identity, user.id, tenant.now);
      await users.delete(user.id, tenant.now);
      expect(await federatedIdentities.findUser(identity)).toBeUndefined();
      expect(await federatedIdentities.link(identity, user.id, tenant.now)).toBe('gone');
      await identityProviders.delete(provider.id, tenant.now);
      const another = await tenant.user();
      expect(await federatedIdentities.link(identity, another.id, tenant.now)).toBe('gone');
    });

    it('of several first visits at once one makes the user; a username that is taken makes none', async () => {
      const tenant = await house.tenant();
      const { federatedIdentities, users } = tenant.storage;
      const provider = await tenant.identityProvider();
      const identity = { providerId: provider.id, federationId: 'u' };
      const row = () => ({
        ...tenant.userRow({ username: 'ada', onlySingleSignOn: true }),
        passwordHash: undefined,
      });
      const outcomes = await Promise.all([1, 2, 3].map(() => federatedIdentities.provision(row(), identity)));
      expect(outcomes.sort()).toEqual(['created', 'identity-taken', 'identity-taken']);
      const [made, ...others] = await users.list();
      expect(others).toEqual([]);
      expect(made).toMatchObject({ username: 'ada', onlySingleSignOn: true });
      expect(await users.findByUsername('ada')).toEqual({ user: made, passwordHash: undefined });
      const second = { ...identity, federationId: 'v' };
      expect(await federatedIdentities.provision(row(), second)).toBe('username-taken');
      expect(await federatedIdentities.findUser(second)).toBeUndefined();
    });
  });

  describe('a user who may sign in at a provider only', () => {
    it('loses the sessions that a password opened when that is decided', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      const session = await tenant.signIn(user);
      tenant.advance(HOUR_MS);
      const updated = await tenant.storage.users.update(user.id, { onlySingleSignOn: true }, tenant.now);
      expect(updated?.onlySingleSignOn).toBe(true);
      expect(await tenant.isAlive(session)).toBe(false);
    });
  });
}

interface Identity {
  readonly providerId: IdentityProviderId;
  readonly federationId: string;
}

async function signInAt(tenant: Tenant, identity: Identity) {
  const userId = await tenant.storage.federatedIdentities.findUser(identity);
  if (userId === undefined) throw new Error('Nobody is known by that identity.');
  const tried = await tryAt(tenant, identity, userId);
  if (tried.outcome === 'gone') throw new Error('The sign-in is gone.');
  return tried;
}

async function tryAt(
  tenant: Tenant,
  identity: Identity,
  userId: Parameters<Tenant['storage']['users']['find']>[0],
) {
  const flow = await tenant.flow(ACCOUNT);
  const sessionId = newOrderedId<SessionId>(tenant.house.essentials);
  const outcome = await tenant.storage.flows.signIn({
    ...{ flowId: flow.id, expectedFlowDigest: flow.digest, newFlowDigest: someDigest(), userId },
    ...{ proof: { kind: 'provider', ...identity }, secondFactor: 'none', previousSessionId: null },
    session: { id: sessionId, digest: someDigest(), userAgent: null },
    sessionIdleTimeoutMs: tenant.environment.settings.sessionIdleTimeoutMs,
    now: tenant.now,
  });
  return { outcome, sessionId, flowId: flow.id };
}
