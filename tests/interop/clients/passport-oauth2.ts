import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import OAuth2Strategy from 'passport-oauth2';
import type { Connection } from '../walk.js';

/** Express's request, as the strategy needs it. */
type PassportRequest = Parameters<OAuth2Strategy['authenticate']>[0];

interface Profile {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type?: string;
}

/** What the strategy hands over; passport keeps it as the user. */
// eslint-disable-next-line max-params -- the strategy counts them to know what is wanted
function verify(
  accessToken: string,
  refreshToken: string,
  results: { readonly token_type?: string },
  _profile: unknown,
  done: OAuth2Strategy.VerifyCallback,
): void {
  done(null, { ...results, access_token: accessToken, refresh_token: refreshToken });
}

/** What the OAuth2 object really calls back with: null and undefined, which its types don't say. */
type Failure = { readonly statusCode?: number; readonly data?: string } | null;
type TokenAnswer = readonly [Failure, string | undefined, string | undefined, object | undefined];
type ApiAnswer = readonly [Failure, unknown, { readonly statusCode?: number } | undefined];

/** The strategy refreshes and calls through its OAuth2 object, as passport-oauth2-refresh does. */
class Strategy extends OAuth2Strategy {
  refresh(refreshToken: string): Promise<Profile> {
    const params = { grant_type: 'refresh_token' };
    return new Promise((resolve, reject) => {
      this._oauth2.getOAuthAccessToken(refreshToken, params, (...answer) => {
        const [failure, access_token = '', refresh_token = '', results] = answer as unknown as TokenAnswer;
        if (failure === null) resolve({ ...results, access_token, refresh_token });
        else reject(new Error(failure.data));
      });
    });
  }

  call(url: string, accessToken: string): Promise<number> {
    this._oauth2.useAuthorizationHeaderforGET(true);
    return new Promise((resolve) => {
      this._oauth2.get(url, accessToken, (...answer) => {
        const [failure, , response] = answer as unknown as ApiAnswer;
        resolve(failure?.statusCode ?? response?.statusCode ?? 0);
      });
    });
  }
}

/** What `passport.authenticate` does with a strategy, for one visitor with one session. */
class SmallApp {
  readonly strategy: Strategy;
  readonly #session = {};
  user: Profile | undefined;

  constructor(strategy: Strategy) {
    this.strategy = strategy;
  }

  readonly handle = (incoming: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const query = Object.fromEntries(url.searchParams);
    const end = (status: number, headers: Record<string, string> = {}, body = ''): void => {
      response.writeHead(status, headers).end(body);
    };
    const acting = Object.assign(Object.create(this.strategy) as Strategy, {
      redirect: (location: string) => end(302, { location }),
      success: (user: Profile) => {
        this.user = user;
        end(200);
      },
      fail: (challenge: unknown) => end(401, {}, JSON.stringify(challenge)),
      error: (error: Error) => end(500, {}, error.message),
    });
    acting.authenticate(
      Object.assign(incoming, { query, session: this.#session }) as unknown as PassportRequest,
    );
  };
}

export async function walkPassportOauth2(connection: Connection): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await walkWith(connection, server);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function walkWith(connection: Connection, server: ReturnType<typeof createServer>): Promise<void> {
  const { endpoints, clientId, clientSecret = '', redirectUri, diary, api } = connection;
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const strategy = new Strategy(
    {
      authorizationURL: endpoints.authorize,
      tokenURL: endpoints.token,
      clientID: clientId,
      clientSecret,
      callbackURL: home + new URL(redirectUri).pathname,
      state: true,
      pkce: true,
    },
    verify,
  );
  const app = new SmallApp(strategy);
  server.on('request', app.handle);

  const login = await fetch(`${home}/login`, { redirect: 'manual' });
  const callback = await connection.visit(login.headers.get('location') ?? '');
  const back = await fetch(callback);
  if (app.user === undefined) throw new Error(`The callback failed (${back.status}): ${await back.text()}`);

  diary.tokens(app.user);
  diary.called(await strategy.call(api, app.user.access_token));
  const first = await strategy.refresh(app.user.refresh_token);
  diary.tokens(first);
  const second = await strategy.refresh(first.refresh_token);
  diary.tokens(second);
  diary.called(await strategy.call(api, second.access_token));

  // The strategy has no revocation: an application posts it itself.
  const body = new URLSearchParams({
    token: second.refresh_token,
    client_id: clientId,
    ...(clientSecret === '' ? {} : { client_secret: clientSecret }),
  });
  const revocation = await fetch(endpoints.revoke, { method: 'POST', body });
  if (revocation.ok) diary.revoked();
  diary.called(await strategy.call(api, second.access_token));
  await strategy.refresh(second.refresh_token).catch((error: unknown) => {
    diary.refused((JSON.parse((error as Error).message) as { readonly error?: string }).error);
  });
}
