// docs/threats.md has a row for each number that a test begins with, and no row without a test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = ['tests/attacks', 'tests/browser', 'tests/faults'];

/** @returns what is wrong, one sentence each */
export function threatFaults(root) {
  const tested = new Set();
  for (const folder of TESTS) {
    for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))) {
      const source = readFileSync(join(root, folder, file), 'utf8');
      for (const [, number] of source.matchAll(/['"`](\d+) · /g)) tested.add(number);
    }
  }
  const page = readFileSync(join(root, 'docs/threats.md'), 'utf8');
  const listed = new Set([...page.matchAll(/^\| (\d+) +\|/gm)].map(([, number]) => number));
  return [
    ...[...tested].filter((number) => !listed.has(number)).map((row) => `docs/threats.md has no row ${row}`),
    ...[...listed]
      .filter((number) => !tested.has(number))
      .map((row) => `docs/threats.md: no test of row ${row}`),
  ];
}
