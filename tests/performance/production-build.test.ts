import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { FluxoHouse } from '../cli/fluxo-process.js';

const NOTE_LOADED = fileURLToPath(new URL('note-loaded.mjs', import.meta.url));

const house = new FluxoHouse();
afterAll(() => house.remove());

it('a server that nobody told NODE_ENV renders its pages with React’s production build', async () => {
  const server = await house.serve([], { NODE_ENV: '', NODE_OPTIONS: `--import ${NOTE_LOADED}` });
  server.process.kill('SIGTERM');
  expect(await server.exitCode()).toBe(0);
  const loaded = server.said.split('\n').filter((file) => /[/]react(?:-dom)?[/]cjs[/]/.test(file));
  expect(loaded).not.toHaveLength(0);
  expect(loaded.filter((file) => !file.endsWith('.production.js'))).toEqual([]);
});
