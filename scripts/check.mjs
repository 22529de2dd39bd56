// `npm run check`: format, lint, types, room boundaries, unused code, duplication, documents.
import { installIfNeeded, root } from './install.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

installIfNeeded();

const steps = [
  ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']],
  ['lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']],
  ['types', 'typescript/bin/tsc', ['-b']],
  ['types of the tests', 'typescript/bin/tsc', ['-p', 'tests/tsconfig.json', '--noEmit']],
  ['types of the bench', 'typescript/bin/tsc', ['-p', 'bench/tsconfig.json', '--noEmit']],
  [
    'room boundaries',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['packages', 'examples', 'tests', 'bench', '--config', '.dependency-cruiser.cjs'],
  ],
  ['unused code', 'knip/bin/knip.js', []],
  ['duplication', 'jscpd/bin/jscpd', ['--config', '.jscpd.json']],
  ['links', '../scripts/documents.mjs', []],
  ['conformance', '../scripts/conformance.mjs', ['--check']],
];

const failed = [];
for (const [name, bin, args] of steps) {
  const started = Date.now();
  const result = spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const passed = result.status === 0;
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (!passed) {
    failed.push(name);
    process.stdout.write(`${result.stdout}${result.stderr}\n`);
  }
}
process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}\n`);
process.exit(failed.length === 0 ? 0 : 1);
