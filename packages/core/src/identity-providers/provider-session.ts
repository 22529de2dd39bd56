import type { Essentials } from '../essentials.js';
import { idToBytes, type EnvironmentId, type IdentityProviderId } from '../ids.js';
import { openSecret, sealSecret, type SealUse } from '../keys/sealed-secret.js';
import { digestOf } from '../tokens/digest.js';
import type { ProvenSession } from './provider-adapter.js';
import type { FoundProviderSession, KeptProviderSession } from './provider-session-store.js';

interface SessionOwner {
  readonly environmentId: EnvironmentId;
  readonly essentials: Pick<Essentials, 'keyRing' | 'random'>;
}

/** A person's name for us at one provider is that person nowhere else. */
export function subjectDigestOf(providerId: IdentityProviderId, subject: string): Buffer {
  return digestOf(`provider-subject/${providerId}/${subject}`);
}

export function keepProviderSession(
  providerId: IdentityProviderId,
  { subject, index, memory }: ProvenSession,
  { environmentId, essentials }: SessionOwner,
): KeptProviderSession {
  const subjectDigest = subjectDigestOf(providerId, subject);
  const use = sealUse(environmentId, providerId, subjectDigest);
  return { subjectDigest, index, sealed: sealSecret(Buffer.from(memory), use, essentials) };
}

/** Undefined when it was sealed with a key that this server lacks. */
export function openProviderSession(
  { providerId, subjectDigest, sealed }: FoundProviderSession,
  { environmentId, essentials }: SessionOwner,
): string | undefined {
  const use = sealUse(environmentId, providerId, subjectDigest);
  return openSecret(sealed, use, essentials.keyRing)?.toString('utf8');
}

function sealUse(
  environmentId: EnvironmentId,
  providerId: IdentityProviderId,
  subjectDigest: Uint8Array,
): SealUse {
  const owner = Buffer.concat([idToBytes(environmentId), idToBytes(providerId), subjectDigest]);
  return { purpose: 'provider-session', owner };
}
