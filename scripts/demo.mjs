// `npm run demo`: the flow without a person, each request and answer printed.
import { installIfNeeded } from './install.mjs';

installIfNeeded();
await import('../examples/demo/dist/walk-main.js');
