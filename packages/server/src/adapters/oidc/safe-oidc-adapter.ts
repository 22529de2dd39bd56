import type { ProviderNetwork } from '../provider-address.js';
import { createSafeFetch } from '../safe-fetch.js';
import { OidcAdapter } from './oidc-adapter.js';

/** @param allowed networks that are not public, and where a provider may be nevertheless */
export function safeOidcAdapter(allowed: readonly ProviderNetwork[]): OidcAdapter {
  const fetch = createSafeFetch({ allowed });
  return new OidcAdapter((url, { body, headers, method, redirect, signal }) =>
    fetch(url, {
      ...{ headers, method, redirect },
      // Forms are all that is ever sent.
      ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}
