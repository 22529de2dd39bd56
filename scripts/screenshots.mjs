// `npm run screenshots [-- FOLDER [console]]`: every page at 1280 and 390 pixels, light and dark, to be looked at.
import { installIfNeeded, run } from './install.mjs';

installIfNeeded();
run(process.execPath, ['--import', 'tsx', 'tests/browser/take-screenshots.ts', ...process.argv.slice(2)], {
  output: 'inherit',
});
