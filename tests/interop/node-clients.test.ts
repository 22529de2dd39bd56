import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TOOLCHAINS } from './external-walks.js';
import { absentFrom } from './interop-page.js';
import { NODE_WALKS } from './node-walks.js';
import { Playground } from './playground.js';

let playground: Playground;

beforeAll(async () => {
  playground = await Playground.open();
});

afterAll(async () => {
  await playground.close();
});

test.each(
  NODE_WALKS.map((walk) => {
    const { client, application, family, how } = walk;
    return { title: `${client} goes the whole way as ${application}, ${family} endpoints: ${how}`, walk };
  }),
)('$title', async ({ walk }) => {
  await expect(playground.walk(walk)).resolves.toBeUndefined();
});

test('docs/interop.md has a row for each way of each client: `npm run interop` writes it', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/interop.md'), 'utf8');
  const walks = [...NODE_WALKS, ...TOOLCHAINS.flatMap((toolchain) => toolchain.walks)];
  expect(absentFrom(page, walks)).toEqual([]);
});
