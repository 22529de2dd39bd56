import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FluxoHouse, furnish, type RunningServer } from '../cli/fluxo-process.js';
import { startClient, type ApplicationClient } from './application-client.js';
import type { Connection } from './remembered.js';
import { attachStrace, type Tracer } from './strace.js';

const house = new FluxoHouse();
let server: RunningServer;
let client: ApplicationClient;

beforeAll(async () => {
  const credentials = await furnish(house);
  server = await house.serve();
  client = await startClient(house, server, credentials);
});
afterAll(async () => {
  await server.kill();
  await house.remove();
});

/**
 * The operating system's answers from a disk that it has made read-only, or that is failing, while files were
 * open: the kernel remounts so after an error, but never lets such a disk be written again without an end
 * of the server, so that its answers are given by strace.
 */
function failWrites(error: 'EROFS' | 'EIO'): Promise<Tracer> {
  const files = ['fluxo.sqlite', 'fluxo.sqlite-wal'].flatMap((name) => ['-P', join(house.data, name)]);
  const calls = 'write,pwrite64,fsync,fdatasync,ftruncate,fallocate';
  const output = join(house.data, '..', `refused-${error}`);
  return attachStrace(server, [...files, '-e', `inject=${calls}:error=${error}`, '-o', output]);
}

async function connect(): Promise<Connection> {
  const connection = await client.authorize();
  expect((await client.redeem(connection)).status).toBe(200);
  return connection;
}

describe.each(['EROFS', 'EIO'] as const)(
  'a disk that refuses writes under a running server (%s)',
  (error) => {
    test('writes are 503 with Retry-After, reads go on, it mends by itself, and nothing is lost', async () => {
      const [kept, code] = [await connect(), await client.authorize()];
      const before = kept.refreshToken;
      const failing = await failWrites(error);
      try {
        for (const answer of [
          await client.refresh(kept),
          await client.refresh(kept),
          await client.redeem(code),
        ]) {
          expect(answer.status).toBe(503);
          expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
          expect(answer.body).not.toMatch(/SQLITE|EROFS|EIO|disk/i);
        }
        expect(await client.isAlive(kept)).toBe(true);
      } finally {
        await failing.detach();
      }
      expect(kept.refreshToken).toBe(before);
      expect((await client.refresh(kept)).status).toBe(200);
      // The same code again: what was never acknowledged was never spent.
      expect((await client.redeem(code)).status).toBe(200);
      await server.kill();
      server = await house.serve();
      client.moveTo(server);
      for (const connection of [kept, code]) {
        expect(await client.isAlive(connection)).toBe(true);
        expect((await client.refresh(connection)).status).toBe(200);
      }
    });
  },
);
