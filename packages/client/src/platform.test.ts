import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// The compiler knows Node's types here, for the tests' sake, so it would not object.
test('the sources that ship name nothing that only Node has', async () => {
  const folder = import.meta.dirname;
  const shipped = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
  expect(shipped).toContain('index.ts');
  for (const name of shipped) {
    const source = await readFile(join(folder, name), 'utf8');
    expect(source, name).not.toMatch(
      /\b(process|Buffer|setImmediate|global|require)\b(?!:)[.(]|['"]node:|NodeJS/,
    );
  }
});
