import { Type, type TSchema } from 'typebox';
import { Id, Named, Nullable, Revision, Text, Time } from './common.schema.js';

const Attribute = Nullable(Text('claim or attribute; null: what is usual'));
const Authentication = Type.Union([
  Type.Literal('client_secret_basic'),
  Type.Literal('client_secret_post'),
  Type.Literal('none'),
]);
const Binding = Type.Union([Type.Literal('redirect'), Type.Literal('post')]);
const Kind = Type.Union([Type.Literal('oidc'), Type.Literal('saml')]);

const SHARED = {
  name: Text('what the button says: Continue with …'),
  enabled: Type.Boolean({ description: 'false ends what it opened' }),
  email_domains: Type.Array(Text('whose e-mail address ends so is sent there'), { maxItems: 100 }),
  first_name_attribute: Attribute,
  last_name_attribute: Attribute,
  email_attribute: Attribute,
  federation_id_attribute: Attribute,
  auto_provision: Type.Boolean({ description: 'makes a user for whoever comes for the first time' }),
  update_names: Type.Boolean(),
};
const OIDC = {
  issuer: Text('oidc: exactly as the provider writes it'),
  client_id: Nullable(Text('oidc: how the provider knows this environment')),
  scope: Text('oidc: what is asked for'),
  client_authentication: Authentication,
};
const SAML = {
  entity_id: Text('saml: the provider’s entity ID'),
  sign_on_url: Text('saml: where it takes requests'),
  sign_on_binding: Binding,
  certificates: Type.Array(Type.String({ maxLength: 10_000 }), { maxItems: 10, description: 'saml: PEM' }),
  sign_requests: Type.Boolean(),
  sign_out_url: Nullable(
    Text('saml: where it takes sign-outs by redirect (SingleLogoutService); null: nowhere'),
  ),
  sign_out_answer_url: Nullable(
    Text('saml: where it takes the answers to its own sign-outs; null: where it takes sign-outs'),
  ),
};
const nullable = <T extends Record<string, TSchema>>(properties: T) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, Nullable(schema)]),
  ) as unknown as {
    [K in keyof T]: ReturnType<typeof Nullable<T[K]>>;
  };

export const IdentityProvider = Named('IdentityProvider', {
  id: Id('the identity provider'),
  kind: Kind,
  ...SHARED,
  ...nullable(OIDC),
  ...nullable(SAML),
  certificate_ends: Nullable(
    Type.Array(Time, { description: 'saml: when each certificate ends, in their order' }),
  ),
  has_client_secret: Type.Boolean(),
  addresses: Type.Record(Type.String(), Type.String(), {
    description:
      'of this server, to be registered at the provider: callback_url and post_logout_redirect_url (oidc); ' +
      'acs_url, slo_url, metadata_url and service_provider_entity_id (saml)',
  }),
  created_at: Time,
  updated_at: Time,
  last_used_at: Nullable(Time),
  revision: Revision,
});
const change = {
  ...Type.Partial(Type.Object({ ...SHARED, ...OIDC, ...SAML })).properties,
  metadata: Type.Optional(
    Type.String({
      maxLength: 250_000,
      description:
        'saml: the provider’s metadata (XML), which says the rest; what is written beside it counts more',
    }),
  ),
  client_secret: Type.Optional(
    Nullable(Type.String({ maxLength: 5000, description: 'oidc; never given back' })),
  ),
};
export const IdentityProviderChange = Named('IdentityProviderChange', change);
export const NewIdentityProvider = Named('NewIdentityProvider', { ...change, kind: Kind, name: SHARED.name });
const NamedValues = Type.Array(
  Named('NamedValues', { name: Type.String(), values: Type.Array(Type.String()) }),
);
export const LastTest = Named('LastTest', {
  at: Time,
  refusal: Nullable(
    Type.Object(
      { reason: Type.String(), detail: Type.String() },
      { description: 'null: it let the person in' },
    ),
  ),
  mapped: NamedValues,
  received: NamedValues,
});
export const ProviderTest = Named('ProviderTest', {
  url: Type.String({ description: 'open it in a browser within 15 minutes' }),
});
