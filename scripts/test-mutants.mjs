// `npm run test:mutants [-- --only ID | --row N]`: takes out each named check in turn and must see its row fail.
import { installIfNeeded, run } from './install.mjs';

installIfNeeded();
run(process.execPath, ['--import', 'tsx', 'tests/mutants/main.ts', ...process.argv.slice(2)], {
  output: 'inherit',
});
