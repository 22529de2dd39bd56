// `npm start`: everything a person needs to click through the flow, on a machine that has only Node.
import { installIfNeeded } from './install.mjs';

installIfNeeded();
// As bin/fluxo.js does.
process.env.NODE_ENV ||= 'production';
await import('../examples/demo/dist/start.js');
