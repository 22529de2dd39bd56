import type { ClientId } from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';

const LOGO = { png: Buffer.from([1, 2, 3]), version: 'v1' };

export function describeApplications(house: ContractHouse): void {
  describe('applications', () => {
    it('come back as they were registered, redirect URLs in their order', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application({
        description: 'Draws',
        descriptionUrl: 'https://a.example/d',
        privacyUrl: 'https://a.example/p',
        termsUrl: 'https://a.example/t',
        developerName: 'Dev',
        developerEmail: 'dev@example.com',
        redirectUrls: ['https://z.example/cb', 'https://a.example/cb', 'http://127.0.0.1/cb'],
        refreshPolicy: { rotation: false, absoluteDays: 30, inactivityDays: 7 },
        rememberConsent: true,
        tokenType: 'Bearer',
        enabled: false,
      });
      expect(await tenant.storage.applications.find(application.clientId)).toEqual(application);
      expect(await tenant.storage.applications.list()).toEqual([application]);
    });

    it('an update replaces every setting and the redirect URLs', async () => {
      const tenant = await house.tenant();
      const before = await tenant.application();
      const after = { ...before, name: 'New', redirectUrls: ['https://b.example/cb'], enabled: false };
      expect(await tenant.storage.applications.update(after)).toBe(true);
      expect(await tenant.storage.applications.find(before.clientId)).toEqual(after);
      expect(await tenant.storage.applications.update(tenant.applicationRow())).toBe(false);
    });

    it('several secrets are good at the same time', async () => {
      const tenant = await house.tenant();
      const [first, second] = [tenant.secret(), tenant.secret({ note: 'new deployment' })];
      const application = tenant.applicationRow();
      await tenant.storage.applications.register(application, first);
      expect(await tenant.storage.applications.addSecret(application.clientId, second, 10)).toBe('added');
      const found = await tenant.storage.applications.findCredentials(application.clientId);
      expect(found?.application).toEqual(application);
      expect(found?.secrets).toEqual([first, second]);
    });

    it('a deleted secret loses its digest for good and keeps its last characters', async () => {
      const tenant = await house.tenant();
      const { clientId } = await tenant.application();
      const secret = tenant.secret({ lastCharacters: 'q7' });
      await tenant.storage.applications.addSecret(clientId, secret, 10);

      const at = tenant.now + 5;
      expect(await tenant.storage.applications.deleteSecret(clientId, secret.id, at)).toBe(true);
      expect(await tenant.storage.applications.deleteSecret(clientId, secret.id, at + 1)).toBe(false);

      const found = await tenant.storage.applications.findCredentials(clientId);
      expect(found?.secrets).toMatchObject([{ id: secret.id, lastCharacters: 'q7', deletedAt: at }]);
      expect(found?.secrets[0]?.digest).toHaveLength(0);
      expect(await tenant.storage.applications.listSecrets(clientId)).toMatchObject([{ deletedAt: at }]);
    });

    it('a secret can’t be added to or deleted from an application that is not its own', async () => {
      const tenant = await house.tenant();
      const [one, two] = [await tenant.application(), await tenant.application()];
      const secret = tenant.secret();
      await tenant.storage.applications.addSecret(one.clientId, secret, 10);
      const { applications } = tenant.storage;
      expect(await applications.deleteSecret(two.clientId, secret.id, tenant.now)).toBe(false);
      expect(await applications.addSecret('0'.repeat(32) as ClientId, tenant.secret(), 10)).toBe('gone');
      expect(await applications.listSecrets(one.clientId)).toMatchObject([{ deletedAt: null }]);
    });

    it('of many secrets at once no more are added than may live; a deleted one makes room', async () => {
      const tenant = await house.tenant();
      const first = tenant.secret();
      const { clientId } = tenant.applicationRow();
      await tenant.storage.applications.register(tenant.applicationRow({ clientId }), first);
      const add = () => tenant.storage.applications.addSecret(clientId, tenant.secret(), 3);
      const outcomes = await Promise.all(Array.from({ length: 4 }, add));
      expect(outcomes.sort()).toEqual(['added', 'added', 'limit-reached', 'limit-reached']);
      await tenant.storage.applications.deleteSecret(clientId, first.id, tenant.now);
      expect([await add(), await add()]).toEqual(['added', 'limit-reached']);
      const found = await tenant.storage.applications.findCredentials(clientId);
      expect(found?.secrets.filter(({ deletedAt }) => deletedAt === null)).toHaveLength(3);
      const added = (await tenant.auditTypes()).filter((type) => type === 'application.secret-added');
      expect(added).toHaveLength(3);
    });

    it('deleting an application ends all that was given to it', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { application, user } = grant;
      const waiting = await tenant.authorized({ application, user });
      const other = await tenant.connected({ user });
      await tenant.storage.applications.setLogo(application.clientId, LOGO);

      expect(await tenant.storage.applications.delete(application.clientId)).toBe(true);

      expect(await tenant.storage.applications.find(application.clientId)).toBeUndefined();
      expect(await tenant.storage.applications.findCredentials(application.clientId)).toBeUndefined();
      expect(await tenant.storage.applications.findLogo(application.clientId)).toBeUndefined();
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect((await grant.refresh(1)).kind).toBe('refused');
      expect((await waiting.redeem()).kind).toBe('refused');
      expect(await tenant.storage.applications.delete(application.clientId)).toBe(false);
      expect(await tenant.isAlive(other.sessionId)).toBe(true);
    });

    it('a disabled application’s code, sessions and refresh tokens work for nobody until it is enabled', async () => {
      const tenant = await house.tenant();
      const grant = await tenant.connected();
      const { application } = grant;
      await tenant.storage.applications.update({ ...application, enabled: false });
      expect(await tenant.isAlive(grant.sessionId)).toBe(false);
      expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
      await tenant.storage.applications.update(application);
      expect(await tenant.isAlive(grant.sessionId)).toBe(true);
    });

    it('only an enabled spa’s origins may call across origins', async () => {
      const tenant = await house.tenant();
      const redirectUrls = ['https://spa.example.com/cb', 'com.example.app:/cb'];
      const spa = await tenant.application({ kind: 'spa', redirectUrls });
      await tenant.application({ redirectUrls: ['https://web.example.com/cb'] });
      const { applications } = tenant.storage;
      expect(await applications.isSpaOrigin('https://spa.example.com')).toBe(true);
      expect(await applications.isSpaOrigin('https://web.example.com')).toBe(false);
      expect(await applications.isSpaOrigin('null')).toBe(false);
      await applications.update({ ...spa, enabled: false });
      expect(await applications.isSpaOrigin('https://spa.example.com')).toBe(false);
    });

    it('a logo is kept, replaced and taken away together with its version', async () => {
      const tenant = await house.tenant();
      const { clientId } = await tenant.application();
      const { applications } = tenant.storage;
      expect(await applications.setLogo(clientId, { ...LOGO, version: 'v0' })).toBe(true);
      expect(await applications.setLogo(clientId, LOGO)).toBe(true);
      expect(await applications.findLogo(clientId)).toEqual(LOGO);
      expect((await applications.find(clientId))?.logoVersion).toBe('v1');
      expect(await applications.setLogo(clientId, undefined)).toBe(true);
      expect(await applications.findLogo(clientId)).toBeUndefined();
      expect((await applications.find(clientId))?.logoVersion).toBeNull();
    });

    it('an update leaves the logo where it is', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application();
      await tenant.storage.applications.setLogo(application.clientId, LOGO);
      await tenant.storage.applications.update({ ...application, name: 'New' });
      expect((await tenant.storage.applications.find(application.clientId))?.logoVersion).toBe('v1');
    });

    it('every change of an application is recorded with its identifier', async () => {
      const tenant = await house.tenant();
      const application = await tenant.application();
      const { clientId } = application;
      const secret = tenant.secret({ lastCharacters: 'q7' });
      await tenant.storage.applications.update(application);
      await tenant.storage.applications.addSecret(clientId, secret, 10);
      await tenant.storage.applications.deleteSecret(clientId, secret.id, tenant.now);
      await tenant.storage.applications.delete(clientId);
      const events = await tenant.storage.audit.list(5);
      expect(events.every((event) => event.clientId === clientId)).toBe(true);
      expect(events.map(({ type, detail }) => [type, detail])).toEqual([
        ['application.deleted', undefined],
        ['application.secret-deleted', 'q7'],
        ['application.secret-added', 'q7'],
        ['application.updated', undefined],
        ['application.registered', application.name],
      ]);
    });
  });
}
