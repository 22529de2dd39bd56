import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../faults/remembered.js';
import { attachStrace } from '../faults/strace.js';
import { HotServer } from './hot-server.js';

const REQUESTS = 20;
/** What is written behind the requests meanwhile: uses, seals of the activity log. */
const BEHIND = 3;

interface DiskWork {
  readonly flushes: number;
  /** Pages of the database, to its log. */
  readonly pages: number;
}

let hot: HotServer;
const connections: Connection[] = [];

beforeAll(async () => {
  hot = await HotServer.start();
  for (let index = 0; index < REQUESTS; index += 1) {
    const connection = await hot.connect();
    await hot.refresh(connection);
    connections.push(connection);
  }
});
afterAll(() => hot.stop());

/** As the operating system sees it. */
async function diskWorkOf(work: () => Promise<unknown>): Promise<DiskWork> {
  const { house, server } = hot;
  const file = join(house.data, '..', 'trace');
  const tracer = await attachStrace(server, ['-y', '-e', 'trace=pwrite64,fsync,fdatasync', '-o', file]);
  await work();
  await tracer.detach();
  const calls = readFileSync(file, 'utf8').split('\n');
  const count = (pattern: RegExp): number => calls.filter((call) => pattern.test(call)).length;
  return {
    flushes: count(/ f(?:data)?sync\(\d+<[^>]*-wal>/),
    pages: count(/ pwrite64\(\d+<[^>]*-wal>.*, 4096, /),
  };
}

async function oneByOne(ask: (connection: Connection) => Promise<unknown>): Promise<void> {
  for (const connection of connections) await ask(connection);
}

describe('what a hot request asks of the disk, on any machine', () => {
  it('refreshes that come one by one are flushed once each', async () => {
    const { flushes, pages } = await diskWorkOf(() => oneByOne((one) => hot.refresh(one)));
    expect(flushes).toBeGreaterThanOrEqual(REQUESTS);
    expect(flushes).toBeLessThanOrEqual(REQUESTS + BEHIND);
    // The grant, the session, and its place in the order in which sessions end.
    expect(pages).toBeLessThanOrEqual(4 * flushes);
  });

  it('refreshes that come together share flushes and pages', async () => {
    const together = () => Promise.all(connections.map((one) => hot.refresh(one)));
    // Once without being watched, so that each has a connection.
    await together();
    const { flushes, pages } = await diskWorkOf(together);
    expect(flushes).toBeGreaterThanOrEqual(1);
    expect(flushes).toBeLessThanOrEqual(REQUESTS / 2);
    expect(pages).toBeLessThanOrEqual(REQUESTS);
  });

  it('a whole flow is flushed three times: its page, its consent, its tokens', async () => {
    const flows = 5;
    const { flushes, pages } = await diskWorkOf(async () => {
      for (let index = 0; index < flows; index += 1) await hot.connect();
    });
    expect(flushes).toBeGreaterThanOrEqual(3 * flows);
    expect(flushes).toBeLessThanOrEqual(3 * flows + BEHIND);
    expect(pages).toBeLessThanOrEqual(9 * flushes);
  });

  it('session checks and introspections flush nothing', async () => {
    // A session's first use is written, behind its answer.
    await oneByOne((one) => hot.search(one));
    const { flushes } = await diskWorkOf(() => oneByOne((one) => hot.search(one)));
    expect(flushes).toBeLessThanOrEqual(BEHIND);
    const again = await diskWorkOf(() => oneByOne((one) => hot.introspect(one)));
    expect(again.flushes).toBeLessThanOrEqual(BEHIND);
  });
});
