import {
  newOrderedId,
  type KeptProviderSession,
  type ProviderSessionEnding,
  type SessionId,
} from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, someDigest } from './contract-values.js';
import { provenFlow } from './proven-flow.js';

const ACCOUNT = { kind: 'page', path: '/account', uiLocales: null } as const;

/** A user whom a provider knows. */
async function known(house: ContractHouse) {
  const tenant = await house.tenant();
  const [user, provider] = [await tenant.user(), await tenant.identityProvider()];
  const identity = { providerId: provider.id, federationId: 'u' };
  await tenant.storage.federatedIdentities.link(identity, user.id, tenant.now);
  const { providerSessions } = tenant.storage;
  const signIn = (session?: KeptProviderSession) => tenant.signInThrough(user, { ...identity, session });
  /** What ends the sessions of whom that one is. */
  const ending =
    ({ subjectDigest }: KeptProviderSession) =>
    (indexes: readonly string[], more: Partial<ProviderSessionEnding> = {}, at = tenant.now) => {
      const once = { digest: someDigest(), until: tenant.now + HOUR_MS, now: tenant.now };
      return providerSessions.end({ providerId: provider.id, subjectDigest, indexes, once, ...more }, at);
    };
  return { tenant, user, provider, identity, providerSessions, signIn, ending };
}

const asRead = ({ subjectDigest, index, sealed }: KeptProviderSession) => ({
  ...{ subjectDigest: Buffer.from(subjectDigest), index },
  sealed: { keyId: sealed.keyId, bytes: Buffer.from(sealed.bytes) },
});

