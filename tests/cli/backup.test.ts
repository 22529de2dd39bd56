import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApplicationClient, startClient } from '../faults/application-client.js';
import { findLosses } from '../faults/check-remembered.js';
import { driveUntilKilled } from '../faults/load.js';
import type { Connection } from '../faults/remembered.js';
import { SeededRandom } from '../soak/random.js';
import { FluxoHouse, furnish, type RunningServer } from './fluxo-process.js';

/** What an earlier version left behind. */
const OLDER = join(import.meta.dirname, '../../packages/storage/src/schema/fixtures/0004-used-once');

const house = new FluxoHouse();
const other = new FluxoHouse();
const file = join(house.data, '..', 'backup.sqlite');
const keys = join(house.data, '..', 'backup.keys');
const random = new SeededRandom(5);
let server: RunningServer;
let client: ApplicationClient;
let machineId: string;
let credentials: { readonly clientId: string; readonly clientSecret: string };
/** Acknowledged before the backup began. */
let before: Connection[] = [];
/** The same, and what became of them on the restored database. */
let lives: Connection[] = [];

beforeAll(async () => {
  credentials = await furnish(house);
  const create = ['application', 'create', 'acme.my', '--kind', 'machine', '--name', 'Import'];
  machineId = String((await house.json(create))['client_id']);
  await house.json([
    'application',
    'key',
    'create',
    'acme.my',
    machineId,
    '--user',
    'ana',
    '--generate',
    'ES256',
  ]);
  server = await house.serve();
  client = await startClient(house, server, credentials);
});
afterAll(async () => {
  await house.remove();
  await other.remove();
});

