import { newOrderedId, type FlowId, type SessionId, type SignInProof, type User } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

const ACCOUNT = { kind: 'page', path: '/account', uiLocales: null } as const;

async function withFactor(house: ContractHouse) {
  const tenant = await house.tenant();
  const user = await tenant.user();
  const factor = tenant.secondFactorRow(user);
  const { secondFactors } = tenant.storage;
  expect(await secondFactors.add(factor)).toBe('added');
  return { tenant, user, factor, secondFactors };
}

/** A flow in which the user has shown the first factor. */
async function proven(tenant: Tenant, user: User, by: SignInProof = { kind: 'password' }) {
  const flow = await tenant.flow(ACCOUNT);
  const digest = someDigest();
  const outcome = await tenant.storage.flows.prove({
    flowId: flow.id,
    expectedFlowDigest: flow.digest,
    newFlowDigest: digest,
    proof: { userId: user.id, by, expiresAt: tenant.now + HOUR_MS / 6 },
    now: tenant.now,
  });
  return { flow, digest, outcome };
}

function signIn(
  tenant: Tenant,
  user: User,
  at: {
    readonly flowId: FlowId;
    readonly digest: Uint8Array;
    readonly secondFactor: 'none' | 'code';
    readonly proof?: SignInProof;
  },
): Promise<'signed-in' | 'gone'> {
  const id = newOrderedId<SessionId>(tenant.house.essentials);
  return tenant.storage.flows.signIn({
    flowId: at.flowId,
    expectedFlowDigest: at.digest,
    newFlowDigest: someDigest(),
    userId: user.id,
    proof: at.proof ?? { kind: 'password' },
    secondFactor: at.secondFactor,
    session: { id, digest: someDigest(), userAgent: null },
    previousSessionId: null,
    sessionIdleTimeoutMs: HOUR_MS,
    now: tenant.now,
  });
}

