export type { AuthorizationRequest, BegunAuthorization, PendingAuthorization } from './authorization.js';
export { FluxoError, type FluxoErrorCode } from './errors.js';
export { createFluxoClient, type CompletedAuthorization, type FluxoClient } from './fluxo-client.js';
export { exchangeJwt, type JwtExchange, type MachineSession } from './exchange-jwt.js';
export type { Fetch, FluxoClientOptions } from './settings.js';
export { MemoryTokenStore, type Tokens, type TokenStore } from './token-store.js';
