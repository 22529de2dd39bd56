import {
  InputError,
  type IdentityProviderChange,
  type IdentityProviderInput,
  type ProviderKind,
} from '@fluxo/core';
import type { Static } from 'typebox';
import { settingsOfMetadata } from '../../adapters/saml/settings-of-metadata.js';
import { withoutUndefined } from '../../without-undefined.js';
import type { IdentityProviderChange as Change } from './schemas/identity-provider.schema.js';

const OIDC_ONLY = ['issuer', 'client_id', 'client_secret', 'client_authentication', 'scope'] as const;
const SAML_ONLY = [
  ...(['metadata', 'entity_id', 'sign_on_url', 'sign_on_binding', 'certificates'] as const),
  ...(['sign_requests', 'sign_out_url', 'sign_out_answer_url'] as const),
] as const;

/** @throws InputError for a member that this kind doesn't have, or metadata that can't be read */
export function toProviderChange(
  body: Static<typeof Change>,
  kind: ProviderKind,
  now: number,
): IdentityProviderChange {
  refuseOtherKind(body, kind);
  return {
    ...withoutUndefined({
      name: body.name,
      enabled: body.enabled,
      emailDomains: body.email_domains,
      autoProvision: body.auto_provision,
      updateNames: body.update_names,
      secret: body.client_secret,
    }),
    attributes: withoutUndefined({
      firstName: body.first_name_attribute,
      lastName: body.last_name_attribute,
      email: body.email_attribute,
      federationId: body.federation_id_attribute,
    }),
    ...(kind === 'oidc' ? { oidc: oidcOf(body) } : { saml: samlOf(body, now) }),
  };
}

function oidcOf(body: Static<typeof Change>): NonNullable<IdentityProviderInput['oidc']> {
  return withoutUndefined({
    issuer: body.issuer,
    clientId: body.client_id === null ? '' : body.client_id,
    scope: body.scope,
    clientAuthentication: body.client_authentication,
  });
}

/** What is written beside the metadata counts more. */
function samlOf(body: Static<typeof Change>, now: number): NonNullable<IdentityProviderInput['saml']> {
  return {
    ...(body.metadata === undefined ? {} : settingsOfMetadata(body.metadata, now)),
    ...withoutUndefined({
      entityId: body.entity_id,
      signOnUrl: body.sign_on_url,
      signOnBinding: body.sign_on_binding,
      certificates: body.certificates,
      signRequests: body.sign_requests,
      signOutUrl: body.sign_out_url === null ? '' : body.sign_out_url,
      signOutAnswerUrl: body.sign_out_answer_url === null ? '' : body.sign_out_answer_url,
    }),
  };
}

function refuseOtherKind(body: Static<typeof Change>, kind: ProviderKind): void {
  const wrong = (kind === 'oidc' ? SAML_ONLY : OIDC_ONLY).find((member) => body[member] !== undefined);
  if (wrong !== undefined) {
    throw new InputError(wrong, `${wrong} is not for an identity provider of the kind ${kind}.`);
  }
}
