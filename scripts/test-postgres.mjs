// `npm run test:postgres [-- FILES]`: the tests of the attacks and of the flow once more, on a real PostgreSQL.
import { installIfNeeded, run } from './install.mjs';

installIfNeeded();
const args = process.argv.slice(2);
const files = args.some((arg) => !arg.startsWith('-')) ? args : ['tests/attacks', 'tests/flow', ...args];
run(process.execPath, ['--import', 'tsx', 'tests/support/run-on-postgres.ts', ...files], {
  output: 'inherit',
});
