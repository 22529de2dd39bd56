import type { Essentials } from '../essentials.js';
import { idToBytes, type EnvironmentId, type IdentityProviderId } from '../ids.js';
import { openSecret, sealSecret, type SealUse } from '../keys/sealed-secret.js';
import type { IdentityProvider } from './identity-provider.js';
import type { IdentityProviderStore } from './identity-provider-store.js';

export function sealUse(environmentId: EnvironmentId, providerId: IdentityProviderId): SealUse {
  const owner = Buffer.concat([idToBytes(environmentId), idToBytes(providerId)]);
  return { purpose: 'identity-provider-secret', owner };
}

export type ProviderSecret =
  | { readonly kind: 'read'; readonly secret: string | undefined }
  /** Sealed with a key that this server lacks. */
  | { readonly kind: 'unreadable' };

/** What the provider gave us to prove ourselves with. Read with an older key, it is sealed anew: so that one can be retired. */
export async function readProviderSecret(
  { id, hasSecret }: Pick<IdentityProvider, 'id' | 'hasSecret'>,
  context: {
    readonly environmentId: EnvironmentId;
    readonly essentials: Pick<Essentials, 'keyRing' | 'random'>;
    readonly identityProviders: IdentityProviderStore;
  },
): Promise<ProviderSecret> {
  if (!hasSecret) return { kind: 'read', secret: undefined };
  const { essentials, identityProviders } = context;
  const sealed = await identityProviders.findSecret(id);
  if (sealed === undefined) return { kind: 'read', secret: undefined };
  const use = sealUse(context.environmentId, id);
  const secret = openSecret(sealed, use, essentials.keyRing);
  if (secret === undefined) return { kind: 'unreadable' };
  if (sealed.keyId !== essentials.keyRing.signing.id) {
    await identityProviders.resealSecret(id, sealed, sealSecret(secret, use, essentials));
  }
  return { kind: 'read', secret: secret.toString('utf8') };
}
