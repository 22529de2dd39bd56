import type { Essentials } from '../essentials.js';
import type { EnvironmentId, UserId } from '../ids.js';
import { readProviderSecret } from '../identity-providers/provider-secret.js';
import { openSeed, sealSeed } from '../second-factor/seal-seed.js';
import type { EnvironmentStorage, Storage } from '../storage.js';

/** What must be read back and was sealed with one key. */
export interface ResealCount {
  readonly resealed: number;
  /** Of identity providers, and of authenticator apps: lost for good with the key. */
  readonly unreadable: { readonly providers: number; readonly secondFactors: number };
}

type Keys = Pick<Essentials, 'keyRing' | 'random'>;

/** Half done does no harm: what was sealed anew opens with both. */
const AT_ONCE = 200;

/**
 * Seals with the signing key what this key sealed, in every environment, so that it can be retired. What a browser
 * session remembers of its provider isn't among it: it ends within days, and then only the sign-out there isn't offered.
 */
export async function resealSecrets(
  keyId: string,
  storage: Pick<Storage, 'environments' | 'forEnvironment'>,
  keys: Keys,
): Promise<ResealCount> {
  let [resealed, providers, secondFactors] = [0, 0, 0];
  for (const { id } of await storage.environments.list()) {
    const ports = storage.forEnvironment(id);
    const secrets = await resealProviders(keyId, { environmentId: id, ports, keys });
    const seeds = await resealSeeds(keyId, { environmentId: id, ports, keys });
    resealed += secrets.resealed + seeds.resealed;
    providers += secrets.unreadable;
    secondFactors += seeds.unreadable;
  }
  return { resealed, unreadable: { providers, secondFactors } };
}

interface Place {
  readonly environmentId: EnvironmentId;
  readonly ports: EnvironmentStorage;
  readonly keys: Keys;
}

interface Count {
  resealed: number;
  unreadable: number;
}

async function resealProviders(keyId: string, { environmentId, ports, keys }: Place): Promise<Count> {
  const { identityProviders } = ports;
  const count: Count = { resealed: 0, unreadable: 0 };
  for (const provider of await identityProviders.list()) {
    if ((await identityProviders.findSecret(provider.id))?.keyId !== keyId) continue;
    const read = await readProviderSecret(provider, { environmentId, essentials: keys, identityProviders });
    if (read.kind === 'read') count.resealed += 1;
    else count.unreadable += 1;
  }
  return count;
}

async function resealSeeds(keyId: string, { environmentId, ports, keys }: Place): Promise<Count> {
  const count: Count = { resealed: 0, unreadable: 0 };
  let after: UserId | undefined;
  do {
    const page = await ports.secondFactors.listSealedWith(keyId, { after, limit: AT_ONCE });
    for (const { userId, seed } of page) {
      const opened = openSeed(seed, { environmentId, userId }, keys);
      if (opened === undefined) count.unreadable += 1;
      else {
        await ports.secondFactors.reseal(userId, seed, sealSeed(opened, { environmentId, userId }, keys));
        count.resealed += 1;
      }
    }
    after = page.at(-1)?.userId;
  } while (after !== undefined);
  return count;
}
