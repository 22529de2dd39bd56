import { createHash, createPublicKey, X509Certificate, type JsonWebKey, type KeyObject } from 'node:crypto';
import { InputError } from '../errors/oauth-error.js';
import type { KeyAlgorithm, PublicKey } from './application-key.js';

const MAX_CHARACTERS = 16_384;
const MIN_RSA_BITS = 2048;
/** A longer one makes each check of a signature slow, and nobody safer. */
const MAX_RSA_BITS = 8192;
const MAX_RSA_EXPONENT = 2n ** 32n;

/** Members of a JWK that are nobody's but the owner's (RFC 7518 §6.2.2, §6.3.2, §6.4). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads what an administrator pasted: a public key in PEM, an X.509 certificate in PEM, or a JWK.
 * @param now epoch milliseconds, for a certificate's validity
 * @throws InputError that says what was wrong and what to paste
 */
export function readPublicKey(text: string, now: number): PublicKey {
  const trimmed = text.trim();
  if (trimmed.length > MAX_CHARACTERS) throw refused(`It is longer than ${MAX_CHARACTERS} characters.`);
  return toPublicKey(trimmed.startsWith('{') ? readJwk(trimmed) : readPem(trimmed, now));
}

/** In one form, whatever form it came in: the same key has one fingerprint. @throws InputError */
export function toPublicKey(key: KeyObject): PublicKey {
  const algorithm = algorithmOf(key);
  // By way of its numbers, because a point on a curve has several encodings.
  const normal = createPublicKey({ key: key.export({ format: 'jwk' }), format: 'jwk' });
  const spki = normal.export({ format: 'der', type: 'spki' });
  return { algorithm, spki, fingerprint: createHash('sha256').update(spki).digest('hex') };
}

function readPem(text: string, now: number): KeyObject {
  const labels = [...text.matchAll(/-----BEGIN ([^-]*)-----/g)].map(([, label = '']) => label);
  // Node would take the public half out of it, and the administrator would never hear of the mistake.
  if (labels.some((label) => label.includes('PRIVATE KEY'))) throw privateKey();
  const [label] = labels;
  if (label === undefined) {
    throw refused('It is no PEM text (-----BEGIN PUBLIC KEY----- …) and no JWK ({"kty":…}).');
  }
  if (labels.length > 1)
    throw refused('It has several parts: paste the one key, or the certificate of it alone.');
  if (label === 'CERTIFICATE') return readCertificate(text, now);
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') {
    throw refused(
      `A PEM text of the kind "${label.slice(0, 40)}" is neither a public key nor a certificate.`,
    );
  }
  return parsed(() => createPublicKey(text));
}

function readCertificate(text: string, now: number): KeyObject {
  const certificate = parsed(() => new X509Certificate(text));
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (!(to.getTime() > now)) throw refused(`The certificate expired on ${to.toISOString()}.`);
  if (!(from.getTime() <= now)) throw refused(`The certificate is not valid before ${from.toISOString()}.`);
  return parsed(() => certificate.publicKey);
}

function readJwk(text: string): KeyObject {
  const jwk = parsed(() => JSON.parse(text) as JsonWebKey);
  if (PRIVATE_MEMBERS.some((name) => jwk[name] !== undefined)) throw privateKey();
  if (jwk['keys'] !== undefined) throw refused('It is a set of keys: paste one of its members.');
  return parsed(() => createPublicKey({ key: jwk, format: 'jwk' }));
}

/** @throws InputError for a key that none of our algorithms takes, or that is too weak */
function algorithmOf(key: KeyObject): KeyAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = key;
  if (type === 'rsa') return checkRsa(details);
  if (type === 'ed25519') return 'EdDSA';
  if (type !== 'ec') {
    throw refused(`A key of the type ${type ?? 'unknown'} can’t be used: take RSA, EC P-256 or Ed25519.`);
  }
  if (details.namedCurve === 'prime256v1') return 'ES256';
  throw refused(
    `The curve ${details.namedCurve ?? 'of this key'} can’t be used: of EC keys only P-256 (ES256).`,
  );
}

function checkRsa({
  modulusLength: bits = 0,
  publicExponent: exponent = 0n,
}: NonNullable<KeyObject['asymmetricKeyDetails']>): KeyAlgorithm {
  if (bits < MIN_RSA_BITS) {
    throw refused(
      `The RSA key has ${bits} bits: it must have ${MIN_RSA_BITS} at least, or it can be broken.`,
    );
  }
  if (bits > MAX_RSA_BITS)
    throw refused(`The RSA key has ${bits} bits: it may have ${MAX_RSA_BITS} at most.`);
  // With the exponent 1 a signature is the message itself, and anybody can write it.
  if (exponent < 3n || exponent > MAX_RSA_EXPONENT) {
    throw refused('The RSA key has an unsafe exponent: make a new pair; 65537 is the usual one.');
  }
  return 'RS256';
}

function parsed<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw refused('It can’t be read: it is damaged, or was not copied whole.');
  }
}

function refused(reason: string): InputError {
  return new InputError('publicKey', `This public key can’t be taken. ${reason}`);
}

function privateKey(): InputError {
  return new InputError(
    'publicKey',
    'This is a private key. It was shown where it does not belong: take it as leaked, make a new pair, and paste the public key of that (-----BEGIN PUBLIC KEY-----).',
  );
}
