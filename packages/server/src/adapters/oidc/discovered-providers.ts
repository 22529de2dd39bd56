import { digestOf, type IdentityProvider, type OidcSettings } from '@fluxo/core';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ClientAuth,
  type Configuration,
  type CustomFetch,
} from 'openid-client';

/** A provider may move its endpoints; its keys are asked for anew by themselves when one isn't known. */
const KEPT_MS = 10 * 60_000;
const MAX_KEPT = 500;
const TIMEOUT_SECONDS = 5;
const CLOCK_TOLERANCE_SECONDS = 60;

interface Kept {
  readonly until: number;
  readonly configuration: Promise<Configuration>;
}

/** What providers say of themselves (OpenID Connect Discovery 1.0), asked once for many sign-ins. */
export class DiscoveredProviders {
  readonly #fetch: CustomFetch;
  readonly #kept = new Map<string, Kept>();

  constructor(fetch: CustomFetch) {
    this.#fetch = fetch;
  }

  /** @throws whatever openid-client and the fetch throw */
  find(
    { id, updatedAt }: IdentityProvider,
    settings: OidcSettings,
    secret: string | undefined,
  ): Promise<Configuration> {
    // Whatever was changed: what was found under other settings is good for nothing.
    const key = digestOf(JSON.stringify([id, updatedAt, settings, secret ?? null])).toString('hex');
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > Date.now()) return kept.configuration;
    const configuration = this.#discover(settings, secret);
    this.#keep(key, configuration);
    return configuration;
  }

  #keep(key: string, configuration: Promise<Configuration>): void {
    this.#kept.delete(key);
    this.#kept.set(key, { until: Date.now() + KEPT_MS, configuration });
    // What failed is asked again by the next one.
    configuration.catch(() => this.#kept.delete(key));
    if (this.#kept.size <= MAX_KEPT) return;
    const [eldest] = this.#kept.keys();
    if (eldest !== undefined) this.#kept.delete(eldest);
  }

  #discover(settings: OidcSettings, secret: string | undefined): Promise<Configuration> {
    const issuer = new URL(settings.issuer);
    const execute = [
      // The signature of each ID token is verified, also where TLS would be enough (OpenID Connect Core §3.1.3.7).
      enableNonRepudiationChecks,
      // http is spoken only where the operator allows the network, which the fetch decides.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is deprecated only to stand out
      ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : []),
    ];
    return discovery(
      issuer,
      settings.clientId,
      { [clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      authenticationOf(settings, secret),
      { [customFetch]: this.#fetch, timeout: TIMEOUT_SECONDS, execute },
    );
  }
}

function authenticationOf({ clientAuthentication }: OidcSettings, secret: string | undefined): ClientAuth {
  if (clientAuthentication === 'none' || secret === undefined) return None();
  return clientAuthentication === 'client_secret_post' ? ClientSecretPost(secret) : ClientSecretBasic(secret);
}
