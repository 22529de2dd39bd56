import * as oauth from 'oauth4webapi';
import type { Connection } from '../walk.js';

// eslint-disable-next-line @typescript-eslint/no-deprecated -- plain http on loopback; marked so that it stands out
const insecure = { [oauth.allowInsecureRequests]: true };
/** How an application tells the library of a token_type that isn't Bearer. */
const sessionIdToo = { recognizedTokenTypes: { sessionid: () => undefined } };

/** RFC 8414's document, whose issuer must be the one that was asked for. */
export async function discovered({ origin }: Connection): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(origin);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
  return oauth.processDiscoveryResponse(issuer, answer);
}

export function fixedEndpoints({ origin, endpoints }: Connection): Promise<oauth.AuthorizationServer> {
  return Promise.resolve({
    issuer: origin,
    authorization_endpoint: endpoints.authorize,
    token_endpoint: endpoints.token,
    revocation_endpoint: endpoints.revoke,
  });
}

interface Way {
  readonly find: (connection: Connection) => Promise<oauth.AuthorizationServer>;
  readonly authenticate: (secret: string) => oauth.ClientAuth;
}

export async function walkOauth4webapi(connection: Connection, { find, authenticate }: Way): Promise<void> {
  const { clientId: client_id, clientSecret, redirectUri, diary } = connection;
  const server = await find(connection);
  const client: oauth.Client = { client_id };
  const authentication = clientSecret === undefined ? oauth.None() : authenticate(clientSecret);

  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();

  // Checks state, and iss where the metadata promises it (RFC 9207).
  const params = oauth.validateAuthResponse(server, client, await connection.visit(url), state);
  const exchanged = await oauth.processAuthorizationCodeResponse(
    server,
    client,
    await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      params,
      redirectUri,
      verifier,
      insecure,
    ),
    sessionIdToo,
  );
  const refresh = async ({ refresh_token = '' }: oauth.TokenEndpointResponse) => {
    const request = [server, client, authentication, refresh_token, insecure] as const;
    const answer = await oauth.refreshTokenGrantRequest(...request);
    return oauth.processRefreshTokenResponse(server, client, answer, sessionIdToo);
  };

  diary.tokens(exchanged);
  diary.called(await call(connection.api, exchanged));
  const first = await refresh(exchanged);
  diary.tokens(first);
  const second = await refresh(first);
  diary.tokens(second);
  diary.called(await call(connection.api, second));

  const token = second.refresh_token ?? '';
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, authentication, token, insecure),
  );
  diary.revoked();
  diary.called(await call(connection.api, second));
  await refresh(second).catch((error: unknown) => {
    diary.refused(error instanceof oauth.ResponseBodyError ? error.error : error);
  });
}

async function call(api: string, { access_token }: oauth.TokenEndpointResponse): Promise<number> {
  try {
    const answer = await oauth.protectedResourceRequest(
      access_token,
      'GET',
      new URL(api),
      undefined,
      undefined,
      insecure,
    );
    return answer.status;
  } catch (error) {
    // The library reads WWW-Authenticate and throws.
    if (error instanceof oauth.WWWAuthenticateChallengeError) return error.status;
    throw error;
  }
}
