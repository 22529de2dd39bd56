import type { SeededRandom } from '../soak/random.js';
import type { ApplicationClient } from './application-client.js';
import type { Connection } from './remembered.js';

/** Faults found among what the server had acknowledged before it was killed. */
export async function findLosses(
  client: ApplicationClient,
  random: SeededRandom,
  connections: readonly Connection[],
): Promise<readonly string[]> {
  const losses: string[] = [];
  for (const connection of connections) {
    const loss = await lossOf(client, random, connection);
    if (loss !== undefined) losses.push(loss);
  }
  return losses;
}

async function lossOf(
  client: ApplicationClient,
  random: SeededRandom,
  connection: Connection,
): Promise<string | undefined> {
  if (connection.redemption !== 'acknowledged') return lossOfCode(client, connection);
  if (connection.revocation === 'acknowledged') return lossOfRevocation(client, connection);
  // Nobody heard whether it was revoked: dead or alive, but not both.
  if (connection.revocation === 'sent') return contradiction(client, connection);
  if (!(await client.isAlive(connection))) return 'the session of an acknowledged answer is gone';
  // Also a repeat, where the answer of the last refresh was lost.
  const { status, body } = await client.refresh(connection);
  if (status !== 200) return `an acknowledged refresh token was answered ${status} ${body}`;
  return random.chance(0.2) ? lossOfSingleUse(client, connection) : undefined;
}

/** A code that was handed out is good for one exchange, whether the first was heard of or not. */
async function lossOfCode(client: ApplicationClient, connection: Connection): Promise<string | undefined> {
  const wasSent = connection.redemption === 'sent';
  const both = [await client.redeem(connection), await client.redeem(connection)];
  const [first, second] = both.map(({ status }) => status);
  // The grant died of the second, for good.
  if (connection.redemption === 'acknowledged') connection.revocation = 'acknowledged';
  if (!wasSent && first !== 200) return `an acknowledged code was answered ${first ?? 0}`;
  if (second !== 400) return `a code was exchanged twice (${first ?? 0}, ${second ?? 0})`;
  return undefined;
}

async function lossOfRevocation(
  client: ApplicationClient,
  connection: Connection,
): Promise<string | undefined> {
  if (await client.isAlive(connection)) return 'a revoked session is alive';
  const { status } = await client.refresh(connection);
  return status === 400 ? undefined : `a revoked refresh token was answered ${status}`;
}

async function contradiction(client: ApplicationClient, connection: Connection): Promise<string | undefined> {
  const alive = await client.isAlive(connection);
  const { status } = await client.refresh(connection);
  return (status === 200) === alive ? undefined : `session ${alive ? 'alive' : 'dead'}, refresh ${status}`;
}

async function lossOfSingleUse(
  client: ApplicationClient,
  connection: Connection,
): Promise<string | undefined> {
  const { status } = await client.redeem(connection);
  if (status !== 400) return `a redeemed code was answered ${status}`;
  // The grant died of it, for good.
  connection.revocation = 'acknowledged';
  return (await client.isAlive(connection)) ? 'a code came twice and its grant lives' : undefined;
}