export function describeProviderSessions(house: ContractHouse): void {
  describe('sessions at a provider', () => {
    it('what ends one comes back beside the browser session, also when that has ended', async () => {
      const { tenant, user, provider, providerSessions, signIn } = await known(house);
      const kept = tenant.providerSession();
      const id = await signIn(kept);
      expect(await providerSessions.find(id)).toEqual({ providerId: provider.id, ...asRead(kept) });
      await tenant.storage.sessions.end(id, tenant.now);
      expect(await providerSessions.find(id)).toMatchObject({ providerId: provider.id });
      expect(await providerSessions.find(await signIn())).toBeUndefined();
      expect(await providerSessions.find(await tenant.signIn(user))).toBeUndefined();
      expect(await providerSessions.find(newOrderedId<SessionId>(tenant.house.essentials))).toBeUndefined();
    });

    it('the flow keeps it while the second factor is missing, and forgets it with the proof', async () => {
      const { tenant, user, identity } = await known(house);
      const { flows } = tenant.storage;
      const flow = await tenant.flow(ACCOUNT);
      const session = tenant.providerSession({ index: null });
      const by = { kind: 'provider', ...identity, session } as const;
      await flows.prove({
        ...{ flowId: flow.id, expectedFlowDigest: flow.digest, newFlowDigest: someDigest() },
        proof: { userId: user.id, by, expiresAt: tenant.now + HOUR_MS },
        now: tenant.now,
      });
      expect((await flows.find(flow.id))?.proof?.by).toEqual({ ...by, session: asRead(session) });
      await flows.setUsername(flow.id, 'another');
      expect((await flows.find(flow.id))?.proof).toBeNull();
    });

    it('a provider ends the sessions that it names: of that person, of these, and no others', async () => {
      const { tenant, user, provider, signIn, ending } = await known(house);
      const first = tenant.providerSession({ index: 'one' });
      const second = { ...first, index: 'two' };
      const [one, two] = [await signIn(first), await signIn(second)];
      const stranger = await signIn(tenant.providerSession({ index: 'one' }));
      const byPassword = await tenant.signIn(user);
      const end = ending(first);
      expect(await end([], { providerId: (await tenant.identityProvider()).id })).toBe(0);
      expect(await end(['three'])).toBe(0);
      expect(await end(['one', 'three'])).toBe(1);
      expect([await tenant.isAlive(one), await tenant.isAlive(two)]).toEqual([false, true]);
      const [event] = await tenant.storage.audit.list(1);
      expect(event).toMatchObject({ type: 'session.ended', userId: user.id, detail: provider.id });
      expect(await end([])).toBe(1);
      expect(await tenant.isAlive(two)).toBe(false);
      expect([await tenant.isAlive(stranger), await tenant.isAlive(byPassword)]).toEqual([true, true]);
    });

    it('whichever the provider names: one of that person of which it never said its index ends too', async () => {
      const { tenant, user, signIn, ending } = await known(house);
      const nameless = tenant.providerSession({ index: null });
      const ids = [
        await signIn(nameless),
        await signIn(nameless),
        await signIn({ ...nameless, index: 'two' }),
      ];
      const stranger = await signIn(tenant.providerSession({ index: null }));
      expect(await ending(nameless)(['one'])).toBe(2);
      const alive = await Promise.all([...ids, stranger].map((id) => tenant.isAlive(id)));
      expect(alive).toEqual([false, false, true, true]);
      // Each in the log of its user.
      const events = (await tenant.storage.audit.list(1000)).filter(({ type }) => type === 'session.ended');
      expect(events.map(({ userId }) => userId)).toEqual([user.id, user.id]);
    });

    it('who was proven by it and has the second factor still to show is proven no more', async () => {
      const { tenant, user, identity, ending } = await known(house);
      const { flows, secondFactors } = tenant.storage;
      await secondFactors.add(tenant.secondFactorRow(user));
      const atSecondStep = (session: KeptProviderSession) =>
        provenFlow(tenant, user, { kind: 'provider', ...identity, session });
      const session = tenant.providerSession({ index: 'one' });
      const meant = [await atSecondStep(session), await atSecondStep({ ...session, index: null })];
      const others = [
        await atSecondStep({ ...session, index: 'two' }),
        await atSecondStep(tenant.providerSession({ index: 'one' })),
      ];
      expect(await ending(session)(['one'])).toBe(0);
      const outcomes = await Promise.all([...meant, ...others].map((step) => flows.signIn(step)));
      expect(outcomes).toEqual(['gone', 'gone', 'signed-in', 'signed-in']);
    });

    it('an answer that waits for its browser is awaited no more', async () => {
      const { tenant, provider, ending } = await known(house);
      const { flows } = tenant.storage;
      const [providerId, session] = [provider.id, tenant.providerSession({ index: 'one' })];
      const kept = async (of: KeptProviderSession | undefined) => {
        const [{ id: flowId }, stateDigest] = [await tenant.flow(ACCOUNT), someDigest()];
        await flows.sendToProvider(flowId, { providerId, stateDigest, memory: 'it was Ada', session: of });
        return () =>
          flows.takeProviderAnswer({
            ...{ flowId, providerId, stateDigest, newFlowDigest: someDigest(), now: tenant.now },
          });
      };
      const takes = [
        await kept(session),
        await kept({ ...session, index: null }),
        await kept({ ...session, index: 'two' }),
        await kept(undefined),
      ];
      await ending(session)(['one']);
      const taken = await Promise.all(takes.map((take) => take()));
      expect(taken).toEqual([undefined, undefined, 'it was Ada', 'it was Ada']);
    });

    it('one message of a provider counts once; one whose work failed has not counted yet', async () => {
      const { tenant, signIn, ending } = await known(house);
      const session = tenant.providerSession();
      const id = await signIn(session);
      const end = ending(session);
      const once = { digest: someDigest(), until: tenant.now + HOUR_MS, now: tenant.now };
      // A time that no database takes.
      await expect(end([], { once }, Number.NaN)).rejects.toThrow();
      expect(await tenant.isAlive(id)).toBe(true);
      expect(await end([], { once })).toBe(1);
      const again = await signIn(session);
      expect(await end([], { once })).toBe('replayed');
      expect(await tenant.isAlive(again)).toBe(true);
      expect(await end([])).toBe(1);
    });
  });
}
