import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse, furnish, PASSWORD, runAnywhere, type RunningServer } from './fluxo-process.js';

type Row = Readonly<Record<string, unknown>>;

const house = new FluxoHouse();
let server: RunningServer;

beforeAll(async () => {
  await furnish(house);
  server = await house.serve();
});
afterAll(() => house.remove());

async function stop(): Promise<void> {
  server.agent.destroy();
  server.process.kill('SIGTERM');
  expect(await server.exitCode()).toBe(0);
}

const ENVIRONMENT = 'acme.my';
const list = (...options: readonly string[]): Promise<readonly Row[]> =>
  house.json<readonly Row[]>(['audit', 'list', ENVIRONMENT, ...options]);

describe('fluxo audit', () => {
  it('list tells what the command line did, newest first, and finds it by type, user and time', async () => {
    await house.json(['user', 'create', ENVIRONMENT, 'grace', '--name', 'Grace'], { input: `${PASSWORD}\n` });
    const [newest] = await list();
    expect(newest).toMatchObject({ type: 'user.created', username: 'grace', via: 'cli', actor: null });
    expect(await list('--user', 'grace')).toEqual(
      [newest].map((row) => expect.objectContaining({ id: row?.['id'] }) as Row),
    );
    const types = (await list('--type', 'environment.', 'application.')).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['environment.created', 'application.registered']));
    expect(await list('--limit', '2')).toHaveLength(2);
    expect(await list('--since', '2099-01-01')).toEqual([]);
    expect(await list('--until', '2000-01-01')).toEqual([]);
  });

  it('list refuses what is no time and no number', async () => {
    for (const wrong of [
      ['--since', 'yesterday'],
      ['--limit', '0'],
      ['--limit', 'many'],
    ]) {
      expect((await house.launch(['audit', 'list', ENVIRONMENT, ...wrong])).code).toBe(2);
    }
  });

  it('export writes every event as a line of a table, or as one array', async () => {
    const all = await list('--limit', '10000');
    const csv = await house.launch(['audit', 'export', ENVIRONMENT, '--csv']);
    const lines = csv.stdout.split('\r\n');
    expect(lines[0]).toMatch(/^id,at,type,wid,/);
    expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(all.map(({ id }) => id));
    const array = await house.json<readonly Row[]>(['audit', 'export', ENVIRONMENT]);
    expect(array.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it('verify proves the log beside a running server, and after a backup and a restore', async () => {
    const proven = await house.json(['audit', 'verify', ENVIRONMENT]);
    const events = (await list('--limit', '10000')).length;
    expect(proven).toMatchObject({ intact: true, checked: events, unsealed: 0, first_broken: null });
    const kept = String(proven['seal']);
    await house.json(['user', 'create', ENVIRONMENT, 'edsger', '--name', 'Edsger'], {
      input: `${PASSWORD}\n`,
    });
    expect(await house.json(['audit', 'verify', ENVIRONMENT, '--kept', kept])).toMatchObject({
      intact: true,
    });

    const file = join(house.data, '..', 'backup.sqlite');
    await house.json(['backup', file, '--with-keys', join(house.data, '..', 'backup-keys')]);
    const elsewhere = join(house.data, '..', 'restored');
    mkdirSync(elsewhere);
    copyFileSync(join(house.data, '..', 'backup-keys'), join(elsewhere, 'secret-keys'));
    await runAnywhere(['restore', file, '--data', elsewhere]);
    const restored = await runAnywhere([
      'audit',
      'verify',
      ENVIRONMENT,
      '--kept',
      kept,
      '--data',
      elsewhere,
      '--json',
    ]);
    expect([restored.code, JSON.parse(restored.stdout)]).toMatchObject([
      0,
      { intact: true, checked: events + 1 },
    ]);
  });

  it('verify goes on proving after the keys were rotated, and after the old one was retired', async () => {
    const [before] = await house.json<readonly Row[]>(['keys', 'list']);
    await stop();
    await house.json(['keys', 'rotate']);
    server = await house.serve();
    expect(await house.json(['audit', 'verify', ENVIRONMENT])).toMatchObject({ intact: true });
    await stop();
    await house.json(['keys', 'retire', String(before?.['key_id'])]);
    server = await house.serve();
    expect(await house.json(['audit', 'verify', ENVIRONMENT])).toMatchObject({ intact: true });
  });

  it('verify without the keys proves nothing, and makes none', async () => {
    const elsewhere = join(house.data, '..', 'without-keys');
    mkdirSync(elsewhere);
    await runAnywhere(['restore', join(house.data, '..', 'backup.sqlite'), '--data', elsewhere]);
    const { code, stderr } = await runAnywhere(['audit', 'verify', '--data', elsewhere]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('secret keys are not here')]);
  });

  it('verify names the first event that was changed, of whichever environment, and exits with 1', async () => {
    await stop();
    await house.json(['environment', 'create', 'globex.my', '--name', 'Globex']);
    await house.json(['audit', 'verify']);
    const database = new SqliteDatabase(join(house.data, 'fluxo.sqlite'));
    database.exec('DROP TRIGGER audit_events_refuse_update');
    const changed = database
      .prepare(`UPDATE audit_events SET detail = 'nobody' WHERE type = 'application.registered' RETURNING id`)
      .pluck()
      .get();
    database.close();
    const { code, stdout, stderr } = await house.launch(['audit', 'verify', '--json']);
    const rows = JSON.parse(stdout) as readonly Row[];
    expect([code, stderr]).toEqual([1, expect.stringContaining('acme.my')]);
    expect(rows.map(({ environment, intact }) => [environment, intact])).toEqual([
      ['acme.my', false],
      ['globex.my', true],
    ]);
    expect(rows[0]).toMatchObject({ broken: 'event-changed', event_id: changed });
  });
});
