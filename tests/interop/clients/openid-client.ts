import * as client from 'openid-client';
import type { Connection } from '../walk.js';

type Authenticate = (secret: string) => client.ClientAuth;
type Configure = (connection: Connection, authenticate: Authenticate) => Promise<client.Configuration>;

export const fromMetadata: Configure = ({ origin, clientId, clientSecret }, authenticate) =>
  client.discovery(new URL(origin), clientId, clientSecret, authentication(clientSecret, authenticate), {
    algorithm: 'oauth2',
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- plain http on loopback; marked so that it stands out
    execute: [client.allowInsecureRequests],
  });

export const fromFixedEndpoints: Configure = (connection, authenticate) => {
  const { origin, endpoints, clientId, clientSecret } = connection;
  const configuration = new client.Configuration(
    {
      issuer: origin,
      authorization_endpoint: endpoints.authorize,
      token_endpoint: endpoints.token,
      revocation_endpoint: endpoints.revoke,
    },
    clientId,
    clientSecret,
    authentication(clientSecret, authenticate),
  );
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- plain http on loopback; marked so that it stands out
  client.allowInsecureRequests(configuration);
  return Promise.resolve(configuration);
};

function authentication(secret: string | undefined, authenticate: Authenticate): client.ClientAuth {
  return secret === undefined ? client.None() : authenticate(secret);
}

export async function walkOpenidClient(
  connection: Connection,
  configure: Configure,
  authenticate: Authenticate,
): Promise<void> {
  const { redirectUri, api, diary } = connection;
  const configuration = await configure(connection, authenticate);
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
  });

  const callback = await connection.visit(url);
  const checks = { pkceCodeVerifier, expectedState };
  const exchanged = await client.authorizationCodeGrant(configuration, callback, checks);
  diary.tokens(exchanged);
  const call = async ({ access_token }: { readonly access_token: string }): Promise<number> => {
    try {
      return (await client.fetchProtectedResource(configuration, access_token, new URL(api), 'GET')).status;
    } catch (error) {
      if (error instanceof client.WWWAuthenticateChallengeError) return error.status;
      throw error;
    }
  };

  diary.called(await call(exchanged));
  const first = await client.refreshTokenGrant(configuration, exchanged.refresh_token ?? '');
  diary.tokens(first);
  const second = await client.refreshTokenGrant(configuration, first.refresh_token ?? '');
  diary.tokens(second);
  diary.called(await call(second));

  await client.tokenRevocation(configuration, second.refresh_token ?? '');
  diary.revoked();
  diary.called(await call(second));
  await client.refreshTokenGrant(configuration, second.refresh_token ?? '').catch((error: unknown) => {
    diary.refused(error instanceof client.ResponseBodyError ? error.error : error);
  });
}
