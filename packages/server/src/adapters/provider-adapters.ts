import type { ProviderAdapters } from '@fluxo/core';
import type { Config } from '../config.js';
import { once } from '../once.js';

/**
 * Every way in which this server can ask an identity provider. SAML's XML and OpenID Connect's client are 300 modules:
 * they are loaded when the first person goes to a provider of the kind.
 */
export function createProviderAdapters({
  providerNetworks,
}: Pick<Config, 'providerNetworks'>): ProviderAdapters {
  const saml = once(async () => new (await import('./saml/saml-adapter.js')).SamlAdapter());
  const oidc = once(async () =>
    (await import('./oidc/safe-oidc-adapter.js')).safeOidcAdapter(providerNetworks),
  );
  return {
    saml: {
      begin: async (...of) => (await saml()).begin(...of),
      finish: async (...of) => (await saml()).finish(...of),
      signOut: async (...of) => (await saml()).signOut(...of),
      readSignOut: async (...of) => (await saml()).readSignOut(...of),
      answerSignOut: async (...of) => (await saml()).answerSignOut(...of),
    },
    oidc: {
      begin: async (...of) => (await oidc()).begin(...of),
      finish: async (...of) => (await oidc()).finish(...of),
      signOut: async (...of) => (await oidc()).signOut(...of),
    },
  };
}
