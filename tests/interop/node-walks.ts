import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { walkFluxoClient } from './clients/fluxo-client.js';
import { discovered, fixedEndpoints, walkOauth4webapi } from './clients/oauth4webapi.js';
import { fromFixedEndpoints, fromMetadata, walkOpenidClient } from './clients/openid-client.js';
import { walkPassportOauth2 } from './clients/passport-oauth2.js';
import { walkSimpleOauth2 } from './clients/simple-oauth2.js';
import type { Application, Connection, Family, Walk } from './walk.js';

type Way = readonly [Application, Family, string, (connection: Connection) => Promise<void>];

function of(client: string, ways: readonly Way[]): readonly Walk[] {
  return ways.map(([application, family, how, run]) => ({ client, application, family, how, run }));
}

const oauth4webapi = of('oauth4webapi', [
  ...(['web', 'spa'] as const).map((application): Way => [
    application,
    'standard',
    `RFC 8414 metadata, \`iss\` checked, PKCE${application === 'web' ? ', secret by Basic' : ''}`,
    (connection) => walkOauth4webapi(connection, { find: discovered, authenticate: oauth.ClientSecretBasic }),
  ]),
  [
    'web',
    'standard',
    'RFC 8414 metadata, `iss` checked, PKCE, secret in the body',
    (connection) => walkOauth4webapi(connection, { find: discovered, authenticate: oauth.ClientSecretPost }),
  ],
  [
    'web',
    'dialect',
    'fixed URLs, `sessionID` named in `recognizedTokenTypes`',
    (connection) =>
      walkOauth4webapi(connection, { find: fixedEndpoints, authenticate: oauth.ClientSecretBasic }),
  ],
]);

const openidClient = of('openid-client', [
  ...(['web', 'spa'] as const).map((application): Way => [
    application,
    'standard',
    `RFC 8414 metadata, \`iss\` checked, PKCE${application === 'web' ? ', secret by Basic' : ''}`,
    (connection) => walkOpenidClient(connection, fromMetadata, openid.ClientSecretBasic),
  ]),
  [
    'web',
    'standard',
    'RFC 8414 metadata, `iss` checked, PKCE, secret in the body',
    (connection) => walkOpenidClient(connection, fromMetadata, openid.ClientSecretPost),
  ],
  [
    'bearer',
    'dialect',
    'fixed URLs',
    (connection) => walkOpenidClient(connection, fromFixedEndpoints, openid.ClientSecretBasic),
  ],
]);

const simpleOauth2 = of('simple-oauth2', [
  [
    'web',
    'dialect',
    '`bodyFormat: "json"`, secret in the body',
    (connection) => walkSimpleOauth2(connection, { bodyFormat: 'json', authorizationMethod: 'body' }),
  ],
  [
    'web',
    'dialect',
    '`bodyFormat: "json"`, secret by Basic',
    (connection) => walkSimpleOauth2(connection, { bodyFormat: 'json' }),
  ],
  [
    'web',
    'standard',
    'forms, secret by Basic',
    (connection) => walkSimpleOauth2(connection, { bodyFormat: 'form' }),
  ],
]);

const passportOauth2 = of('passport-oauth2', [
  ['web', 'standard', '`state` and `pkce` on, secret in the body', walkPassportOauth2],
  ['web', 'dialect', '`state` and `pkce` on, secret in the body', walkPassportOauth2],
  ['spa', 'standard', '`state` and `pkce` on, empty `client_secret` in the body', walkPassportOauth2],
]);

const fluxoClient = of(
  '@fluxo/client',
  (['web', 'spa'] as const).flatMap((application) =>
    (['standard', 'dialect'] as const).map((family): Way => [
      application,
      family,
      `PKCE${application === 'web' ? ', secret by Basic' : ''}${family === 'standard' ? ', `iss` checked' : ''}`,
      (connection) => walkFluxoClient(connection, family),
    ]),
  ),
);

export const NODE_WALKS: readonly Walk[] = [
  ...oauth4webapi,
  ...openidClient,
  ...simpleOauth2,
  ...passportOauth2,
  ...fluxoClient,
];
