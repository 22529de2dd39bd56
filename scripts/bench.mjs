// `npm run bench [-- --only NAME,NAME] [--quick] [--capacity] [--profile] [--load wrk|autocannon|own] [--rounds N] [--seconds N]
// [--connections N] [--json FILE]`: Fluxo beside a bare server and other OAuth servers, in alternation on this machine; writes
// the table of docs/performance.md.
import { installIfNeeded, run } from './install.mjs';

installIfNeeded();
const args = ['--import', 'tsx', 'bench/src/main.ts', ...process.argv.slice(2)];
run(process.execPath, args, { output: 'inherit' });
