import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FluxoHouse, furnish, type RunningServer } from '../cli/fluxo-process.js';
import { startClient, type ApplicationClient } from './application-client.js';
import { newConnection, type Connection } from './remembered.js';

const DISK_MIB = 8;

/** A small disk of its own. A machine where nobody may mount can't show what is shown here: the tests fail there. */
function mount(folder: string): void {
  mkdirSync(folder, { recursive: true });
  asRoot(
    'mount',
    '-t',
    'tmpfs',
    '-o',
    `size=${DISK_MIB}m,mode=0700,uid=${process.getuid?.() ?? 0}`,
    'tmpfs',
    folder,
  );
}

function asRoot(...command: readonly string[]): void {
  const [program = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command];
  execFileSync(program, args, { stdio: 'pipe' });
}

const house = new FluxoHouse();
let server: RunningServer;
let client: ApplicationClient;

beforeAll(async () => {
  mount(house.data);
  const credentials = await furnish(house);
  server = await house.serve();
  client = await startClient(house, server, credentials);
});
afterAll(async () => {
  await server.kill();
  asRoot('umount', house.data);
  await house.remove();
});

async function connect(): Promise<Connection> {
  const connection = await client.authorize();
  expect((await client.redeem(connection)).status).toBe(200);
  return connection;
}

/** Takes all the room that is left. */
function fillDisk(file: string): void {
  const filler = openSync(file, 'w');
  const block = Buffer.alloc(4096, 1);
  try {
    for (;;) writeSync(filler, block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(filler);
  }
}

describe('a full disk', () => {
  test('writes are 503 with Retry-After, reads go on, it mends by itself, and nothing acknowledged is lost', async () => {
    const kept = await connect();
    const filler = join(house.data, 'filler');
    fillDisk(filler);
    const acknowledged: Connection[] = [kept];
    let refused = 0;
    // The log has some room left in its file: until that is used up, writes are taken.
    for (let times = 0; times < 5000 && refused < 3; times += 1) {
      const answer = await client.refresh(kept);
      if (answer.status === 200) continue;
      expect(answer.status).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      refused += 1;
    }
    expect(refused).toBe(3);
    expect(await client.isAlive(kept)).toBe(true);
    expect(
      (await client.revoke({ ...kept, ...newConnection(''), refreshToken: kept.refreshToken })).status,
    ).toBe(503);
    expect(await client.isAlive(kept)).toBe(true);

    rmSync(filler);
    for (const connection of acknowledged) expect((await client.refresh(connection)).status).toBe(200);
    acknowledged.push(await connect());
    await server.kill();
    server = await house.serve();
    client.moveTo(server);
    for (const connection of acknowledged) {
      expect(await client.isAlive(connection)).toBe(true);
      expect((await client.refresh(connection)).status).toBe(200);
    }
  });
});

describe('a small disk', () => {
  test('is not filled by the log of what is written again and again', async () => {
    const kept = await connect();
    // Each alone writes four pages: the log would be twice as large as the disk.
    for (let times = 0; times < 1000; times += 1) expect((await client.refresh(kept)).status).toBe(200);
  });
});

describe('a disk that can only be read', () => {
  test('a server does not start on it, says so, and works again when it can be written', async () => {
    const kept = await connect();
    await server.kill();
    asRoot('mount', '-o', 'remount,ro', house.data);
    const { code, stderr } = await house.launch(['serve', '--port', '0']);
    asRoot('mount', '-o', 'remount,rw', house.data);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .*read.?only/i) as unknown]);
    expect(stderr).not.toContain('    at ');
    server = await house.serve();
    client.moveTo(server);
    expect((await client.refresh(kept)).status).toBe(200);
  });
});

describe('a damaged database', () => {
  const damages: Readonly<Record<string, (file: string) => void>> = {
    'its first page zeroed': (file) => patch(file, (fd) => writeSync(fd, Buffer.alloc(4096), 0, 4096, 0)),
    'cut to half': (file) =>
      patch(file, (fd) => ftruncateSync(fd, Math.floor(statSync(file).size / 8192) * 4096)),
    'not a database': (file) =>
      writeFileSync(file, 'something else, and long enough to be read as a header'.repeat(99)),
  };

  test.each(Object.keys(damages))('%s: the server does not start and says what to do', async (name) => {
    const damaged = new FluxoHouse();
    try {
      await furnish(damaged);
      damages[name]?.(join(damaged.data, 'fluxo.sqlite'));
      const { code, stderr } = await damaged.run(['serve', '--port', '0']);
      expect([code, stderr]).toEqual([1, expect.stringContaining('fluxo restore') as unknown]);
      expect(stderr).not.toContain('    at ');
    } finally {
      await damaged.remove();
    }
  });
});

function patch(file: string, work: (fd: number) => void): void {
  const fd = openSync(file, 'r+');
  try {
    work(fd);
  } finally {
    closeSync(fd);
  }
}
