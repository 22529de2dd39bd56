import { newOrderedId, type FlowSignIn, type SessionId, type User } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

const ACCOUNT = { kind: 'page', path: '/account', uiLocales: 'pt-BR' } as const;

async function signInInput(
  tenant: Tenant,
  user: User,
  overrides: Partial<FlowSignIn> = {},
): Promise<FlowSignIn> {
  const flow = await tenant.flow(ACCOUNT);
  const id = newOrderedId<SessionId>(tenant.house.essentials);
  return {
    flowId: flow.id,
    expectedFlowDigest: flow.digest,
    newFlowDigest: someDigest(),
    userId: user.id,
    proof: { kind: 'password' },
    session: { id, digest: someDigest(), userAgent: 'Browser' },
    previousSessionId: null,
    secondFactor: 'none',
    sessionIdleTimeoutMs: tenant.environment.settings.sessionIdleTimeoutMs,
    now: tenant.now,
    ...overrides,
  };
}

export function describeFlows(house: ContractHouse): void {
  describe('flows', () => {
    it('come back as they began, whichever goal they have', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application();
      const goal = tenant.goal(application, {
        family: 'standard',
        redirectUriSent: false,
        state: '%41%20+x',
        codeChallenge: 'c'.repeat(43),
        alwaysAsk: true,
        loginHint: 'ada',
        uiLocales: 'en',
      });
      const authorization = await tenant.flow(goal, { username: 'ada' });
      const page = await tenant.flow(ACCOUNT);
      expect(await tenant.storage.flows.find(authorization.id)).toEqual(authorization);
      expect(await tenant.storage.flows.find(page.id)).toEqual(page);
    });

    it('a sign-in gives the flow to the user under a new token and opens a session', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      tenant.advance(HOUR_MS);
      const input = await signInInput(tenant, user);

      expect(await tenant.storage.flows.signIn(input)).toBe('signed-in');

      const flow = await tenant.storage.flows.find(input.flowId);
      expect(flow).toMatchObject({ userId: user.id, digest: input.newFlowDigest });
      expect(await tenant.storage.sessions.find(input.session.id)).toMatchObject({
        origin: 'browser',
        digest: input.session.digest,
        createdAt: tenant.now,
        lastUsedAt: tenant.now,
        endedAt: null,
        userAgent: 'Browser',
        userAllows: true,
        grant: undefined,
        user: { id: user.id, lastActiveAt: tenant.now },
      });
      expect((await tenant.auditTypes())[0]).toBe('user.signed-in');
    });

    it('a sign-in ends the session that the browser had before, and no other', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      const [previous, elsewhere] = [await tenant.signIn(user), await tenant.signIn(user)];
      const next = await tenant.signIn(user, previous);
      expect(await tenant.isAlive(previous)).toBe(false);
      expect(await tenant.isAlive(elsewhere)).toBe(true);
      expect(await tenant.isAlive(next)).toBe(true);
    });

    it.each<[string, (tenant: Tenant, user: User) => Promise<Partial<FlowSignIn>>]>([
      ['the flow’s token was replaced', () => Promise.resolve({ expectedFlowDigest: someDigest() })],
      [
        'the flow has ended',
        async (tenant) => {
          const flow = await tenant.flow(ACCOUNT);
          await tenant.storage.flows.end(flow.id);
          return { flowId: flow.id, expectedFlowDigest: flow.digest };
        },
      ],
      [
        'the flow has expired',
        async (tenant) => {
          const flow = await tenant.flow(ACCOUNT, { expiresAt: tenant.now });
          return { flowId: flow.id, expectedFlowDigest: flow.digest };
        },
      ],
      [
        'the user is disabled',
        async (tenant, user) => {
          await tenant.storage.users.update(user.id, { enabled: false }, tenant.now);
          return {};
        },
      ],
    ])('a sign-in is gone and changes nothing when %s', async (_name, spoil) => {
      const tenant = await house.tenant();
      const [user, other] = [await tenant.user(), await tenant.user()];
      const previousSessionId = await tenant.signIn(other);
      tenant.advance(HOUR_MS);
      const input = await signInInput(tenant, user, {
        previousSessionId,
        ...(await spoil(tenant, user)),
        now: tenant.now,
      });
      const flowBefore = await tenant.storage.flows.find(input.flowId);
      const userBefore = await tenant.storage.users.find(user.id);
      const auditBefore = await tenant.storage.audit.list(100);

      expect(await tenant.storage.flows.signIn(input)).toBe('gone');

      expect(await tenant.storage.flows.find(input.flowId)).toEqual(flowBefore);
      expect(await tenant.storage.users.find(user.id)).toEqual(userBefore);
      expect(await tenant.storage.sessions.find(input.session.id)).toBeUndefined();
      expect(await tenant.isAlive(previousSessionId)).toBe(true);
      expect(await tenant.storage.audit.list(100)).toEqual(auditBefore);
    });

    it('one flow’s token signs in once', async () => {
      const tenant = await house.tenant();
      const input = await signInInput(tenant, await tenant.user());
      const again = {
        ...input,
        session: { ...input.session, id: newOrderedId<SessionId>(house.essentials) },
      };
      const outcomes = await Promise.all([
        tenant.storage.flows.signIn(input),
        tenant.storage.flows.signIn(again),
      ]);
      // Which of the two comes first is the database's to say.
      expect([...outcomes].sort()).toEqual(['gone', 'signed-in']);
    });

    it('a restart forgets the user and the name, and voids the earlier token', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      const flow = await tenant.flow(ACCOUNT, { userId: user.id });
      await tenant.storage.flows.setUsername(flow.id, 'ada');
      expect((await tenant.storage.flows.find(flow.id))?.username).toBe('ada');
      const digest = someDigest();
      await tenant.storage.flows.restart(flow.id, digest);
      expect(await tenant.storage.flows.find(flow.id)).toEqual({
        ...flow,
        digest,
        userId: null,
        username: null,
        forceLogin: true,
      });
    });

    it('a flow is cancelled once, and then there is nothing left to allow', async () => {
      const tenant = await house.tenant();
      const [user, application] = [await tenant.user(), await tenant.application()];
      const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
      expect(await tenant.storage.flows.cancel(flow.id, user.id, tenant.now)).toBe('cancelled');
      expect(await tenant.storage.flows.cancel(flow.id, user.id, tenant.now)).toBe('gone');
      const authorization = tenant.authorization(user, application);
      expect(await tenant.storage.grants.authorize(authorization, flow.id)).toBe('gone');
      const [newest] = await tenant.storage.audit.list(1);
      expect(newest).toMatchObject({
        type: 'consent.denied',
        userId: user.id,
        clientId: application.clientId,
      });
    });

    it('nobody cancels another user’s flow, nor one whose time is over', async () => {
      const tenant = await house.tenant();
      const [user, stranger] = [await tenant.user(), await tenant.user()];
      const application = await tenant.application();
      const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
      const { flows } = tenant.storage;
      expect(await flows.cancel(flow.id, stranger.id, tenant.now)).toBe('gone');
      expect(await flows.cancel(flow.id, user.id, flow.expiresAt)).toBe('gone');
      expect(await flows.find(flow.id)).toEqual(flow);
    });
  });
}
