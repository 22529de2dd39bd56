export { encodeLogo } from './adapters/logo.js';
export { parseProviderNetworks } from './adapters/provider-address.js';
export {
  createSafeFetch,
  ProviderUnreachable,
  type Resolve,
  type SafeFetchLimits,
} from './adapters/safe-fetch.js';
export { mapAttributes } from './adapters/saml/attribute-mapping.js';
export { ourMetadata } from './adapters/saml/our-metadata.js';
export { parseProviderMetadata } from './adapters/saml/provider-metadata.js';
export type { SamlSettings } from './adapters/saml/saml-settings.js';
export { samlServiceProvider } from './adapters/saml/service-provider.js';
export { makeSigningKey } from './adapters/saml/signing-key.js';
export { composeServer, type ComposeOptions, type FluxoServer } from './compose.js';
export { ConfigError, readConfig, type Config } from './config.js';
export type { ServerEnvironmentStorage, Services } from './services.js';
