import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from './demo-server.js';
import { walkTheFlow } from './walk.js';

/** A demo of its own, on free ports and in a folder that goes afterwards. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxo-demo-'));
  const settings = { ...process.env, FLUXO_DATA: folder, PORT: '0', FLUXO_OPERATIONS_PORT: undefined };
  try {
    const demo = await startDemo({ settings, thirdPartyPort: 0 });
    try {
      await walkTheFlow({
        ...demo.registration,
        origin: demo.origin,
        redirectUri: `${demo.thirdPartyApp.url}callback`,
        print: (text) => process.stdout.write(`${text}\n`),
      });
    } finally {
      await demo.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
