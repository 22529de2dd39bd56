import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  CHAIN_BEGIN,
  KeyRing,
  macOfHead,
  sealRows,
  verifyAudit,
  type AuditVerdict,
  type EnvironmentId,
} from '@fluxo/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { administer, dropAuditGuards } from '../support/database.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { TestTenant } from '../support/tenant.js';

let fluxo: TestFluxo;
let tenant: TestTenant;
/** In the order in which they happened. */
let ids: readonly string[];
let count = 0;

beforeAll(async () => {
  fluxo = await startFluxo();
});
afterAll(() => fluxo.close());

/** An environment with a log under two seals, whole so far; and nothing that refuses to change it. */
beforeEach(async () => {
  count += 1;
  tenant = await fluxo.environment(`acme${count}`);
  await tenant.application();
  await fluxo.server.sealAudit();
  await tenant.application();
  await fluxo.server.sealAudit();
  const { events } = await tenant.storage.audit.page({ limit: 10 });
  ids = events.map(({ id }) => String(id)).reverse();
  expect(ids.length).toBeGreaterThanOrEqual(4);
  expect(await verify()).toMatchObject({ checked: ids.length, unsealed: 0, broken: null });
  await dropAuditGuards(fluxo.folder);
});

function verify(): Promise<AuditVerdict> {
  const { id: environmentId } = tenant.environment;
  const { keyRing } = fluxo.server.services.essentials;
  return verifyAudit({ store: tenant.storage.auditSeals, environmentId, keyRing });
}

/** The server's reads of one turn of the event loop share a snapshot: it sees the change in the next one. */
async function tamper(...statements: readonly string[]): Promise<void> {
  await administer(fluxo.folder, statements.join('; '));
  await nextTurn();
}
const here = (): string => `environment_id = '${tenant.environment.id}'`;

describe('120 · the activity log, tampered with by whoever has the database', () => {
  test('an event changed is named', async () => {
    // The first: the server seals by itself too, perhaps already after this one.
    const [first] = ids;
    await tamper(`UPDATE audit_events SET detail = 'nothing' WHERE id = '${first}'`);
    expect((await verify()).broken).toMatchObject({ kind: 'event-changed', eventId: first, sequence: 1 });
  });

  test('an event removed is named', async () => {
    const [first] = ids;
    await tamper(`DELETE FROM audit_events WHERE id = '${first}'`);
    expect((await verify()).broken).toMatchObject({ kind: 'event-removed', eventId: first, sequence: 1 });
  });

  test('an event slipped in is named', async () => {
    const forged = `${ids[1]?.slice(0, 20)}${'0'.repeat(12)}`;
    await tamper(
      `INSERT INTO audit_events (id, environment_id, at, type) VALUES ('${forged}', '${tenant.environment.id}', 1, 'user.created')`,
      `DELETE FROM audit_unsealed WHERE id = '${forged}'`,
    );
    expect((await verify()).broken).toMatchObject({ kind: 'event-inserted', eventId: forged });
  });

  test('events whose times were exchanged: the first is named', async () => {
    const [first, , third] = ids;
    await tamper(
      `UPDATE audit_events SET at = at + 1 WHERE id = '${first}'`,
      `UPDATE audit_events SET at = at - 1 WHERE id = '${third}'`,
    );
    expect((await verify()).broken).toMatchObject({ kind: 'event-changed', eventId: first });
  });

  test('the newest events cut off together with their seal', async () => {
    const newest = ids.slice(-1).map((id) => `'${id}'`);
    const { head } = await tenant.storage.auditSeals.totals();
    await tamper(
      `DELETE FROM audit_events WHERE id IN (${newest.join(', ')})`,
      `DELETE FROM audit_seals WHERE ${here()} AND sequence = ${head?.sequence ?? 0}`,
    );
    expect((await verify()).broken).toMatchObject({ kind: 'seal-removed', sequence: head?.sequence });
  });

  test('everything forged anew without the keys, and nothing is sealed on top of it', async () => {
    await forgeWithoutKeys(tenant.environment.id);
    expect((await verify()).broken).toMatchObject({ kind: 'seal-changed', sequence: 1 });
    await tenant.application();
    await fluxo.server.sealAudit();
    expect(await verify()).toMatchObject({ unsealed: 1, broken: { kind: 'seal-changed', sequence: 1 } });
  });
});

/** One event gone, and a chain over the others that is right but for its MACs. */
async function forgeWithoutKeys(environmentId: EnvironmentId): Promise<void> {
  const { auditSeals } = tenant.storage;
  const rows = (await auditSeals.rows(ids as never)).filter(({ id }) => id !== ids[0]);
  const { signing: key } = fluxo.server.services.essentials.keyRing;
  const { signing: own } = new KeyRing([randomBytes(32)]);
  const at = { environmentId, sealedAt: Date.now(), key: own };
  const forged = {
    ...sealRows(
      [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)),
      CHAIN_BEGIN,
      at,
    ),
    keyId: key.id,
  };
  await tamper(
    `DELETE FROM audit_events WHERE id = '${ids[0]}'`,
    `DELETE FROM audit_seals WHERE ${here()}`,
    `DELETE FROM audit_heads WHERE ${here()}`,
    `INSERT INTO audit_unsealed SELECT environment_id, id FROM audit_events WHERE ${here()}`,
  );
  await auditSeals.addSeal(forged, macOfHead(own, forged, environmentId));
}
