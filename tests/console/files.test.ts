import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const APP = join(import.meta.dirname, '../../packages/console/dist/app');

/** The program and what it can't begin without, as the page asks for it. */
function scriptsOfThePage(): readonly string[] {
  const page = readFileSync(join(APP, 'index.html'), 'utf8');
  return Array.from(page.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.js)"/g), ([, file = '']) => file);
}

test('a browser asks for few files to begin with, which it can have all at once', () => {
  const scripts = scriptsOfThePage();
  expect(scripts).toHaveLength(new Set(scripts).size);
  expect(scripts.length).toBeGreaterThan(1);
  expect(scripts.length).toBeLessThanOrEqual(6);
});

test('what draws the previews of pages is not among them', () => {
  const drawing = scriptsOfThePage().filter((file) =>
    readFileSync(join(APP, file), 'utf8').includes('renderToStaticMarkup'),
  );
  expect(drawing).toEqual([]);
});
