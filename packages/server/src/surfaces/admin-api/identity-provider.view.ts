import { X509Certificate } from 'node:crypto';
import { callbackUrlOf, metadataUrlOf, signOutUrlOf, type IdentityProvider, type Revised } from '@fluxo/core';
import { describeCertificate } from '../../adapters/saml/certificate-end.js';
import { iso, isoOrNull } from './views.js';

const NO_OIDC = { issuer: null, client_id: null, scope: null, client_authentication: null };
const NO_SAML = {
  ...{ entity_id: null, sign_on_url: null, sign_on_binding: null },
  ...{ certificates: null, certificate_ends: null, sign_requests: null },
  ...{ sign_out_url: null, sign_out_answer_url: null },
};

export function identityProviderView(
  { thing: provider, revision }: Revised<IdentityProvider>,
  origin: string,
) {
  const { attributes, settings } = provider;
  return {
    ...{ id: provider.id, kind: settings.kind, name: provider.name, enabled: provider.enabled },
    ...settingsView(provider),
    email_domains: [...provider.emailDomains],
    first_name_attribute: attributes.firstName,
    last_name_attribute: attributes.lastName,
    email_attribute: attributes.email,
    federation_id_attribute: attributes.federationId,
    auto_provision: provider.autoProvision,
    update_names: provider.updateNames,
    has_client_secret: settings.kind === 'oidc' && provider.hasSecret,
    addresses: addressesOf(provider, origin),
    created_at: iso(provider.createdAt),
    updated_at: iso(provider.updatedAt),
    last_used_at: isoOrNull(provider.lastUsedAt),
    revision,
  };
}

function settingsView({ settings }: IdentityProvider) {
  if (settings.kind === 'saml') {
    return {
      ...NO_OIDC,
      entity_id: settings.entityId,
      sign_on_url: settings.signOnUrl,
      sign_on_binding: settings.signOnBinding,
      certificates: [...settings.certificates],
      certificate_ends: settings.certificates.map((pem) =>
        iso(describeCertificate(new X509Certificate(pem)).notAfter),
      ),
      sign_requests: settings.signRequests,
      sign_out_url: settings.signOutUrl ?? null,
      sign_out_answer_url: settings.signOutAnswerUrl ?? null,
    };
  }
  return {
    ...NO_SAML,
    issuer: settings.issuer,
    client_id: settings.clientId === '' ? null : settings.clientId,
    scope: settings.scope,
    client_authentication: settings.clientAuthentication,
  };
}

/** What the company's administrator has to write down on the other side. */
function addressesOf(provider: IdentityProvider, origin: string): Record<string, string> {
  const callback = callbackUrlOf(origin, provider);
  const signOut = signOutUrlOf(origin, provider);
  if (provider.settings.kind === 'oidc') return { callback_url: callback, post_logout_redirect_url: signOut };
  const metadata = metadataUrlOf(origin, provider);
  return {
    ...{ acs_url: callback, slo_url: signOut },
    ...{ metadata_url: metadata, service_provider_entity_id: metadata },
  };
}