export function describeSecondFactors(house: ContractHouse): void {
  describe('second factors', () => {
    it('are found as they were added, and there is one for each user', async () => {
      const { tenant, user, factor, secondFactors } = await withFactor(house);
      const found = { userId: user.id, seed: factor.seed, addedAt: tenant.now, recoveryCodesLeft: 2 };
      expect(await secondFactors.find(user.id)).toEqual(found);
      expect(await secondFactors.add(tenant.secondFactorRow(user))).toBe('refused');
      expect(await secondFactors.find(user.id)).toEqual(found);
      expect(await secondFactors.find((await tenant.user()).id)).toBeUndefined();
    });

    it('are not added for a disabled user', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      await tenant.storage.users.update(user.id, { enabled: false }, tenant.now);
      expect(await tenant.storage.secondFactors.add(tenant.secondFactorRow(user))).toBe('refused');
    });

    it('take each step once, and none that is older', async () => {
      const { user, secondFactors } = await withFactor(house);
      const use = (step: number): Promise<boolean> => secondFactors.useStep(user.id, step);
      // The one that confirmed it was used by that.
      expect(await use(100)).toBe(false);
      const atOnce = await Promise.all([use(101), use(101), use(101)]);
      expect(atOnce.filter(Boolean)).toHaveLength(1);
      expect([await use(99), await use(101), await use(103), await use(102)]).toEqual([
        ...[false, false, true, false],
      ]);
    });

    it('take each recovery code once, for its own user', async () => {
      const { tenant, user, factor, secondFactors } = await withFactor(house);
      const [code = someDigest()] = factor.recoveryDigests;
      const other = await tenant.user();
      await secondFactors.add(tenant.secondFactorRow(other));
      expect(await secondFactors.useRecoveryCode(other.id, code, tenant.now)).toBe(false);
      const uses = [0, 1].map(() => secondFactors.useRecoveryCode(user.id, code, tenant.now));
      expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1);
      expect(await secondFactors.find(user.id)).toMatchObject({ recoveryCodesLeft: 1 });
      expect((await tenant.auditTypes())[0]).toBe('second-factor.recovery-code-used');
    });

    it('renewed recovery codes are the only ones', async () => {
      const { tenant, user, factor, secondFactors } = await withFactor(house);
      const [old = someDigest()] = factor.recoveryDigests;
      const fresh = someDigest();
      expect(await secondFactors.renewRecoveryCodes(user.id, [fresh], tenant.now)).toBe(true);
      expect(await secondFactors.useRecoveryCode(user.id, old, tenant.now)).toBe(false);
      expect(await secondFactors.useRecoveryCode(user.id, fresh, tenant.now)).toBe(true);
      const without = await tenant.user();
      expect(await secondFactors.renewRecoveryCodes(without.id, [fresh], tenant.now)).toBe(false);
    });

    it('a seed is sealed anew in its place, and not over one that came meanwhile', async () => {
      const { user, factor, secondFactors } = await withFactor(house);
      const next = { keyId: 'f'.repeat(16), bytes: someDigest() };
      await secondFactors.reseal(user.id, factor.seed, next);
      expect(await secondFactors.find(user.id)).toMatchObject({ seed: next });
      await secondFactors.reseal(user.id, factor.seed, { ...next, bytes: someDigest() });
      expect(await secondFactors.find(user.id)).toMatchObject({ seed: next });
    });

    it('removed, by whom is recorded, and its recovery codes are gone', async () => {
      const { tenant, user, factor, secondFactors } = await withFactor(house);
      expect(await secondFactors.remove(user.id, 'administrator', tenant.now)).toBe(true);
      expect(await secondFactors.remove(user.id, 'administrator', tenant.now)).toBe(false);
      expect(await secondFactors.find(user.id)).toBeUndefined();
      const [code = someDigest()] = factor.recoveryDigests;
      expect(await secondFactors.useRecoveryCode(user.id, code, tenant.now)).toBe(false);
      const [newest] = await tenant.storage.audit.list(1);
      expect(newest).toMatchObject({ type: 'second-factor.removed', detail: 'by administrator' });
    });

    it('go with their user', async () => {
      const { tenant, user, secondFactors } = await withFactor(house);
      await tenant.storage.users.delete(user.id, tenant.now);
      expect(await secondFactors.find(user.id)).toBeUndefined();
    });

    it('a user who has one signs in only with a proof of the flow and the factor', async () => {
      const { tenant, user } = await withFactor(house);
      const { flow, digest, outcome } = await proven(tenant, user);
      expect(outcome).toBe('proven');
      expect(await tenant.storage.flows.find(flow.id)).toMatchObject({
        userId: null,
        proof: { userId: user.id, by: { kind: 'password' }, expiresAt: tenant.now + HOUR_MS / 6 },
      });
      const at = { flowId: flow.id, digest };
      expect(await signIn(tenant, user, { ...at, secondFactor: 'none' })).toBe('gone');
      expect(await signIn(tenant, user, { ...at, secondFactor: 'code' })).toBe('signed-in');
      expect(await tenant.storage.flows.find(flow.id)).toMatchObject({ userId: user.id, proof: null });
      const [newest] = await tenant.storage.audit.list(1);
      expect(newest).toMatchObject({ type: 'user.signed-in', detail: 'password, code' });
    });

    it.each<[string, (parts: { tenant: Tenant; user: User; flowId: FlowId }) => Promise<unknown>]>([
      [
        'it is too old',
        ({ tenant }) => {
          tenant.advance(HOUR_MS / 6);
          return Promise.resolve();
        },
      ],
      [
        'another name was given',
        ({ tenant, flowId }) => tenant.storage.flows.setUsername(flowId, 'somebody'),
      ],
      [
        'the password was changed',
        ({ tenant, user }) =>
          tenant.storage.users.update(user.id, { passwordHash: '$argon2id$new' }, tenant.now),
      ],
      [
        'the user signed out everywhere',
        ({ tenant, user }) => tenant.storage.sessions.endAllOfUser(user.id, tenant.now),
      ],
      [
        'the user was disabled',
        ({ tenant, user }) => tenant.storage.users.update(user.id, { enabled: false }, tenant.now),
      ],
    ])('a proof is worth nothing when %s', async (_name, spoil) => {
      const { tenant, user } = await withFactor(house);
      const { flow, digest } = await proven(tenant, user);
      await spoil({ tenant, user, flowId: flow.id });
      const at = { flowId: flow.id, digest, secondFactor: 'code' } as const;
      expect(await signIn(tenant, user, at)).toBe('gone');
    });

    it('those that one key sealed are listed in pages, by user, and are gone from the list once sealed anew', async () => {
      const { tenant, factor, secondFactors } = await withFactor(house);
      const others = [await tenant.user(), await tenant.user()].map((user) => tenant.secondFactorRow(user));
      for (const other of others) await secondFactors.add(other);
      const { keyId } = factor.seed;
      const all = [factor, ...others].map(({ userId }) => userId).sort();
      const list = async (after: typeof factor.userId | undefined, limit: number) =>
        (await secondFactors.listSealedWith(keyId, { after, limit })).map(({ userId }) => userId);
      expect(await list(undefined, 2)).toEqual(all.slice(0, 2));
      expect(await list(all[1], 2)).toEqual(all.slice(2));
      expect(await list(all[2], 2)).toEqual([]);
      await secondFactors.reseal(factor.userId, factor.seed, { ...factor.seed, keyId: 'another' });
      expect(await list(undefined, 9)).toEqual(all.filter((userId) => userId !== factor.userId));
    });

    it('a proof is nobody else’s, and there is none without having proven', async () => {
      const { tenant, user } = await withFactor(house);
      const { flow, digest } = await proven(tenant, user);
      const other = await tenant.user();
      const at = { flowId: flow.id, digest, secondFactor: 'code' } as const;
      expect(await signIn(tenant, other, at)).toBe('gone');
      const bare = await tenant.flow(ACCOUNT);
      const without = { flowId: bare.id, digest: bare.digest, secondFactor: 'code' } as const;
      expect(await signIn(tenant, user, without)).toBe('gone');
    });

    it('a proof at a provider stands for that provider, and while it knows the user by that ID', async () => {
      const { tenant, user } = await withFactor(house);
      const { flows, federatedIdentities } = tenant.storage;
      const provider = await tenant.identityProvider();
      const by = { kind: 'provider', providerId: provider.id, federationId: 'u' } as const;
      await federatedIdentities.link(by, user.id, tenant.now);
      const first = await proven(tenant, user, by);
      const proof = { userId: user.id, by, expiresAt: tenant.now + HOUR_MS / 6 };
      expect(await flows.find(first.flow.id)).toMatchObject({ userId: null, proof });
      const at = { flowId: first.flow.id, digest: first.digest, secondFactor: 'code' } as const;
      expect(await signIn(tenant, user, at)).toBe('gone');
      expect(await signIn(tenant, user, { ...at, proof: by })).toBe('signed-in');
      const [newest] = await tenant.storage.audit.list(1);
      expect(newest).toMatchObject({ type: 'user.signed-in', detail: `${provider.id}, code` });

      const second = await proven(tenant, user, by);
      await federatedIdentities.link({ ...by, federationId: 'v' }, user.id, tenant.now);
      const late = { ...at, flowId: second.flow.id, digest: second.digest, proof: by };
      expect(await signIn(tenant, user, late)).toBe('gone');
      expect((await proven(tenant, user, by)).outcome).toBe('gone');
    });

    it('nothing is proven within a flow that has ended, is too old or has another token', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      const by = { kind: 'password' } as const;
      const proof = { userId: user.id, by, expiresAt: tenant.now + HOUR_MS };
      const [ended, old, live] = [
        await tenant.flow(ACCOUNT),
        await tenant.flow(ACCOUNT, { expiresAt: tenant.now }),
        await tenant.flow(ACCOUNT),
      ];
      await tenant.storage.flows.end(ended.id);
      const prove = ({ id, digest }: { id: FlowId; digest: Uint8Array }) =>
        tenant.storage.flows.prove({
          ...{ flowId: id, expectedFlowDigest: digest, newFlowDigest: someDigest(), proof, now: tenant.now },
        });
      expect([await prove(ended), await prove(old)]).toEqual(['gone', 'gone']);
      expect(await prove({ id: live.id, digest: someDigest() })).toBe('gone');
      await tenant.storage.users.update(user.id, { enabled: false }, tenant.now);
      expect(await prove(live)).toBe('gone');
    });
  });
}
