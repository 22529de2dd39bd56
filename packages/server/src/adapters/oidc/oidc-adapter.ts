import {
  wantedAttributes,
  type IdentityProvider,
  type OidcSettings,
  type ProvenIdentity,
  type ProviderAdapter,
  type ProviderCallback,
  type ProviderOutcome,
  type ProviderRequest,
  type ProviderStart,
} from '@fluxo/core';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  type Configuration,
  type CustomFetch,
} from 'openid-client';
import { DiscoveredProviders } from './discovered-providers.js';
import { toFailure } from './oidc-failure.js';
import { flatClaims, verifiedEmailOf, type Claims } from './flat-claims.js';

/** What is kept with the flow until the answer comes. */
interface Memory {
  readonly nonce: string;
  readonly verifier: string;
}

/** The relying party of OpenID Connect Core §3.1, with PKCE, state and nonce, all of them always. */
export class OidcAdapter implements ProviderAdapter {
  readonly #discovered: DiscoveredProviders;

  /** @param fetch how a provider is asked: by an address that an administrator wrote, so never a plain fetch */
  constructor(fetch: CustomFetch) {
    this.#discovered = new DiscoveredProviders(fetch);
  }

  async begin(provider: IdentityProvider, request: ProviderRequest): Promise<ProviderStart> {
    const settings = settingsOf(provider);
    try {
      const configuration = await this.#discovered.find(provider, settings, request.secret);
      const memory: Memory = { nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const location = buildAuthorizationUrl(configuration, {
        scope: settings.scope,
        redirect_uri: request.callbackUrl,
        state: request.state,
        nonce: memory.nonce,
        code_challenge: await calculatePKCECodeChallenge(memory.verifier),
        code_challenge_method: 'S256',
        ...(request.loginHint === null ? {} : { login_hint: request.loginHint }),
        ...(request.forceLogin ? { prompt: 'login' } : {}),
        ...(request.uiLocales === null ? {} : { ui_locales: request.uiLocales }),
      });
      // Its scheme was judged by openid-client: https, and http only where the issuer is.
      return { kind: 'go', location: location.href, memory: JSON.stringify(memory) };
    } catch (error) {
      return toFailure(error);
    }
  }

  async finish(provider: IdentityProvider, callback: ProviderCallback): Promise<ProviderOutcome> {
    // Our own, from the flow's row.
    const { nonce, verifier } = JSON.parse(callback.memory) as Memory;
    const url = new URL(callback.callbackUrl);
    url.search = callback.parameters;
    try {
      const configuration = await this.#discovered.find(provider, settingsOf(provider), callback.secret);
      const tokens = await authorizationCodeGrant(configuration, url, {
        expectedState: callback.state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims: Claims = tokens.claims() ?? {};
      const all = await withUserInfo(claims, tokens.access_token, { provider, configuration });
      return { kind: 'proven', identity: toIdentity(all) };
    } catch (error) {
      return toFailure(error);
    }
  }
}

function settingsOf({ settings }: IdentityProvider): OidcSettings {
  if (settings.kind === 'oidc') return settings;
  throw new Error(`A provider of the kind ${settings.kind} is not asked here.`);
}

/** Many providers put names and addresses there only (OpenID Connect Core §5.4). What the ID token says counts first. */
async function withUserInfo(
  claims: Claims,
  accessToken: string,
  at: { readonly provider: IdentityProvider; readonly configuration: Configuration },
): Promise<Claims> {
  const { userinfo_endpoint: endpoint } = at.configuration.serverMetadata();
  const missing = wantedAttributes(at.provider).some((name) => claims[name] === undefined);
  if (endpoint === undefined || !missing) return claims;
  const info: Claims = await fetchUserInfo(at.configuration, accessToken, String(claims['sub']));
  return { ...info, ...claims };
}

function toIdentity(claims: Claims): ProvenIdentity {
  return {
    subject: String(claims['sub']),
    attributes: flatClaims(claims),
    emailVerified: verifiedEmailOf(claims),
  };
}
