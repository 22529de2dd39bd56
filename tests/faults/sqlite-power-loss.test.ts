import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FluxoHouse, furnish } from '../cli/fluxo-process.js';
import { startClient } from './application-client.js';
import { attachStrace } from './strace.js';

const UNSAFE = join(import.meta.dirname, 'unsafe-commits.mjs');
const CALLS = 'pwrite64,write,writev,sendto,fsync,fdatasync';

const house = new FluxoHouse();
let credentials: { readonly clientId: string; readonly clientSecret: string };
beforeAll(async () => {
  credentials = await furnish(house);
});
afterAll(() => house.remove());

/** What one refresh does at the border to the operating system, in order. */
async function traceRefresh(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const server = await house.serve([], env);
  const client = await startClient(house, server, credentials);
  const connection = await client.authorize();
  await client.redeem(connection);
  const file = join(house.data, '..', `trace-${server.port}`);
  const tracer = await attachStrace(server, ['-y', '-e', `trace=${CALLS}`, '-o', file]);
  const { status } = await client.refresh(connection);
  await tracer.detach();
  await server.kill();
  expect(status).toBe(200);
  return eventsOf(readFileSync(file, 'utf8'));
}

/** `log` (written to the write-ahead log), `flush` (made durable), `answer` (the first bytes of a response). */
function eventsOf(trace: string): readonly string[] {
  return trace.split('\n').flatMap((line) => {
    if (/ (?:pwrite64|write)\(\d+<[^>]*-wal>/.test(line)) return ['log'];
    if (/ f(?:data)?sync\(\d+<[^>]*-wal>/.test(line)) return ['flush'];
    return /"HTTP\/1\.1 200 OK/.test(line) ? ['answer'] : [];
  });
}

describe('88 · power loss, SQLite', () => {
  test('the refreshed token is on the disk before the answer is sent', async () => {
    const events = await traceRefresh({});
    const answered = events.indexOf('answer');
    expect(events.slice(0, answered)).toContain('log');
    expect(events.slice(0, answered).at(-1)).toBe('flush');
  });

  test('a server whose commits don’t wait for the disk would be caught', async () => {
    const events = await traceRefresh({ NODE_OPTIONS: `--import ${UNSAFE}` });
    expect(events).toContain('answer');
    expect(events).not.toContain('flush');
  });
});
