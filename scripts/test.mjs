// `npm test [-- vitest arguments]`: all tests, on a machine that has just cloned the repository.
import { installIfNeeded, runNode } from './install.mjs';

installIfNeeded();
runNode('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)], { output: 'inherit' });
