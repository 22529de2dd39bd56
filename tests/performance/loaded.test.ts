import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse } from '../cli/fluxo-process.js';

const NOTE_LOADED = fileURLToPath(new URL('note-loaded.mjs', import.meta.url));

const house = new FluxoHouse();
beforeAll(() => house.run(['environment', 'create', 'acme.my', '--name', 'Acme']));
afterAll(() => house.remove());

/** What a server has loaded when it ends. */
async function loadedBy(ask: readonly string[] = []): Promise<readonly string[]> {
  const server = await house.serve([], { NODE_ENV: '', NODE_OPTIONS: `--import ${NOTE_LOADED}` });
  for (const path of ask) expect((await server.ask(path, { host: 'acme.my.localhost' })).status).toBe(200);
  server.process.kill('SIGTERM');
  expect(await server.exitCode()).toBe(0);
  return server.said.split('\n');
}

it('Kysely is one file of the build, not 260', () => {
  const built = new URL('../../packages/storage/dist/kysely.js', import.meta.url);
  expect(readFileSync(built, 'utf8')).not.toMatch(/^(?:import|export)\b.*['"]/m);
});

describe('what a server has loaded', () => {
  it('renders pages with React’s production build, though nobody told it NODE_ENV', async () => {
    const react = (await loadedBy()).filter((file) => /[/]react(?:-dom)?[/]cjs[/]/.test(file));
    expect(react).not.toHaveLength(0);
    expect(react.filter((file) => !file.endsWith('.production.js'))).toEqual([]);
  });

  it('has neither the administrators’ API and its schemas nor mail, SAML or OpenID Connect before they are asked for', async () => {
    const ofFew = (files: readonly string[]) => {
      const found = files.map((file) => /(ajv|swagger|node-saml|nodemailer|undici)[/]/.exec(file)?.[1]);
      return [...new Set(found.filter((name) => name !== undefined))];
    };
    expect(ofFew(await loadedBy(['/health/ready', '/.well-known/oauth-authorization-server']))).toEqual([]);
    expect(ofFew(await loadedBy(['/api/v1/openapi.json']))).toEqual(['swagger', 'ajv']);
  });
});
