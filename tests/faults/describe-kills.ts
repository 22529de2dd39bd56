import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FluxoHouse, furnish, type RunningServer } from '../cli/fluxo-process.js';
import { SeededRandom } from '../soak/random.js';
import { startClient, type ApplicationClient } from './application-client.js';
import { findLosses } from './check-remembered.js';
import type { FaultDriver } from './fault-driver.js';
import { driveUntilKilled } from './load.js';
import type { Connection } from './remembered.js';

const KILLS = Number(process.env['FLUXO_KILLS'] ?? 10);
const SEED = Number(process.env['FLUXO_KILLS_SEED'] ?? 87);
const MS_PER_KILL = 30_000;

/** 87: the server dies at a random moment under load, again and again, on the same data. */
export function describeKills(driver: FaultDriver): void {
  describe(`87 · ${driver.name}, killed with SIGKILL under load`, () => {
    const house = new FluxoHouse();
    const random = new SeededRandom(SEED);
    let server: RunningServer;
    let client: ApplicationClient;

    beforeAll(async () => {
      house.settings = await driver.prepare();
      const credentials = await furnish(house);
      server = await house.serve();
      client = await startClient(house, server, credentials);
    });
    afterAll(async () => {
      await house.remove();
      await driver.remove();
    });

    /** @returns how many answers the client had from this life of the server */
    async function killUnderLoad(connections: Connection[]): Promise<number> {
      const begun = client.answers;
      const enough = begun + 20 + random.below(150);
      const load = driveUntilKilled(client, random, connections);
      while (client.answers < enough) {
        // Rejects where the load fails before.
        await Promise.race([delay(1), load.then(() => Promise.reject(new Error('The load ended.')))]);
      }
      const exit = once(server.process, 'exit');
      server.process.kill('SIGKILL');
      await Promise.all([exit, load]);
      return client.answers - begun;
    }

    test(
      `nothing acknowledged is lost, no code is good twice, nothing revoked lives: ${KILLS} times (seed ${SEED})`,
      async () => {
        let older: Connection[] = [];
        let checked = 0;
        for (let kill = 1; kill <= KILLS; kill += 1) {
          const connections: Connection[] = [];
          await killUnderLoad(connections);
          server.agent.destroy();
          server = await house.serve();
          client.moveTo(server);
          const remembered = [...connections, ...older];
          expect([kill, await findLosses(client, random, remembered)]).toEqual([kill, []]);
          // Killed between any two steps of a seal, too.
          const verdicts = await house.json<
            readonly { readonly intact: boolean; readonly unsealed: number }[]
          >([...['audit', 'verify']]);
          expect(verdicts.map(({ intact }) => intact)).toEqual([true]);
          checked += remembered.length;
          // Some go on through later lives of the server.
          const redeemed = connections.filter(({ redemption }) => redemption === 'acknowledged');
          older = [...older, ...redeemed].slice(-20);
        }
        expect(checked).toBeGreaterThan(KILLS * 5);
      },
      60_000 + KILLS * MS_PER_KILL,
    );
  });
}
