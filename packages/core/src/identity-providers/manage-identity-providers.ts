import { InputError } from '../errors/oauth-error.js';
import { ConflictError, NotFoundError } from '../errors/refusals.js';
import { newOpaqueId, type Essentials } from '../essentials.js';
import type { EnvironmentId, IdentityProviderId, UserId } from '../ids.js';
import { sealSecret, type SealedSecret } from '../keys/sealed-secret.js';
import { checkText } from '../text.js';
import { checkIdentityProvider, type IdentityProviderInput } from './check-identity-provider.js';
import type { FederatedIdentityStore } from './federated-identity-store.js';
import type { IdentityProvider } from './identity-provider.js';
import type { IdentityProviderStore } from './identity-provider-store.js';
import { sealUse } from './provider-secret.js';

export interface IdentityProviderAdministration {
  readonly environmentId: EnvironmentId;
  readonly store: IdentityProviderStore;
  readonly essentials: Essentials;
}

const MAX_PROVIDERS = 50;
const MAX_SECRET_BYTES = 4096;

/** @throws InputError */
export async function createIdentityProvider(
  input: IdentityProviderInput,
  secret: string | undefined,
  administration: IdentityProviderAdministration,
): Promise<IdentityProvider> {
  const { environmentId, store, essentials } = administration;
  if ((await store.list()).length >= MAX_PROVIDERS)
    throw new ConflictError(
      'identityProvider',
      `An environment has at most ${MAX_PROVIDERS} identity providers.`,
    );
  const now = essentials.clock.now(environmentId);
  const id = newOpaqueId<IdentityProviderId>(essentials.random);
  const provider = {
    ...checkIdentityProvider(input, secret !== undefined),
    ...{ id, createdAt: now, updatedAt: now },
  };
  await store.create(provider, sealProviderSecret(id, secret, administration));
  return { ...provider, hasSecret: secret !== undefined, lastUsedAt: null };
}

export interface IdentityProviderChange extends Partial<Omit<IdentityProviderInput, 'kind'>> {
  /** Null: goes. */
  readonly secret?: string | null;
}

/** What is to be written. @throws InputError */
export function changedProvider(
  current: IdentityProvider,
  { secret, ...change }: IdentityProviderChange,
  { environmentId, essentials }: IdentityProviderAdministration,
): IdentityProvider {
  const { settings, id, createdAt, lastUsedAt } = current;
  const hasSecret = secret === undefined ? current.hasSecret : secret !== null;
  const input = {
    ...current,
    ...change,
    kind: settings.kind,
    attributes: { ...current.attributes, ...change.attributes },
    ...(settings.kind === 'oidc' ? { oidc: { ...settings, ...change.oidc } } : {}),
    ...(settings.kind === 'saml' ? { saml: { ...settings, ...change.saml } } : {}),
  };
  return {
    ...{ id, createdAt, updatedAt: essentials.clock.now(environmentId) },
    ...checkIdentityProvider(input, hasSecret),
    ...{ hasSecret, lastUsedAt },
  };
}

/** @throws InputError when there is none */
export async function requireIdentityProvider(
  id: IdentityProviderId,
  store: IdentityProviderStore,
): Promise<IdentityProvider> {
  const provider = await store.find(id);
  if (provider === undefined) throw noSuchProvider(id);
  return provider;
}

/** An administrator says who a user is at a provider; null: nobody. @throws InputError when somebody else is that */
export async function setFederationId(
  link: {
    readonly userId: UserId;
    readonly providerId: IdentityProviderId;
    readonly federationId: string | null;
  },
  store: FederatedIdentityStore,
  now: number,
): Promise<void> {
  const { userId, providerId, federationId } = link;
  if (federationId === null) {
    await store.unlink(providerId, userId, now);
    return;
  }
  const checked = checkText('federationId', federationId, { max: 256 });
  const outcome = await store.link({ providerId, federationId: checked }, userId, now);
  if (outcome === 'taken')
    throw new InputError('federationId', `Somebody else is "${checked}" at this identity provider.`);
  if (outcome === 'gone')
    throw new InputError('federationId', 'The user or the identity provider was deleted meanwhile.');
}

/** The secret, readable with the installation's keys alone. @throws InputError */
export function sealProviderSecret(
  id: IdentityProviderId,
  secret: string | undefined,
  { environmentId, essentials }: IdentityProviderAdministration,
): SealedSecret | undefined {
  if (secret === undefined) return undefined;
  if (secret === '' || Buffer.byteLength(secret) > MAX_SECRET_BYTES)
    throw new InputError('secret', `The secret must have 1 to ${MAX_SECRET_BYTES} bytes.`);
  return sealSecret(Buffer.from(secret), sealUse(environmentId, id), essentials);
}

function noSuchProvider(id: IdentityProviderId): NotFoundError {
  return new NotFoundError('identityProvider', `No identity provider ${id} in this environment.`);
}
