// `npm run demo`: the flow without a person, each request and answer printed.
import { installIfNeeded } from './install.mjs';

installIfNeeded();
// As bin/fluxo.js does.
process.env.NODE_ENV ||= 'production';
await import('../examples/demo/dist/walk-main.js');
