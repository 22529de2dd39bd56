import { createHash } from 'node:crypto';
import type { IdentityProviderId } from '../ids.js';
import { NOW } from '../sample.test.support.js';
import type { IdentityProvider } from './identity-provider.js';

/** An identity provider whose identifier follows from its name. */
export function sampleProvider(overrides: Partial<IdentityProvider> = {}): IdentityProvider {
  const { name = 'Acme' } = overrides;
  return {
    id: createHash('sha256').update(name).digest('hex').slice(0, 32) as IdentityProviderId,
    name,
    enabled: true,
    settings: {
      ...{ kind: 'oidc', issuer: 'https://id.example.com', clientId: 'fluxo', scope: 'openid' },
      clientAuthentication: 'client_secret_basic',
    },
    emailDomains: [],
    attributes: { firstName: null, lastName: null, email: null, federationId: null },
    autoProvision: false,
    updateNames: false,
    hasSecret: true,
    createdAt: NOW,
    updatedAt: NOW,
    lastUsedAt: null,
    ...overrides,
  };
}
