import type { KeyAuthorization } from '@fluxo/core';
import { expect, it } from 'vitest';
import { keyAuthorization, keyRow, machineOf } from './machine-application.js';
import { against, all, CALLS, on, type RaceKit } from './race-kit.js';
import type { Tenant } from './tenant.js';

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

  it('no more keys are added than may live', async () => {
    await rounds(async (tenant) => {
      const ana = await tenant.user();
      const { application } = await machineOf(tenant, ana);
      const add = on(tenant, 'applications', 'addKey');
      const outcomes = await race<string>(all(() => [application.clientId, keyRow(tenant, ana), 3], add));
      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(2);
      expect(outcomes.filter((outcome) => outcome === 'limit-reached')).toHaveLength(2 * CALLS - 2);
    });
  });

  it('two last keys that are deleted take the consent along, which came with the first', async () => {
    await rounds(async (tenant) => {
      const ana = await tenant.user();
      const { application, key } = await machineOf(tenant, ana);
      const { clientId } = application;
      const second = keyRow(tenant, ana);
      await tenant.storage.applications.addKey(clientId, second, 10);
      const remove = on(tenant, 'applications', 'deleteKey');
      const outcomes = await race<boolean>((worker) => [
        { ...remove, input: [clientId, worker === 0 ? key.id : second.id, tenant.now] },
      ]);
      expect(outcomes).toEqual([true, true]);
      expect(await tenant.storage.grants.listConsents(ana.id)).toEqual([]);
    });
  });

  it('one key is deleted once, and no session that was being obtained with it lives', async () => {
    await rounds(async (tenant) => {
      const machine = await machineOf(tenant, await tenant.user());
      const { clientId } = machine.application;
      const inputs: KeyAuthorization[] = [];
      const makeInput = () => {
        const input = keyAuthorization(tenant, machine);
        inputs.push(input);
        return [input];
      };
      const remove = {
        ...on(tenant, 'applications', 'deleteKey'),
        input: [clientId, machine.key.id, tenant.now],
      };
      const exchange = all(makeInput, on(tenant, 'grants', 'authorizeByKey'));
      const outcomes = await race<unknown>(() => [...exchange(), remove]);
      expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === false)).toHaveLength(1);
      const others = outcomes.filter((outcome) => typeof outcome !== 'boolean');
      expect(others.filter((outcome) => outcome !== 'authorized' && outcome !== 'gone')).toEqual([]);
      for (const { session } of inputs) expect(await tenant.isAlive(session.id)).toBe(false);
    });
  });

  it('a key that is added while its user takes the consent back works, or is gone with it', async () => {
    await rounds(async (tenant) => {
      const ana = await tenant.user();
      const { application } = await machineOf(tenant, ana);
      const [consent] = await tenant.storage.grants.listConsents(ana.id);
      const revoke = {
        ...on(tenant, 'grants', 'revokeConsent'),
        input: [consent?.consentId, ana.id, tenant.now],
      };
      const add = {
        ...on(tenant, 'applications', 'addKey'),
        input: [application.clientId, keyRow(tenant, ana), 10],
      };
      expect(await race(against(revoke, () => [add]))).toEqual([true, 'added']);
      await expectKeysToWork(tenant, application);
    });
  });

  it('a key that is added while the last one is deleted works', async () => {
    await rounds(async (tenant) => {
      const ana = await tenant.user();
      const { application, key } = await machineOf(tenant, ana);
      const { clientId } = application;
      const remove = { ...on(tenant, 'applications', 'deleteKey'), input: [clientId, key.id, tenant.now] };
      const add = { ...on(tenant, 'applications', 'addKey'), input: [clientId, keyRow(tenant, ana), 10] };
      expect(await race(against(remove, () => [add]))).toEqual([true, 'added']);
      expect(await expectKeysToWork(tenant, application)).toBe(1);
    });
  });

  it('of a user who is deleted while keys are added for them none is left', async () => {
    await rounds(async (tenant) => {
      const ana = await tenant.user();
      const { application } = await machineOf(tenant, await tenant.user());
      const { clientId } = application;
      const remove = { ...on(tenant, 'users', 'delete'), input: [ana.id, tenant.now] };
      const add = all(() => [clientId, keyRow(tenant, ana), 100], on(tenant, 'applications', 'addKey'));
      await race(against(remove, add));
      const keys = await tenant.storage.applications.listKeys(clientId);
      const living = keys.filter(({ deletedAt }) => deletedAt === null);
      expect(living.filter(({ registeredBy }) => registeredBy === ana.id)).toEqual([]);
      expect(await tenant.storage.grants.listConsents(ana.id)).toEqual([]);
    });
  });

  it('whoever allows in many windows consents once, and while somebody disconnects nothing is left half', async () => {
    await rounds(async (tenant) => {
      const before = await tenant.connected();
      const { user, application } = before;
      const { consentId } = await tenant.consentOf(before);
      const allow = await allowing(tenant, before);
      const filter = { userId: user.id, consentId };
      const disconnect = { ...on(tenant, 'grants', 'disconnect'), input: [filter, 10, tenant.now] };
      const outcomes = await race<unknown>(against(disconnect, () => allow));
      expect(outcomes).toEqual([1, ...Array<string>(CALLS).fill('authorized')]);
      const consents = await tenant.storage.grants.listConsents(user.id);
      const grants = await tenant.storage.grants.list({ clientId: application.clientId });
      // Each one stands under the consent that is there now, or was revoked with the one before.
      const left = grants.filter(({ revokedReason }) => revokedReason !== 'consent-revoked');
      expect(left.filter(({ stands }) => !stands)).toEqual([]);
      expect(consents).toHaveLength(left.length > 0 ? 1 : 0);
      const given = (await tenant.auditTypes()).filter((type) => type === 'consent.given');
      expect(given).toHaveLength(1 + consents.length);
    });
  });

  it('nothing is left of an application that is deleted while somebody allows', async () => {
    await rounds(async (tenant) => {
      const before = await tenant.connected();
      const { clientId } = before.application;
      const remove = { ...on(tenant, 'applications', 'delete'), input: [clientId] };
      const allow = await allowing(tenant, before);
      const [removed] = await race<unknown>(against(remove, () => allow));
      expect(removed).toBe(true);
      expect(await tenant.storage.grants.list({ clientId })).toEqual([]);
      expect(await tenant.storage.grants.listConsents(before.user.id)).toEqual([]);
    });
  });
}

/** Whether every key that lives makes a session. @returns how many live */
async function expectKeysToWork(
  tenant: Tenant,
  application: Parameters<typeof keyAuthorization>[1]['application'],
): Promise<number> {
  const keys = await tenant.storage.applications.listKeys(application.clientId);
  const living = keys.filter(({ deletedAt }) => deletedAt === null);
  for (const key of living) {
    const input = keyAuthorization(tenant, { application, key });
    expect(await tenant.storage.grants.authorizeByKey(input)).toBe('authorized');
  }
  return living.length;
}

/** The calls by which one person allows one application in many flows. */
async function allowing(tenant: Tenant, { user, application }: Awaited<ReturnType<Tenant['connected']>>) {
  const call = on(tenant, 'grants', 'authorize');
  return Promise.all(
    Array.from({ length: CALLS }, async () => {
      const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
      return { ...call, input: [tenant.authorization(user, application), flow.id] };
    }),
  );
}
