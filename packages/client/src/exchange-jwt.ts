import { postForm } from './post-form.js';
import { repeatWhileUnavailable } from './retry.js';
import { asBareFunction, checkedOrigin, required, type Fetch } from './settings.js';
import { signJwt, type JwtAlgorithm } from './sign-jwt.js';
import { sessionFrom } from './token-request.js';
import type { Tokens } from './token-store.js';

export interface JwtExchange {
  /** The organization's own address at Fluxo, `https://<domain>.<lane>.<base>`: scheme, host and port alone. */
  readonly origin: string;
  /** The application's `client_id` and its secret. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** The environment's identifier, 32 characters. */
  readonly environmentId: string;
  /** Of the user who registered the key: the application acts for them. */
  readonly wid: string;
  /** PKCS#8 in PEM. Its public half is registered for the application. */
  readonly privateKeyPem: string;
  /** Default: `RS256`. */
  readonly algorithm?: JwtAlgorithm | undefined;
  /** Default: the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** The present, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** A session without a refresh token: when it has ended, exchange another JWT. */
export type MachineSession = Omit<Tokens, 'refreshToken'>;

/** It is used at once. */
const JWT_LIFE_SECONDS = 120;

/**
 * Signs a JWT and trades it for a session (RFC 7523 §2.1), for a `machine` application. A JWT is used once: when
 * an answer got lost, another one is signed.
 *
 * @throws FluxoError `invalid_option`; `request_refused`, where `error` is `invalid_grant` when the key was deleted, its
 *   user was disabled or disconnected the application, or the clocks differ; `unavailable`, `invalid_response`
 */
export async function exchangeJwt(exchange: JwtExchange): Promise<MachineSession> {
  const origin = checkedOrigin(exchange.origin);
  const { algorithm = 'RS256', privateKeyPem, now = () => Date.now() } = exchange;
  const caller = {
    clientId: required('clientId', exchange.clientId),
    clientSecret: required('clientSecret', exchange.clientSecret),
    fetch: asBareFunction(exchange.fetch),
  };
  const parties = {
    iss: required('environmentId', exchange.environmentId),
    sub: required('wid', exchange.wid),
  };
  return repeatWhileUnavailable(async () => {
    const askedAt = now();
    const iat = Math.floor(askedAt / 1000);
    const claims = { ...parties, aud: origin, iat, exp: iat + JWT_LIFE_SECONDS, jti: crypto.randomUUID() };
    const jwt = await signJwt(claims, { algorithm, privateKeyPem });
    const parameters = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt };
    return sessionFrom(await postForm(caller, `${origin}/oauth2/token`, parameters), askedAt);
  });
}
