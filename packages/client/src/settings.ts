import { FluxoError } from './errors.js';
import type { TokenStore } from './token-store.js';

/** The part of `fetch` this package needs; the platform's own fits. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface FluxoClientOptions {
  /** The organization's own address at Fluxo, `https://<domain>.<lane>.<base>`: scheme, host and port alone. */
  readonly origin: string;
  /** The application's `client_id`. */
  readonly clientId: string;
  /** The secret of a `web` application. Left out for a `spa`, which has none (RFC 6749 §2.1, public client). */
  readonly clientSecret?: string | undefined;
  /** One of the application's registered redirect URLs, character for character. */
  readonly redirectUri: string;
  /** Where the tokens of this one connection are kept. */
  readonly tokenStore: TokenStore;
  /** Which family of endpoints to speak to. `standard` adds the check of `iss` (RFC 9207). Default: `dialect`. */
  readonly endpoints?: 'dialect' | 'standard' | undefined;
  /** Default: the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** The present, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** The options once checked, with everything in place. */
export interface Settings {
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly redirectUri: string;
  readonly tokenStore: TokenStore;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  /** RFC 9207 §2.4: where the server is known to send `iss`, an answer without it is refused. */
  readonly issuerRequired: boolean;
  readonly fetch: Fetch;
  readonly now: () => number;
}

const PATHS = {
  dialect: {
    authorize: '/integrations/oauth2/authorize',
    token: '/integrations/oauth2/api/v1/token',
    revoke: '/integrations/oauth2/api/v1/revoke',
  },
  standard: { authorize: '/oauth2/authorize', token: '/oauth2/token', revoke: '/oauth2/revoke' },
} as const;

export function settingsFrom(options: FluxoClientOptions): Settings {
  const origin = checkedOrigin(options.origin);
  const family = options.endpoints ?? 'dialect';
  const paths = PATHS[family];
  return {
    origin,
    clientId: required('clientId', options.clientId),
    clientSecret:
      options.clientSecret === undefined ? undefined : required('clientSecret', options.clientSecret),
    redirectUri: required('redirectUri', options.redirectUri),
    tokenStore: options.tokenStore,
    authorizeUrl: origin + paths.authorize,
    tokenUrl: origin + paths.token,
    revokeUrl: origin + paths.revoke,
    issuerRequired: family === 'standard',
    fetch: asBareFunction(options.fetch),
    now: options.now ?? (() => Date.now()),
  };
}

/** Called as a bare function: a browser's fetch refuses to be anybody's method. */
export function asBareFunction(given: Fetch | undefined): Fetch {
  const fetchFunction: Fetch = given ?? ((input, init) => globalThis.fetch(input, init));
  return (input, init) => fetchFunction(input, init);
}

export function required(name: string, value: string): string {
  // An empty environment variable is the usual way to get here.
  if (value === '') throw new FluxoError('invalid_option', `${name} must not be empty.`);
  return value;
}

export function checkedOrigin(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || `${url.origin}/` !== url.href) {
    throw new FluxoError('invalid_option', 'origin must be a scheme, a host and a port alone.');
  }
  // RFC 6749 §1.6 and §3.2: secrets and tokens travel over TLS, except where they never leave the machine.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new FluxoError('invalid_option', 'origin must be https; http is for this machine alone.');
  }
  return url.origin;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]'
  );
}
