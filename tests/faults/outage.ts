import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../cli/fluxo-process.js';
import { TriedAgainLater } from '../cli/person.js';
import type { SeededRandom } from '../soak/random.js';
import type { ApplicationClient } from './application-client.js';
import type { Connection } from './remembered.js';

const LANES = 8;
/** Shorter than what `Retry-After` asks for, so that the moment of being back is seen. */
const PATIENCE_MS = 25;

/** What clients saw of a database that was away for a while. */
export class Outage {
  over = false;
  unavailable = 0;
  /** Moments of `performance.now()`. */
  lastUnavailableAt = 0;
  answers = 0;

  /** Whoever hears 503 asks the same again, as `Retry-After` told them to. @returns the first other answer */
  async patiently(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await ask();
      if (answer.status !== 503) {
        this.answers += 1;
        return answer;
      }
      await this.#wait(answer);
    }
  }

  async authorize(client: ApplicationClient): Promise<Connection> {
    for (;;) {
      try {
        return await client.authorize();
      } catch (error) {
        if (!(error instanceof TriedAgainLater)) throw error;
        await this.#wait(error.answer);
      }
    }
  }

  async #wait({ headers, body }: Answer): Promise<void> {
    if (!(Number(headers['retry-after']) > 0)) throw new Error(`503 without Retry-After: ${body}`);
    this.unavailable += 1;
    this.lastUnavailableAt = performance.now();
    await delay(PATIENCE_MS);
  }
}

/** Lives of connections, several at once, until the outage is declared over: each answer must be a right one. */
export async function driveThrough(
  outage: Outage,
  client: ApplicationClient,
  { random, connections }: { readonly random: SeededRandom; readonly connections: Connection[] },
): Promise<void> {
  const lane = async (): Promise<void> => {
    while (!outage.over) {
      const connection = await outage.authorize(client);
      connections.push(connection);
      // Also where the first try was committed and its answer lost: that is our fault, not the client's.
      await expectDone(outage.patiently(() => client.redeem(connection)));
      for (let times = random.below(5); times > 0; times -= 1) {
        await expectDone(outage.patiently(() => client.refresh(connection)));
      }
      if (random.chance(0.3)) await expectDone(outage.patiently(() => client.revoke(connection)));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function expectDone(asked: Promise<Answer>): Promise<void> {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(`The server answered ${status} to what is right: ${body}`);
}
