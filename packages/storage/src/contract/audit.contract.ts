import {
  readAudit,
  streamAudit,
  type AuditEntry,
  type AuditEventId,
  type AuditFilter,
  type RefusalEvent,
} from '@fluxo/core';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';
import { HOUR_MS } from './contract-values.js';
import type { Tenant } from './tenant.js';

/** More than one look at the log takes in. */
const MANY = 4100;

const details = (events: readonly AuditEntry[]): readonly (string | null)[] =>
  events.map(({ detail }) => detail);

async function found(tenant: Tenant, filter: AuditFilter): Promise<readonly AuditEntry[]> {
  return (await readAudit(tenant.storage.audit, { ...filter, limit: 1000 })).events;
}

function refusals(tenant: Tenant, names: readonly string[]): RefusalEvent[] {
  return names.map((detail) => tenant.refusal({ via: 'protocol', detail }));
}

export function describeAudit(house: ContractHouse): void {
  describe('the activity log', () => {
    it('is read newest first, page by page, each event once', async () => {
      const tenant = await house.tenant();
      await tenant.storage.audit.record(refusals(tenant, ['a', 'b', 'c', 'd', 'e']));
      const read: (string | null)[] = [];
      let cursor: AuditEventId | null | undefined;
      do {
        const page = await tenant.storage.audit.page({ limit: 2, ...(cursor ? { cursor } : {}) });
        read.push(...details(page.events));
        cursor = page.nextCursor;
      } while (cursor !== null);
      const { domain, lane } = tenant.environment;
      expect(read).toEqual(['e', 'd', 'c', 'b', 'a', `${domain}.${lane}`]);
    });

    it('has an event once whose write was repeated', async () => {
      const tenant = await house.tenant();
      const [one, two] = [tenant.refusal(), tenant.refusal()];
      await tenant.storage.audit.record([one]);
      await tenant.storage.audit.record([{ ...one, detail: 'changed' }, two]);
      const events = await found(tenant, { types: ['token.'] });
      expect(events.map(({ id, detail }) => [id, detail])).toEqual([
        [two.id, null],
        [one.id, null],
      ]);
    });

    it('a page that takes the last event says that there is no other', async () => {
      const tenant = await house.tenant();
      await tenant.storage.audit.record(refusals(tenant, ['a']));
      expect((await tenant.storage.audit.page({ limit: 2 })).nextCursor).toBeNull();
    });

    it('gives every part of an event back', async () => {
      const tenant = await house.tenant();
      const { user, application, id: grantId } = await tenant.authorized();
      const actor = await tenant.user({ name: 'Grace' });
      const evidence = {
        check: 'client-secret-deleted',
        expected: 'a live one',
        received: 'one ending in xY',
      };
      const { id } = tenant.environment;
      await house.storage.forEnvironment(id, { via: 'api', actorId: actor.id }).audit.record([
        tenant.refusal({
          ...{ userId: user.id, clientId: application.clientId },
          ...{ grantId, evidence, detail: 'invalid_client', omitted: 3 },
        }),
      ]);
      const [event] = await found(tenant, { types: ['token.refused'] });
      expect(event).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        at: tenant.now,
        type: 'token.refused',
        user: { id: user.id, username: user.username, name: 'Ada' },
        actor: { id: actor.id, username: actor.username, name: 'Grace' },
        via: 'api',
        application: { clientId: application.clientId, name: 'Reports' },
        ...{ grantId, evidence, detail: 'invalid_client', omitted: 3, sealed: false },
      });
    });

    it('keeps what happened to whom is gone, by the identifier', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user();
      const application = await tenant.application();
      await tenant.storage.users.delete(user.id, tenant.now);
      await tenant.storage.applications.delete(application.clientId);
      const [ofUser] = await found(tenant, { types: ['user.created'] });
      const [ofApplication] = await found(tenant, { types: ['application.registered'] });
      expect(ofUser?.user).toEqual({ id: user.id, username: null, name: null });
      expect(ofApplication).toMatchObject({
        application: { clientId: application.clientId, name: null },
        detail: 'Reports',
      });
    });

    it('finds types, also by what they begin with, and none that only look alike', async () => {
      const tenant = await house.tenant();
      await tenant.connected();
      const types = async (...wanted: string[]) =>
        (await found(tenant, { types: wanted })).map(({ type }) => type);
      expect(await types('grant.')).toEqual(['grant.redeemed', 'grant.authorized']);
      expect(await types('grant.redeemed', 'consent.')).toEqual(['grant.redeemed', 'consent.given']);
      expect(await types('grant', 'gran.', 'grant.redeemed.')).toEqual([]);
    });

    it('finds a person as the one it is about and as the one who did it, and an application', async () => {
      const tenant = await house.tenant();
      const { user, application } = await tenant.connected();
      const acting = { via: 'api', actorId: user.id } as const;
      const other = await tenant.application();
      const own = house.storage.forEnvironment(tenant.environment.id, acting);
      await own.applications.delete(other.clientId);
      expect((await found(tenant, { userId: user.id })).map(({ type }) => type)).toEqual([
        ...['application.deleted', 'grant.redeemed', 'grant.authorized', 'consent.given', 'user.created'],
      ]);
      expect((await found(tenant, { clientId: application.clientId })).map(({ type }) => type)).toEqual([
        ...['grant.redeemed', 'grant.authorized', 'consent.given', 'application.registered'],
      ]);
    });

    it('finds times from one to another, the end not included', async () => {
      const tenant = await house.tenant();
      const begin = tenant.now;
      for (const name of ['a', 'b', 'c']) {
        await tenant.storage.audit.record(refusals(tenant, [name]));
        tenant.advance(HOUR_MS);
      }
      const [from, to] = [begin + HOUR_MS, begin + 2 * HOUR_MS];
      expect(details(await found(tenant, { from, to }))).toEqual(['b']);
      expect(details(await found(tenant, { from }))).toEqual(['c', 'b']);
      expect(details(await found(tenant, { to, types: ['token.refused'] }))).toEqual(['b', 'a']);
    });

    it('finds a text in detail, evidence and names, whatever its case, and to the letter', async () => {
      const tenant = await house.tenant();
      const user = await tenant.user({ username: 'grace@example.com', name: 'Grace Hopper' });
      const application = await tenant.application({ name: 'Invoices' });
      await tenant.storage.audit.record([
        tenant.refusal({ userId: user.id, detail: '100%_sure!' }),
        tenant.refusal({ clientId: application.clientId, detail: '1000 sure' }),
        tenant.refusal({ evidence: { check: 'client-secret' } }),
      ]);
      const count = async (text: string) => (await found(tenant, { text, types: ['token.'] })).length;
      expect(await count('HOPPER')).toBe(1);
      expect(await count('grace@')).toBe(1);
      expect(await count('invoice')).toBe(1);
      expect(await count('client-SECRET')).toBe(1);
      expect(await count('sure')).toBe(2);
      expect([await count('100%'), await count('0%_'), await count('e!'), await count('_')]).toEqual([
        1, 1, 1, 1,
      ]);
      expect(await count('nowhere')).toBe(0);
    });

    it('is searched in small looks, and a page goes on until it is full or the log ends', async () => {
      const tenant = await house.tenant();
      await tenant.storage.audit.record(refusals(tenant, ['needle one', 'needle two']));
      const hay = Array.from({ length: MANY }, (_, index) => `hay ${index}`);
      await tenant.storage.audit.record(refusals(tenant, hay));
      const look = await tenant.storage.audit.page({ text: 'needle', limit: 10 });
      expect(look.events).toEqual([]);
      expect(look.nextCursor).not.toBeNull();
      const page = await readAudit(tenant.storage.audit, { text: 'needle', limit: 1 });
      expect(details(page.events)).toEqual(['needle two']);
      const rest = await readAudit(tenant.storage.audit, {
        ...{ text: 'needle', limit: 10 },
        ...(page.nextCursor === null ? {} : { cursor: page.nextCursor }),
      });
      expect([details(rest.events), rest.nextCursor]).toEqual([['needle one'], null]);
      let streamed = 0;
      for await (const event of streamAudit(tenant.storage.audit, { text: 'hay' })) {
        if (event.detail?.startsWith('hay') === true) streamed += 1;
      }
      expect(streamed).toBe(MANY);
    });

    it('stays when its environment is deleted', async () => {
      const tenant = await house.tenant();
      await tenant.connected();
      const before = await tenant.auditTypes();
      await house.storage.environments.delete(tenant.environment.id);
      expect(await tenant.auditTypes()).toEqual(['environment.deleted', ...before]);
    });
  });
}
