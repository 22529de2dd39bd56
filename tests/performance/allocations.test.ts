import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../faults/remembered.js';
import { HotServer } from './hot-server.js';

const NOTE_ALLOCATIONS = fileURLToPath(new URL('note-allocations.mjs', import.meta.url));

let hot: HotServer;
let connection: Connection;

beforeAll(async () => {
  hot = await HotServer.start({ NODE_OPTIONS: `--import ${NOTE_ALLOCATIONS}` });
  connection = await hot.connect();
});
afterAll(() => hot.stop());

/** Bytes for one request, of many: what comes with the first ones is not counted. */
async function allocatedBy(ask: () => Promise<unknown>, times = 300): Promise<number> {
  const askAll = async (): Promise<void> => {
    for (let index = 0; index < times; index += 1) await ask();
  };
  await askAll();
  const { server } = hot;
  server.process.kill('SIGUSR2');
  await server.says(/sampling\n$/);
  await askAll();
  server.process.kill('SIGUSR2');
  const [, bytes] = await server.says(/allocated (\d+)\n$/);
  return Number(bytes) / times;
}

/** Each is what it was on 28 November 2026 with Node.js 20.20.2, and a little more. */
describe('what a hot request allocates, on any machine', () => {
  it.each([
    ['a refresh', 58_000, () => allocatedBy(() => hot.refresh(connection))],
    ['a session check at the API', 36_000, () => allocatedBy(() => hot.search(connection))],
    ['an introspection', 36_000, () => allocatedBy(() => hot.introspect(connection))],
    ['a whole flow with its consent, page and all', 575_000, () => allocatedBy(() => hot.connect(), 40)],
  ])('%s: no more than %i bytes', async (_request, most, allocated) => {
    expect(await allocated()).toBeLessThan(most);
  });
});
