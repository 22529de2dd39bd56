// `npm run interop`: real OAuth clients, in JavaScript, Python, Go and curl, against a real server.
import { installIfNeeded, run } from './install.mjs';

installIfNeeded();
run(process.execPath, ['--import', 'tsx', 'tests/interop/run-interop.ts'], { output: 'inherit' });