describe('a backup beside a server under load', () => {
  it('is one whole file that only its owner reads, with the keys in another', async () => {
    before = await Promise.all(Array.from({ length: 12 }, () => client.authorize()));
    for (const connection of before.slice(0, 9)) await client.redeem(connection);
    for (const connection of before.slice(0, 3)) await client.revoke(connection);
    const load = driveUntilKilled(client, random, []);
    expect(await house.json(['backup', file, '--with-keys', keys])).toEqual({ file, keys });
    await server.kill();
    await load;
    for (const path of [file, keys]) expect([path, statSync(path).mode & 0o777]).toEqual([path, 0o600]);
    const secret = readFileSync(keys, 'utf8').trim();
    expect(readFileSync(join(house.data, 'secret-keys'), 'utf8').trim()).toBe(secret);
    expect(readFileSync(file).includes(secret)).toBe(false);
    expect(readdirSync(join(file, '..')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('overwrites nothing', async () => {
    const kept = readFileSync(file);
    const { code, stderr } = await house.launch(['backup', file]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('overwrites nothing') as unknown]);
    expect(readFileSync(file).equals(kept)).toBe(true);
  });
});

describe('a restore', () => {
  it('refuses what is damaged, what is no database of Fluxo’s and what is not there, and makes nothing', async () => {
    const damaged = join(file, '..', 'damaged.sqlite');
    const whole = readFileSync(file);
    writeFileSync(
      damaged,
      Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(4096), whole.subarray(12_288)]),
    );
    const foreign = join(file, '..', 'foreign.sqlite');
    new SqliteDatabase(foreign).exec('CREATE TABLE things (id INTEGER)').close();
    const newer = join(file, '..', 'newer.sqlite');
    writeFileSync(newer, whole);
    new SqliteDatabase(newer).exec(`INSERT INTO kysely_migration VALUES ('9999-later', 'x')`).close();
    const cases = [
      [damaged, 'Take another backup'],
      [foreign, 'none of Fluxo'],
      [newer, 'newer Fluxo'],
      [join(file, '..', 'nothing'), 'There is no file'],
    ] as const;
    for (const [path, reason] of cases) {
      const { code, stderr } = await other.launch(['restore', path]);
      expect([path, code, stderr]).toEqual([path, 1, expect.stringContaining(reason) as unknown]);
      expect(stderr).not.toContain('    at ');
      expect(existsSync(join(other.data, 'fluxo.sqlite'))).toBe(false);
    }
  });

  it('in another folder has every token that was acknowledged before, and a server works on it', async () => {
    const { stderr } = await other.launch(['restore', file]);
    expect(stderr).toContain('revoked');
    writeFileSync(join(other.data, 'secret-keys'), readFileSync(keys), { mode: 0o600 });
    server = await other.serve();
    client.moveTo(server);
    lives = structuredClone(before);
    expect(await findLosses(client, random, lives)).toEqual([]);
    expect((await client.redeem(await client.authorize())).status).toBe(200);
  });

  it('is refused while a server has the folder, and without --replace', async () => {
    const served = await other.launch(['restore', file, '--replace']);
    expect([served.code, served.stderr]).toEqual([1, expect.stringContaining('running') as unknown]);
    await server.kill();
    const { code, stderr } = await other.launch(['restore', file]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--replace') as unknown]);
  });

  it('brings back what was revoked since, unless all sessions are ended; the replaced database is kept', async () => {
    server = await other.serve();
    client.moveTo(server);
    // What the backup knows as alive is revoked after it.
    const revoked = lives.find(
      ({ redemption, revocation }) => redemption !== 'none' && revocation === 'none',
    );
    const asBefore = before.find(({ code }) => code === revoked?.code);
    if (revoked === undefined || asBefore === undefined) throw new Error('None of these lives.');
    await client.revoke(revoked);
    expect(await client.isAlive(revoked)).toBe(false);
    await server.kill();

    const restored = await other.json<{ put_aside: string }>(['restore', file, '--replace']);
    expect(existsSync(restored.put_aside)).toBe(true);
    expect(statSync(restored.put_aside).mode & 0o777).toBe(0o600);
    server = await other.serve();
    client.moveTo(server);
    expect(await client.isAlive(asBefore)).toBe(true);
    await server.kill();

    await other.json(['restore', file, '--replace', '--end-all-sessions']);
    server = await other.serve();
    client.moveTo(server);
    for (const connection of before.slice(0, 9)) {
      expect(await client.isAlive(connection)).toBe(false);
      expect((await client.refresh(connection)).status).toBe(400);
    }
    // A key would open sessions by itself.
    expect(await other.json(['application', 'key', 'list', 'acme.my', machineId])).toMatchObject([
      { deleted_at: expect.any(String) as string },
    ]);
    const again = new ApplicationClient(server, credentials);
    await again.person.allows(again.authorizePath);
    expect((await again.redeem(await again.authorize())).status).toBe(200);
  });
});

describe('migrate', () => {
  it('says what it did; --check says whether there is something to do, by its exit code too', async () => {
    const older = new FluxoHouse();
    mkdirSync(older.data);
    const { secretKeys } = JSON.parse(readFileSync(`${OLDER}.json`, 'utf8')) as { secretKeys: string };
    older.settings = { FLUXO_SECRET_KEYS: secretKeys };
    const database = new SqliteDatabase(join(older.data, 'fluxo.sqlite'));
    database.exec(readFileSync(`${OLDER}.sql`, 'utf8'));
    const { code, stdout } = await older.launch(['migrate', '--check', '--json']);
    const { up_to_date: upToDate, pending } = JSON.parse(stdout) as {
      up_to_date: boolean;
      pending: string[];
    };
    expect([code, upToDate, pending[0]]).toEqual([1, false, '0005-identity-providers']);
    expect(await older.json(['migrate'])).toEqual({ up_to_date: true, applied: pending });
    expect(await older.json(['migrate'])).toEqual({ up_to_date: true, applied: [] });
    expect(await older.json(['migrate', '--check'])).toEqual({ up_to_date: true, pending: [] });
    database.exec(`INSERT INTO kysely_migration VALUES ('9999-later', 'x')`);
    database.close();
    const newer = await older.launch(['migrate']);
    expect([newer.code, newer.stderr]).toEqual([1, expect.stringContaining('newer Fluxo') as unknown]);
    await older.remove();
  });
});
