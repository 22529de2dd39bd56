import {
  wantedAttributes,
  type IdentityProvider,
  type OidcSettings,
  type ProvenIdentity,
  type ProvenSession,
  type ProviderAdapter,
  type ProviderCallback,
  type ProviderOutcome,
  type ProviderRequest,
  type ProviderSignOut,
  type ProviderStart,
  type SignOutStart,
} from '@fluxo/core';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
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

/** What is kept with the session: who is to be signed out. */
type SignOutMemory = { readonly id_token_hint: string } | { readonly logout_hint: string };

/** Addresses of 8 KiB are refused by many a server and proxy. */
const MAX_HINT_CHARACTERS = 6_000;
const MAX_INDEX_CHARACTERS = 256;

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
      return {
        kind: 'proven',
        identity: toIdentity(all),
        session: toSession(claims, tokens.id_token, configuration),
      };
    } catch (error) {
      return toFailure(error);
    }
  }

  /** RP-Initiated Logout 1.0 §2. The endpoint is asked for anew: a provider may have moved it. */
  async signOut(provider: IdentityProvider, request: ProviderSignOut): Promise<SignOutStart> {
    // Our own, from the session's row.
    const hint = JSON.parse(request.memory) as SignOutMemory;
    try {
      const configuration = await this.#discovered.find(provider, settingsOf(provider), request.secret);
      const location = buildEndSessionUrl(configuration, {
        ...hint,
        post_logout_redirect_uri: request.signOutUrl,
        state: request.state,
      });
      return { kind: 'go', location: location.href };
    } catch (error) {
      return toFailure(error);
    }
  }
}

/**
 * The ID token is the one hint that every provider takes: some require it, and few know `logout_hint`. Of a large one,
 * with hundreds of groups in it, no address can be made; then the person is named, and may be asked there.
 */
function toSession(
  { sub, sid }: Claims,
  idToken: string | undefined,
  configuration: Configuration,
): ProvenSession | undefined {
  if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
  const hint: SignOutMemory =
    idToken === undefined || idToken.length > MAX_HINT_CHARACTERS
      ? { logout_hint: String(sub) }
      : { id_token_hint: idToken };
  const index = typeof sid === 'string' && sid.length <= MAX_INDEX_CHARACTERS ? sid : null;
  return { subject: String(sub), index, memory: JSON.stringify(hint) };
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
