import { contractEssentials, newEnvironment, SettableClock } from '../contract/contract-house.js';
import { openSqlite } from './open-sqlite.js';

/** A server that writes without end, and says of each environment when it is acknowledged. */
const [folder = '', pages = ''] = process.argv.slice(2);
const essentials = contractEssentials(new SettableClock());
const storage = await openSqlite({ folder, essentials, role: 'server', checkpointPages: Number(pages) });

async function writeOn(): Promise<never> {
  for (;;) {
    const environment = newEnvironment();
    await storage.environments.create(environment);
    process.send?.(environment.id);
  }
}

// Batches of four, as of four clients.
await Promise.all([writeOn(), writeOn(), writeOn(), writeOn()]);
