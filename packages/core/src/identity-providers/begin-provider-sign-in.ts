import type { Flow } from '../authorize/flow.js';
import type { FlowStore } from '../authorize/flow-store.js';
import type { Essentials } from '../essentials.js';
import type { EnvironmentId } from '../ids.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';
import type { IdentityProvider, ProviderKind } from './identity-provider.js';
import type { IdentityProviderStore } from './identity-provider-store.js';
import type { ProviderAdapter, ProviderFailure, ProviderStart } from './provider-adapter.js';
import { readProviderSecret, type ProviderSecret } from './provider-secret.js';

export type ProviderAdapters = Readonly<Partial<Record<ProviderKind, ProviderAdapter>>>;

export interface FederationContext {
  readonly environmentId: EnvironmentId;
  readonly origin: string;
  readonly essentials: Essentials;
  readonly flows: FlowStore;
  readonly identityProviders: IdentityProviderStore;
  readonly adapters: ProviderAdapters;
}

export type ProviderBeginning =
  | Pick<Extract<ProviderStart, { readonly kind: 'go' }>, 'kind' | 'location' | 'form'>
  | ({ readonly kind: 'failed' } & ProviderFailure);

/** Where a provider's answers come to: an address for each, so that none can be passed off as another's (RFC 9700 §4.4.2.2). */
export function callbackUrlOf(
  origin: string,
  { id, settings }: Pick<IdentityProvider, 'id' | 'settings'>,
): string {
  return `${origin}/sign-in/${settings.kind}/${id}/${settings.kind === 'oidc' ? 'callback' : 'acs'}`;
}

/** What we say of ourselves to a SAML provider stands there; it is our name at that provider, too. */
export function metadataUrlOf(origin: string, { id }: Pick<IdentityProvider, 'id'>): string {
  return `${origin}/sign-in/saml/${id}/metadata`;
}

/** Sends the person of a flow to a provider. What must come back is kept with the flow, by its digest. */
export async function beginProviderSignIn(
  flow: Flow,
  provider: IdentityProvider,
  context: FederationContext,
): Promise<ProviderBeginning> {
  const adapter = context.adapters[provider.settings.kind];
  const secret = await readProviderSecret(provider, context);
  if (adapter === undefined || secret.kind === 'unreadable') return misconfigured(provider, secret.kind);
  const state = mintIdentifiedSecret('provider-state', flow.id, context.essentials.random);
  const { goal, username, forceLogin } = flow;
  const start = await adapter.begin(provider, {
    state: state.text,
    callbackUrl: callbackUrlOf(context.origin, provider),
    secret: secret.secret,
    loginHint: username ?? (goal.kind === 'authorization' ? goal.loginHint : null),
    forceLogin,
    uiLocales: goal.uiLocales,
  });
  if (start.kind === 'failed') return start;
  const { memory, location, form } = start;
  await context.flows.sendToProvider(flow.id, { providerId: provider.id, stateDigest: state.digest, memory });
  return { kind: 'go', location, form };
}

export function misconfigured(
  { settings }: IdentityProvider,
  sealed: ProviderSecret['kind'],
): { readonly kind: 'failed' } & ProviderFailure {
  const detail =
    sealed === 'unreadable'
      ? 'The stored secret was sealed with a key that this server lacks: store it again.'
      : `This server has no way to ask a provider of the kind ${settings.kind}.`;
  return { kind: 'failed', reason: 'misconfigured', detail };
}
