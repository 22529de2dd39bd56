import { generateKeyPair, type KeyObject } from 'node:crypto';
import type { InputError } from '../errors/oauth-error.js';
import { ConflictError, NotFoundError } from '../errors/refusals.js';
import { newOrderedId } from '../essentials.js';
import type { ApplicationKeyId, ClientId, UserId } from '../ids.js';
import { checkText } from '../text.js';
import type { ApplicationKey, KeyAlgorithm, PublicKey } from './application-key.js';
import { requireApplication, type ApplicationAdministration } from './manage-applications.js';
import { readPublicKey, toPublicKey } from './read-public-key.js';

export interface ApplicationKeyInput {
  /** A pasted public key, or the algorithm of a pair that is made here. */
  readonly source: { readonly publicKey: string } | { readonly generate: KeyAlgorithm };
  /** Whom the application acts for with this key. */
  readonly registeredBy: UserId;
  readonly note?: string | null;
}

export interface RegisteredApplicationKey {
  readonly key: ApplicationKey;
  /** PKCS#8, shown once and never stored; undefined when the public key was pasted. */
  readonly privateKeyPem: string | undefined;
}

/** So many are tried at most when a JWT comes. */
export const MAX_LIVE_KEYS = 10;
const RSA_BITS = 3072;

/** @throws InputError */
export async function registerApplicationKey(
  clientId: ClientId,
  { source, registeredBy, note = null }: ApplicationKeyInput,
  administration: ApplicationAdministration,
): Promise<RegisteredApplicationKey> {
  const { essentials, environmentId, store } = administration;
  const { kind } = await requireApplication(clientId, store);
  if (kind !== 'machine') {
    throw new ConflictError(
      'kind',
      `A ${kind} application has no keys: only a machine application signs JWTs.`,
    );
  }
  const now = essentials.clock.now(environmentId);
  const { publicKey, privateKeyPem } =
    'generate' in source
      ? await generatePair(source.generate)
      : { publicKey: readPublicKey(source.publicKey, now), privateKeyPem: undefined };
  const key: ApplicationKey = {
    ...publicKey,
    id: newOrderedId<ApplicationKeyId>(essentials),
    registeredBy,
    note: note === null || note === '' ? null : checkText('note', note, { max: 64 }),
    createdAt: now,
    lastUsedAt: null,
    deletedAt: null,
  };
  const outcome = await store.addKey(clientId, key, MAX_LIVE_KEYS);
  if (outcome !== 'added') throw refused(outcome);
  return { key, privateKeyPem };
}

/** Ends every session that was obtained with it. @throws InputError when there is no such live key */
export async function deleteApplicationKey(
  clientId: ClientId,
  keyId: ApplicationKeyId,
  { essentials, environmentId, store }: ApplicationAdministration,
): Promise<void> {
  await requireApplication(clientId, store);
  if (!(await store.deleteKey(clientId, keyId, essentials.clock.now(environmentId)))) {
    throw new NotFoundError('keyId', `No key ${keyId} of this application is good any more.`);
  }
}

async function generatePair(
  algorithm: KeyAlgorithm,
): Promise<{ readonly publicKey: PublicKey; readonly privateKeyPem: string }> {
  const { publicKey, privateKey } = await newPair(algorithm);
  const privateKeyPem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return { publicKey: toPublicKey(publicKey), privateKeyPem };
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Off the event loop: an RSA key takes half a second. */
function newPair(algorithm: KeyAlgorithm): Promise<KeyPair> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject): void =>
      error === null ? resolve({ publicKey, privateKey }) : reject(error);
    switch (algorithm) {
      case 'RS256':
        generateKeyPair('rsa', { modulusLength: RSA_BITS }, done);
        break;
      case 'ES256':
        generateKeyPair('ec', { namedCurve: 'P-256' }, done);
        break;
      case 'EdDSA':
        generateKeyPair('ed25519', undefined, done);
        break;
    }
  });
}

function refused(outcome: 'known' | 'limit-reached' | 'gone'): InputError {
  switch (outcome) {
    case 'known':
      return new ConflictError('publicKey', 'This key is registered already for this application.');
    case 'limit-reached':
      return new ConflictError('key', `An application has at most ${MAX_LIVE_KEYS} keys; delete one first.`);
    case 'gone':
      return new ConflictError(
        'user',
        'The key needs an enabled user of this environment, whom the application will act for.',
      );
  }
}
