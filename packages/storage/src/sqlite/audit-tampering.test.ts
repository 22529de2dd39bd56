import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_EVENTS_PER_SEAL, sealAllAudit, verifyAudit, type AuditVerdict } from '@fluxo/core';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ContractHouse } from '../contract/contract-house.js';
import type { Tenant } from '../contract/tenant.js';
import { FILE_NAME } from './migrate-sqlite.js';
import { openSqlite } from './open-sqlite.js';

/** Three seals: two full ones and the beginning of another. */
const EVENTS = MOST_EVENTS_PER_SEAL * 2 + 40;

const original = mkdtempSync(join(tmpdir(), 'fluxo-audit-'));
const house = new ContractHouse();
let tenant: Tenant;
/** In the order of their identifiers, as they were sealed. */
let ids: readonly string[];
let folder: string;

beforeAll(async () => {
  await house.open((essentials) => openSqlite({ folder: original, essentials, role: 'tool' }));
  tenant = await house.tenant();
  const event = () => tenant.refusal({ detail: 'as it was' });
  await tenant.storage.audit.record(Array.from({ length: EVENTS - 1 }, event));
  const context = { store: tenant.storage.auditSeals, environmentId: tenant.environment.id };
  await sealAllAudit({ ...context, essentials: house.essentials });
  // One waits, as always while a server works.
  await tenant.storage.audit.record([event()]);
  ids = (await tenant.storage.auditSeals.settledIds(undefined, EVENTS)).map(String);
  await house.storage.close();
});
afterAll(() => rmSync(original, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-tampered-'));
  copyFileSync(join(original, FILE_NAME), join(folder, FILE_NAME));
});
afterEach(() => rmSync(folder, { recursive: true }));

