import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createViteServer } from 'vitest/node';
import { ALL_MUTANTS } from './all-mutants.js';
import { mutantPlugin } from './mutant-plugin.js';
import { applyMutant, findMutant, placesOf, type Mutant } from './mutant.js';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = 'export const mayPass = (name) => name === "ana";\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-plugin-'));
  writeFileSync(join(folder, 'check.js'), SOURCE);
  writeFileSync(join(folder, 'other.js'), SOURCE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function mutantThatFinds(find: string): Mutant {
  return { id: 'x', row: 1, test: 'x.test.ts', file: 'check.js', find, replace: 'true' };
}

/** What a file becomes where it is loaded with the plugin. */
async function loadWith(mutant: Mutant, file: string): Promise<string> {
  const server = await createViteServer({
    ...{ root: folder, configFile: false, appType: 'custom', logLevel: 'silent' },
    server: { middlewareMode: true, ws: false, watch: null },
    plugins: [mutantPlugin(mutant, folder)],
  });
  try {
    return (await server.transformRequest(join(folder, file), { ssr: true }))?.code ?? '';
  } finally {
    await server.close();
  }
}

test('the check is taken out where the file is loaded, and nowhere else', async () => {
  const mutant = mutantThatFinds('name === "ana"');
  expect(await loadWith(mutant, 'check.js')).toContain('(name) => true');
  expect(await loadWith(mutant, 'other.js')).toContain('name === "ana"');
  expect(readFileSync(join(folder, 'check.js'), 'utf8')).toBe(SOURCE);
});

test.each([
  ['never', 'name === "bea"'],
  ['twice', 'name'],
  ['everywhere', ''],
])('a text that stands there %s ends the run before any test', async (_name, find) => {
  await expect(loadWith(mutantThatFinds(find), 'other.js')).rejects.toThrow('exactly once');
});

test('a replacement means itself, also where it looks like a pattern', () => {
  const mutant = { ...mutantThatFinds('name === "ana"'), replace: '$& $1' };
  expect(applyMutant(SOURCE, mutant.id, mutant)).toContain('=> $& $1;');
});

test('a mutant is found by its name, and a name that is not one ends the run', () => {
  const mutant = mutantThatFinds('name');
  expect(findMutant('x', [mutant])).toBe(mutant);
  expect(() => findMutant('y', [mutant])).toThrow('there are 0');
  expect(() => findMutant('x', [mutant, mutant])).toThrow('there are 2');
});

test('every mutant of the list fits its source, changes it, and has a name of its own', () => {
  expect(new Set(ALL_MUTANTS.map(({ id }) => id)).size).toBe(ALL_MUTANTS.length);
  for (const mutant of ALL_MUTANTS) {
    for (const place of placesOf(mutant)) {
      const source = readFileSync(join(ROOT, place.file), 'utf8');
      expect(applyMutant(source, mutant.id, place)).not.toBe(source);
    }
  }
});
