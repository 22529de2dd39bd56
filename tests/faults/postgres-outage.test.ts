import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';
import { FluxoHouse, furnish } from '../cli/fluxo-process.js';
import { SeededRandom } from '../soak/random.js';
import { startClient, type ApplicationClient } from './application-client.js';
import { findLosses } from './check-remembered.js';
import { postgresSettings } from './fault-driver.js';
import { driveThrough, Outage } from './outage.js';
import type { Connection } from './remembered.js';

const SEED = Number(process.env['FLUXO_OUTAGE_SEED'] ?? 89);
const BACK_WITHIN_MS = 5_000;
const ENOUGH_ANSWERS = 60;

let house: FluxoHouse;
let servers: PostgresServer[] = [];

async function start(url: string): Promise<ApplicationClient> {
  house = new FluxoHouse();
  house.settings = postgresSettings(url);
  const credentials = await furnish(house);
  return startClient(house, await house.serve(), credentials);
}

afterEach(async () => {
  await house.remove();
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

async function heard(outage: Outage, answers: number): Promise<void> {
  const enough = outage.answers + answers;
  while (outage.answers < enough) await once(ticks, 'tick');
}

/** Answers come over sockets: between two turns of the event loop is soon enough to look. */
const ticks = new EventTarget();
const ticking = setInterval(() => ticks.dispatchEvent(new Event('tick')), 5);
ticking.unref();

/** Load before, while and after what `fail` does to the database. */
async function throughFailure(
  client: ApplicationClient,
  fail: (outage: Outage) => Promise<number>,
): Promise<{ outage: Outage; connections: Connection[]; random: SeededRandom; backAfterMs: number }> {
  const random = new SeededRandom(SEED);
  const connections: Connection[] = [];
  const outage = new Outage();
  const load = driveThrough(outage, client, { random, connections });
  const drive = async (): Promise<number> => {
    await heard(outage, ENOUGH_ANSWERS);
    const mendedAt = await fail(outage);
    await heard(outage, ENOUGH_ANSWERS);
    outage.over = true;
    return mendedAt;
  };
  const [mendedAt] = await Promise.all([drive(), load]);
  return { outage, connections, random, backAfterMs: outage.lastUnavailableAt - mendedAt };
}

describe('89 · the database goes away under load', { timeout: 120_000 }, () => {
  test('PostgreSQL is killed and started again: 503 meanwhile, nothing lost, nobody’s access ended, back soon', async () => {
    const postgres = await PostgresServer.start();
    servers = [postgres];
    const client = await start(await postgres.createDatabase());
    const { outage, connections, random, backAfterMs } = await throughFailure(client, async (during) => {
      await postgres.kill();
      const before = during.unavailable;
      while (during.unavailable < before + 8) await once(ticks, 'tick');
      await postgres.run();
      return performance.now();
    });
    expect(outage.unavailable).toBeGreaterThan(8);
    expect(backAfterMs).toBeLessThan(BACK_WITHIN_MS);
    expect(await findLosses(client, random, connections)).toEqual([]);
  });

  test('its primary is killed and the standby promoted: the same, over a connection string of both', async () => {
    const [primary, standby] = await PostgresServer.startReplicated();
    servers = [primary, standby];
    const { pathname } = new URL(await primary.createDatabase());
    const hosts = [primary, standby].map(({ port }) => `127.0.0.1:${port}`).join(',');
    const client = await start(`postgres://postgres@${hosts}${pathname}`);
    const { outage, connections, random, backAfterMs } = await throughFailure(client, async () => {
      await primary.kill();
      await standby.query('SELECT pg_promote(true, 60)');
      return performance.now();
    });
    expect(outage.unavailable).toBeGreaterThan(0);
    expect(backAfterMs).toBeLessThan(BACK_WITHIN_MS);
    expect(await findLosses(client, random, connections)).toEqual([]);
  });
});
