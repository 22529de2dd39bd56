import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contractEssentials, newEnvironment, SettableClock } from '../contract/contract-house.js';
import { forkSource, nextMessage, RaceProcesses } from '../contract/race-processes.js';
import { NewerSchemaError } from '../schema/migrate.js';
import { AbortingNodeError } from './node-version.js';
import { openSqlite } from './open-sqlite.js';
import { AlreadyServedError } from './server-lock.js';

const WORKER = join(import.meta.dirname, 'sqlite-race-worker.test.support.ts');
const essentials = contractEssentials(new SettableClock());

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-open-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const open = (role: 'server' | 'tool', into = folder) => openSqlite({ folder: into, role, essentials });

describe('a Node.js that would abort', () => {
  it('is refused before anything is written', async () => {
    const versions = vi.spyOn(process, 'versions', 'get');
    versions.mockReturnValue({ ...process.versions, node: '24.19.0' });
    try {
      await expect(open('server')).rejects.toThrow(AbortingNodeError);
      await expect(open('tool')).rejects.toThrow(AbortingNodeError);
    } finally {
      versions.mockRestore();
    }
    expect(readdirSync(folder)).toEqual([]);
    await (await open('server')).close();
  });
});

describe('the server lock', () => {
  it('a second server on the same folder is refused, and is told what to do', async () => {
    const storage = await open('server');
    const refusal = await open('server').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AlreadyServedError);
    expect(String(refusal)).toContain(folder);
    await storage.ping();
    await storage.close();
  });

  it('a command line works beside a server', async () => {
    const [server, tool] = [await open('server'), await open('tool')];
    const environment = newEnvironment();
    await tool.environments.create(environment);
    expect(await server.environments.findByName(environment)).toEqual(environment);
    await Promise.all([server.close(), tool.close()]);
  });

  it('a server that was closed makes room for the next', async () => {
    await (await open('server')).close();
    await (await open('server')).close();
  });

  it('a server of another process refuses a second one, until it is killed', async () => {
    const server = forkSource(WORKER, [folder, 'server']);
    await nextMessage(server);
    await expect(open('server')).rejects.toThrow(AlreadyServedError);
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
    await (await open('server')).close();
  });
});

describe('opening a database', () => {
  it('a fresh one works, and works again with what was written', async () => {
    const first = await open('server');
    const environment = newEnvironment();
    await first.environments.create(environment);
    await first.close();
    const second = await open('server');
    expect(await second.environments.list()).toEqual([environment]);
    await second.close();
  });

  it('several processes may open a fresh one at the same moment', async () => {
    const tools = Array.from({ length: 4 }, (): [string, ...string[]] => [WORKER, folder, 'tool']);
    const processes = await RaceProcesses.start(tools);
    await processes.close();
  });

  it('a write survives close: what was accepted is waited for', async () => {
    const storage = await open('server');
    const environment = newEnvironment();
    const write = storage.environments.create(environment);
    await storage.close();
    expect(await write).toBe('created');
    const again = await open('tool');
    expect(await again.environments.list()).toEqual([environment]);
    await again.close();
  });

  it('one of a newer Fluxo is refused, is left as it is, and holds no lock', async () => {
    await (await open('server')).close();
    const raw = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
    raw.prepare('INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)').run('9999-later', 'x');
    raw.close();
    for (const role of ['server', 'server', 'tool'] as const) {
      await expect(open(role)).rejects.toThrow(NewerSchemaError);
    }
  });

  it('writes are on the disk when they are acknowledged: WAL with synchronous FULL', async () => {
    const storage = await open('tool');
    const raw = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    raw.close();
    await storage.close();
  });

  it('nobody else on the machine can read it', async () => {
    const fresh = join(folder, 'data');
    const storage = await open('server', fresh);
    await storage.environments.create(newEnvironment());
    expect(statSync(fresh).mode & 0o777).toBe(0o700);
    await storage.close();
  });

  it('nobody else can read its files either, where the folder was there before and is open to all', async () => {
    chmodSync(folder, 0o755);
    const storage = await open('server');
    await storage.environments.create(newEnvironment());
    const files = readdirSync(folder).filter((name) => name.startsWith('fluxo.sqlite'));
    expect(files).toContain('fluxo.sqlite-wal');
    for (const name of files) expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
    await storage.close();
  });
});
