export { DEMO_PASSWORD, DEMO_USERS } from './demo-data.js';
export { startDemo, type Demo } from './demo-server.js';
export { walkTheFlow } from './walk.js';
