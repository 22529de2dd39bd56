// `npm start`: everything a person needs to click through the flow, on a machine that has only Node.
import { installIfNeeded } from './install.mjs';

installIfNeeded();
await import('../examples/demo/dist/start.js');
