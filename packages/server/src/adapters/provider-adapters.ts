import type { ProviderAdapters } from '@fluxo/core';
import type { Config } from '../config.js';
import { OidcAdapter } from './oidc/oidc-adapter.js';
import { createSafeFetch } from './safe-fetch.js';
import { SamlAdapter } from './saml/saml-adapter.js';

/** Every way in which this server can ask an identity provider. */
export function createProviderAdapters({
  providerNetworks,
}: Pick<Config, 'providerNetworks'>): ProviderAdapters {
  const fetch = createSafeFetch({ allowed: providerNetworks });
  return {
    saml: new SamlAdapter(),
    oidc: new OidcAdapter((url, { body, headers, method, redirect, signal }) =>
      fetch(url, {
        ...{ headers, method, redirect },
        // Forms are all that is ever sent.
        ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
        ...(signal === undefined ? {} : { signal }),
      }),
    ),
  };
}
