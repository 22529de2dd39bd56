import { CHAIN_BEGIN, sealRows } from '@fluxo/core';
import { expect } from 'vitest';
import { probe } from './probe.js';

/** The log of another environment, read, written and sealed through the wrong ports. */
export const AUDIT_PROBES = {
  page: probe(
    async (ports, { user }, here) => [
      (await ports.audit.page({ limit: 100 })).events.map(({ type }) => type),
      await ports.audit.page({ userId: user.id, limit: 100 }),
      await ports.audit.page({ text: user.username, to: here.now + 1, limit: 100 }),
    ],
    [['environment.created'], { events: [], nextCursor: null }, { events: [], nextCursor: null }],
  ),
  record: probe(
    (ports, { user }, here) => ports.audit.record([here.refusal({ userId: user.id })]),
    undefined,
  ),
};

export const AUDIT_SEAL_PROBES = {
  unsealed: probe(
    async (ports) => (await ports.auditSeals.unsealed(100)).rows.map(({ type }) => type),
    ['environment.created'],
  ),
  // What waits there can't be taken out of its queue here: the database refuses, and nothing was written.
  addSeal: probe(async (ports, { tenant }, here) => {
    const { rows } = await tenant.storage.auditSeals.unsealed(3);
    const key = here.house.essentials.keyRing.signing;
    const at = { environmentId: here.environment.id, sealedAt: 1, key };
    const seal = sealRows(rows, CHAIN_BEGIN, at);
    await expect(ports.auditSeals.addSeal(seal, Buffer.alloc(32))).rejects.toThrow();
    return ports.auditSeals.seals({ after: 0, upTo: 10, limit: 10 });
  }, []),
  seals: probe((ports) => ports.auditSeals.seals({ after: 0, upTo: 10, limit: 10 }), []),
  rows: probe(async (ports, { tenant }) => {
    const { rows } = await tenant.storage.auditSeals.unsealed(10);
    return ports.auditSeals.rows(rows.map(({ id }) => id));
  }, []),
  totals: probe((ports) => ports.auditSeals.totals(), {
    ...{ head: null, newestSeal: 0, events: 1, unsealed: 1 },
  }),
  settledIds: probe((ports) => ports.auditSeals.settledIds(undefined, 10), []),
};
