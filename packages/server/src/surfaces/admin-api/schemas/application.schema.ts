import { Type } from 'typebox';
import {
  Id,
  Named,
  Nullable,
  Person,
  RedirectUrlReason,
  RedirectUrlValues,
  Revision,
  Text,
  Time,
} from './common.schema.js';

export const Kind = Type.Union([Type.Literal('web'), Type.Literal('spa'), Type.Literal('machine')], {
  description: 'web keeps a secret, spa proves itself with PKCE, machine signs JWTs',
});
const Days = Nullable(Type.Integer({ description: 'null: none' }));
const TokenType = Type.Union([
  Type.Literal('by-endpoint'),
  Type.Literal('sessionID'),
  Type.Literal('Bearer'),
]);
const LogoUrl = Nullable(Type.String({ description: 'a path on this origin' }));

const SETTINGS = {
  name: Text('what people read on the consent screen'),
  description: Nullable(Text('what it does, in a sentence')),
  description_url: Nullable(Text('where people read more')),
  privacy_url: Nullable(Text('its privacy policy')),
  terms_url: Nullable(Text('its terms')),
  developer_name: Nullable(Text('who makes it')),
  developer_email: Nullable(Text('how to reach them')),
  redirect_urls: Type.Array(Text('compared character for character'), { maxItems: 100 }),
  remember_consent: Type.Boolean({ description: 'web with https URLs only' }),
  token_type: TokenType,
  enabled: Type.Boolean(),
  introspect_environment: Type.Boolean({ description: 'it may introspect all the environment’s tokens' }),
  admin_api: Type.Boolean({ description: 'machine only: scripts may use this API through it' }),
};
const POLICY = {
  rotation: Type.Boolean({ description: 'each refresh brings a new refresh token' }),
  absolute_days: Days,
  inactivity_days: Days,
};

const COUNTED = {
  logo_url: LogoUrl,
  connected_users: Type.Integer({ minimum: 0 }),
  last_used_at: Nullable(Time),
  created_at: Time,
};

const FULL = {
  client_id: Id('the OAuth client_id'),
  kind: Kind,
  ...SETTINGS,
  refresh_policy: Named('RefreshPolicy', POLICY),
  ...COUNTED,
  updated_at: Time,
  revision: Revision,
};

export const Application = Named('Application', FULL);
export const ApplicationItem = Named('ApplicationItem', {
  client_id: FULL.client_id,
  name: SETTINGS.name,
  kind: Kind,
  enabled: SETTINGS.enabled,
  ...COUNTED,
});
export const RegisteredApplication = Named('RegisteredApplication', {
  ...FULL,
  client_secret: Nullable(Type.String({ description: 'shown once, never stored; null for a spa' })),
});

const change = {
  ...Type.Partial(Type.Object(SETTINGS)).properties,
  refresh_policy: Type.Optional(Type.Partial(Type.Object(POLICY), { additionalProperties: false })),
};
export const ApplicationChange = Named('ApplicationChange', change);
export const NewApplication = Named('NewApplication', { ...change, kind: Kind, name: SETTINGS.name });

export const RedirectUrlCheck = Named('RedirectUrlCheck', {
  kind: Kind,
  url: Type.String({ maxLength: 8192 }),
});
export const RedirectUrlVerdict = Named('RedirectUrlVerdict', {
  ok: Type.Boolean(),
  detail: Nullable(Type.String({ description: 'why not, and what to write' })),
  reason: Nullable(RedirectUrlReason),
  values: RedirectUrlValues,
});

export const Logo = Named('Logo', { logo_url: LogoUrl });

const SECRET = {
  secret_id: Id('the secret'),
  note: Nullable(Type.String()),
  last_characters: Type.String({ description: 'to tell which one a client still sends' }),
  created_at: Time,
  last_used_at: Nullable(Time),
  deleted_at: Nullable(Time),
};
export const Secret = Named('Secret', SECRET);
export const NewSecret = Named('NewSecret', { note: Type.Optional(Nullable(Text('what it is for'))) });
export const CreatedSecret = Named('CreatedSecret', {
  ...SECRET,
  client_secret: Type.String({ description: 'shown once, never stored' }),
});

const KEY = {
  key_id: Id('the key'),
  note: Nullable(Type.String()),
  algorithm: Type.String({ description: 'RS256 (a key for PS256 too), ES256 or EdDSA' }),
  fingerprint: Type.String({ description: 'SHA-256 of the public key (SPKI, DER), hexadecimal' }),
  registered_by: Type.Object({
    wid: Id('whom the application acts for with it'),
    username: Nullable(Type.String()),
    name: Nullable(Type.String()),
  }),
  created_at: Time,
  last_used_at: Nullable(Time),
  deleted_at: Nullable(Time),
  public_key_pem: Type.String(),
};
export const Key = Named('Key', KEY);
export const NewKey = Named('NewKey', {
  public_key: Type.Optional(Type.String({ maxLength: 20_000, description: 'PEM, X.509 PEM or JWK' })),
  generate: Type.Optional(Type.Union([Type.Literal('RS256'), Type.Literal('ES256'), Type.Literal('EdDSA')])),
  note: Type.Optional(Nullable(Text('what it is for'))),
});
export const CreatedKey = Named('CreatedKey', {
  ...KEY,
  private_key: Nullable(Type.String({ description: 'PKCS#8 PEM, shown once, never stored' })),
});

export const Connection = Named('Connection', {
  consent_id: Id('the consent'),
  user: Person,
  connected_at: Time,
  last_used_at: Nullable(Time),
});
export const Disconnected = Named('Disconnected', { disconnected: Type.Integer({ minimum: 0 }) });
