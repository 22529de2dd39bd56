import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse, furnish, type RunningServer } from '../cli/fluxo-process.js';
import { startClient, type ApplicationClient } from '../faults/application-client.js';
import type { Connection } from '../faults/remembered.js';
import { attachStrace } from '../faults/strace.js';

const REQUESTS = 20;
/** What is written behind the requests meanwhile: uses, seals of the activity log. */
const BEHIND = 3;

interface DiskWork {
  readonly flushes: number;
  /** Pages of the database, to its log. */
  readonly pages: number;
}

const house = new FluxoHouse();
let server: RunningServer;
let client: ApplicationClient;
const connections: Connection[] = [];

beforeAll(async () => {
  const credentials = await furnish(house);
  server = await house.serve();
  client = await startClient(house, server, credentials);
  for (let index = 0; index < REQUESTS; index += 1) {
    const connection = await client.authorize();
    await client.redeem(connection);
    await client.refresh(connection);
    connections.push(connection);
  }
});
afterAll(() => house.remove());

/** As the operating system sees it. */
async function diskWorkOf(work: () => Promise<unknown>): Promise<DiskWork> {
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
    const { flushes, pages } = await diskWorkOf(() => oneByOne((one) => client.refresh(one)));
    expect(flushes).toBeGreaterThanOrEqual(REQUESTS);
    expect(flushes).toBeLessThanOrEqual(REQUESTS + BEHIND);
    // The grant, the session, and its place in the order in which sessions end.
    expect(pages).toBeLessThanOrEqual(4 * flushes);
  });

  it('refreshes that come together share flushes and pages', async () => {
    const together = () => Promise.all(connections.map((one) => client.refresh(one)));
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
      for (let index = 0; index < flows; index += 1) await client.redeem(await client.authorize());
    });
    expect(flushes).toBeGreaterThanOrEqual(3 * flows);
    expect(flushes).toBeLessThanOrEqual(3 * flows + BEHIND);
    expect(pages).toBeLessThanOrEqual(9 * flushes);
  });

  it('session checks and introspections flush nothing', async () => {
    // A session's first use is written, behind its answer.
    await oneByOne((one) => client.isAlive(one));
    const { flushes } = await diskWorkOf(() => oneByOne((one) => client.isAlive(one)));
    expect(flushes).toBeLessThanOrEqual(BEHIND);
    const again = await diskWorkOf(() => oneByOne((one) => client.introspect(one)));
    expect(again.flushes).toBeLessThanOrEqual(BEHIND);
  });
});