function inDatabase<T>(work: (database: Database) => T): T {
  const database = new SqliteDatabase(join(folder, FILE_NAME));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** With the file in hand nothing of the database's own refuses anything. */
function tamper(work: (database: Database) => void): void {
  inDatabase((database) => {
    const triggers = database.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`);
    for (const name of triggers.pluck().all()) database.exec(`DROP TRIGGER ${name}`);
    work(database);
  });
}

async function verify(kept?: string): Promise<AuditVerdict> {
  const storage = await openSqlite({ folder, essentials: house.essentials, role: 'tool' });
  try {
    return await verifyAudit({
      store: storage.forEnvironment(tenant.environment.id).auditSeals,
      environmentId: tenant.environment.id,
      keyRing: house.essentials.keyRing,
      ...(kept === undefined ? {} : { kept }),
    });
  } finally {
    await storage.close();
  }
}

const idAt = (place: number): string => ids[place] ?? '';
const change = (sql: string) => (database: Database) => void database.exec(sql);

type Case = readonly [name: string, work: (database: Database) => void, found: object | (() => object)];

const changed = (place: number) => (): object => ({ kind: 'event-changed', eventId: idAt(place) });

/** Each column of the event in that place. */
const COLUMNS: readonly Case[] = (
  [
    ['at', 'at + 1'],
    ['type', `'user.signed-in'`],
    ['user_id', `'${'a'.repeat(32)}'`],
    ['application_id', `'${'a'.repeat(32)}'`],
    ['grant_id', `'${'a'.repeat(32)}'`],
    ['detail', `''`],
    ['detail', 'NULL'],
    ['actor_id', `'${'a'.repeat(32)}'`],
    ['via', `'cli'`],
    ['evidence', `'{}'`],
    ['omitted', '0'],
  ] as const
).map(([column, value]) => [
  `${column} of an event set to ${value}`,
  (database) => void database.exec(`UPDATE audit_events SET ${column} = ${value} WHERE id = '${idAt(300)}'`),
  changed(300),
]);

const CASES: readonly Case[] = [
  ...COLUMNS,
  [
    'text moved from one column to the next',
    (database) =>
      void database.exec(
        `UPDATE audit_events SET grant_id = detail, detail = grant_id WHERE id = '${idAt(7)}'`,
      ),
    changed(7),
  ],
  [
    'two events changed, of which the first is told',
    (database) =>
      void database.exec(`UPDATE audit_events SET at = at + 1 WHERE id IN ('${idAt(530)}', '${idAt(20)}')`),
    changed(20),
  ],
  [
    'an event removed',
    (database) => void database.exec(`DELETE FROM audit_events WHERE id = '${idAt(256)}'`),
    () => ({ kind: 'event-removed', eventId: idAt(256), sequence: 2 }),
  ],
  [
    'an event moved to another environment',
    (database) =>
      void database.exec(
        `UPDATE audit_events SET environment_id = '${'b'.repeat(32)}' WHERE id = '${idAt(3)}'`,
      ),
    () => ({ kind: 'event-removed', eventId: idAt(3) }),
  ],
  [
    'an event slipped in between',
    (database) =>
      void database.exec(
        `INSERT INTO audit_events (id, environment_id, at, type)
          SELECT substr(id, 1, 20) || 'ffffffffffff', environment_id, at, type FROM audit_events WHERE id = '${idAt(100)}'`,
      ),
    () => ({ kind: 'event-inserted', eventId: `${idAt(100).slice(0, 20)}${'f'.repeat(12)}` }),
  ],
  [
    'one event put in the place of another, identifier and all',
    (database) => {
      const [one, other] = [idAt(50), idAt(51)];
      database.exec(`UPDATE audit_events SET id = '${'c'.repeat(32)}' WHERE id = '${one}'`);
      database.exec(`UPDATE audit_events SET id = '${one}' WHERE id = '${other}'`);
      database.exec(`UPDATE audit_events SET id = '${other}' WHERE id = '${'c'.repeat(32)}'`);
      database.exec(`UPDATE audit_events SET detail = id WHERE id = '${one}'`);
    },
    changed(50),
  ],
  [
    'a seal removed',
    change('DELETE FROM audit_seals WHERE sequence = 2'),
    { kind: 'seal-removed', sequence: 2 },
  ],
  [
    'the first seal removed',
    change('DELETE FROM audit_seals WHERE sequence = 1'),
    { kind: 'seal-removed', sequence: 1 },
  ],
  [
    'the newest seal cut off with its events',
    (database) => {
      const newest = ids.slice(MOST_EVENTS_PER_SEAL * 2).map((id) => `'${id}'`);
      database.exec(`DELETE FROM audit_events WHERE id IN (${newest.join(', ')})`);
      database.exec('DELETE FROM audit_seals WHERE sequence = 3');
    },
    { kind: 'seal-removed', sequence: 3 },
  ],
  [
    'the end noted as an earlier one',
    change(`
      DELETE FROM audit_seals WHERE sequence = 3;
      UPDATE audit_heads SET (sequence, chain, mac) =
        (SELECT sequence, chain, mac FROM audit_seals WHERE sequence = 2)`),
    { kind: 'head-changed' },
  ],
  ['the note of the end removed', change('DELETE FROM audit_heads'), { kind: 'head-changed' }],
  [
    'two seals in each other’s place',
    change(`
      UPDATE audit_seals SET sequence = 9 WHERE sequence = 1;
      UPDATE audit_seals SET sequence = 1 WHERE sequence = 2;
      UPDATE audit_seals SET sequence = 2 WHERE sequence = 9`),
    { kind: 'seal-changed', sequence: 1 },
  ],
  [
    'the time of a seal',
    change('UPDATE audit_seals SET sealed_at = sealed_at + 1'),
    { kind: 'seal-changed' },
  ],
  ['a seal said to be a restart', change('UPDATE audit_seals SET is_restart = 1'), { kind: 'seal-changed' }],
  ['a seal’s first event', change('UPDATE audit_seals SET first_event_id = NULL'), { kind: 'seal-changed' }],
  [
    'a seal’s last event',
    change('UPDATE audit_seals SET last_event_id = first_event_id'),
    { kind: 'seal-changed' },
  ],
  [
    'a seal’s count',
    change('UPDATE audit_seals SET event_count = event_count - 1'),
    { kind: 'seal-changed' },
  ],
  [
    'the MAC of a seal',
    change(`UPDATE audit_seals SET mac = zeroblob(32) WHERE sequence = 2`),
    { kind: 'seal-changed' },
  ],
  [
    'two events in each other’s place within a seal',
    (database) => {
      const read = database.prepare<[], Buffer>('SELECT entries FROM audit_seals WHERE sequence = 1');
      const entries = read.pluck().get() as unknown as Buffer;
      const swapped = Buffer.concat([
        entries.subarray(48, 96),
        entries.subarray(0, 48),
        entries.subarray(96),
      ]);
      const [first] = [swapped.subarray(0, 16).toString('hex')];
      database
        .prepare('UPDATE audit_seals SET entries = ?, first_event_id = ? WHERE sequence = 1')
        .run(swapped, first);
    },
    { kind: 'seal-changed', sequence: 1 },
  ],
  [
    'an event that waits for its seal, removed',
    (database) => void database.exec('DELETE FROM audit_events WHERE id IN (SELECT id FROM audit_unsealed)'),
    { kind: 'queue-changed' },
  ],
  [
    'an event put back to be sealed again',
    (database) =>
      void database.exec(
        `INSERT INTO audit_unsealed SELECT environment_id, id FROM audit_events WHERE id = '${idAt(9)}'`,
      ),
    { kind: 'queue-changed' },
  ],
];

describe('the activity log in the hands of somebody who has the file', () => {
  it('is whole where nobody changed anything', async () => {
    tamper(() => undefined);
    expect(await verify()).toMatchObject({ checked: EVENTS, unsealed: 1, broken: null });
  });

  it.each(CASES)('is found out: %s', async (_name, work, found) => {
    tamper(work);
    expect((await verify()).broken).toMatchObject(typeof found === 'function' ? found() : found);
  });

  it('is found out by a seal that was kept elsewhere: all of it made anew, from the first event on', async () => {
    const { seal } = await verify();
    tamper(
      change(`
        DELETE FROM audit_seals; DELETE FROM audit_heads; DELETE FROM audit_events WHERE detail IS NULL;
        INSERT OR IGNORE INTO audit_unsealed SELECT environment_id, id FROM audit_events`),
    );
    const storage = await openSqlite({ folder, essentials: house.essentials, role: 'tool' });
    const environmentId = tenant.environment.id;
    const store = storage.forEnvironment(environmentId).auditSeals;
    await sealAllAudit({ store, environmentId, essentials: house.essentials });
    await storage.close();
    if (seal === null) throw new Error('No seal.');
    expect((await verify()).broken).toBeNull();
    expect((await verify(seal)).broken).toMatchObject({ kind: 'kept-seal-missing' });
  });

  it.each([
    `UPDATE audit_events SET detail = 'other'`,
    'DELETE FROM audit_events',
    'UPDATE audit_seals SET sealed_at = 1',
    'DELETE FROM audit_seals',
  ])('refuses a mistake by itself: %s', (statement) => {
    inDatabase((database) => {
      expect(() => database.exec(statement)).toThrow('only ever added to');
    });
  });
});
