// `npm run api-types`: writes the console's types of the HTTP API from the server's own OpenAPI document.
import { installIfNeeded, run } from './install.mjs';

installIfNeeded();
run(process.execPath, ['--import', 'tsx', 'tests/console/write-api-types.ts']);
