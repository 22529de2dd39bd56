export { encodeLogo } from './adapters/logo.js';
export { composeServer, type ComposeOptions, type FluxoServer } from './compose.js';
export { ConfigError, readConfig, type Config } from './config.js';
export type { ServerEnvironmentStorage, Services } from './services.js';
