import type { SeededRandom } from '../soak/random.js';
import type { ApplicationClient } from './application-client.js';
import type { Connection } from './remembered.js';

const LANES = 8;

/** Lives of connections, several at once, until the server is gone. Everything that was heard is in `connections`. */
export async function driveUntilKilled(
  client: ApplicationClient,
  random: SeededRandom,
  connections: Connection[],
): Promise<void> {
  const lane = async (): Promise<void> => {
    for (;;) await liveOnce(client, random, connections);
  };
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const end of ends) {
    // A killed server hangs up; anything else is a fault of its own.
    if (end.status === 'rejected' && !isHungUp(end.reason)) throw end.reason;
  }
}

/** The same, but a hang-up is no end: whoever hung up was replaced. Until the caller says that it is over. */
export async function driveThroughHangUps(
  client: ApplicationClient,
  random: SeededRandom,
  { connections, isOver }: { readonly connections: Connection[]; readonly isOver: () => boolean },
): Promise<void> {
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      await liveOnce(client, random, connections).catch((error: unknown) => {
        if (!isHungUp(error)) throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function liveOnce(
  client: ApplicationClient,
  random: SeededRandom,
  connections: Connection[],
): Promise<void> {
  const connection = await client.authorize();
  connections.push(connection);
  if (random.chance(0.1)) return;
  await expectDone(client.redeem(connection));
  for (let times = random.below(6); times > 0; times -= 1) await expectDone(client.refresh(connection));
  if (random.chance(0.3)) await expectDone(client.revoke(connection));
}

async function expectDone(asked: Promise<{ readonly status: number; readonly body: string }>): Promise<void> {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(`The server answered ${status} to what is right: ${body}`);
}

export function isHungUp(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'ECONNREFUSED' || code === 'EPIPE';
}
