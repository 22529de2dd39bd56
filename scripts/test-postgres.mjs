// `npm run test:postgres [-- FILES]`: the tests of the attacks and of the flow once more, on a real PostgreSQL.
import { installIfNeeded, run } from './install.mjs';

installIfNeeded();
const args = process.argv.slice(2);
// SQLite's own: its refusals, its batches. tests/faults has PostgreSQL's.
const excluded = [
  'tests/attacks/tokens-storage-faults.test.ts',
  'tests/flow/metrics.test.ts',
  'tests/flow/older-databases.test.ts',
];
const all = ['tests/attacks', 'tests/flow', ...excluded.flatMap((file) => ['--exclude', file])];
const files = args.some((arg) => !arg.startsWith('-')) ? args : [...all, ...args];
run(process.execPath, ['--import', 'tsx', 'tests/support/run-on-postgres.ts', ...files], {
  output: 'inherit',
});
