import { generateKeyPair, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { IdentityProviderInput } from '@fluxo/core';
import { bitString, randomInteger, NULL, objectId, sequence, set, tagged, time } from './der.js';

/** What we sign our requests with, and the certificate that a provider recognizes it by. */
export interface SigningKey {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  readonly notAfter: number;
}

export interface SigningKeyRequest {
  /** What an administrator reads in the certificate: the host of the environment. */
  readonly commonName: string;
  readonly now: number;
}

const MODULUS_BITS = 3_072;
/**
 * Nobody checks the end of a certificate that was handed over by hand; but some providers refuse one that has ended.
 * Ten years, so that no sign-in fails at night because of a date.
 */
const YEARS = 10;
/** Clocks that are behind ours must not find it in the future. */
const BACKDATED_MS = 24 * 60 * 60 * 1000;
const SERIAL_BYTES = 16;
/** X.520, `ub-common-name`. */
const MAX_NAME_LENGTH = 64;
const UTF8_STRING = 0x0c;

const SHA256_WITH_RSA = sequence(objectId('1.2.840.113549.1.1.11'), NULL);
const COMMON_NAME = objectId('2.5.4.3');

/** Every SAML provider gets a key at once, so that signing can be switched on without handing over new metadata. */
export async function withSigningKey(
  input: IdentityProviderInput,
  at: { readonly origin: string; readonly now: number },
): Promise<{ readonly input: IdentityProviderInput; readonly secret: string }> {
  const { hostname: commonName } = new URL(at.origin);
  const { privateKeyPem, certificatePem } = await makeSigningKey({ commonName, now: at.now });
  const saml = { ...input.saml, signingCertificate: certificatePem };
  return { input: { ...input, saml }, secret: privateKeyPem };
}

/** A new RSA key with a certificate that it signed itself. */
export async function makeSigningKey({ commonName, now }: SigningKeyRequest): Promise<SigningKey> {
  const keys = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  const certificate = selfSigned(keys, { commonName, now });
  return {
    privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: certificate.toString(),
    notAfter: Date.parse(certificate.validTo),
  };
}

/**
 * RFC 5280 §4.1, by hand, version 1: Node reads certificates and makes none, and the libraries that do bring fifteen
 * packages for something that is done once in ten years.
 */
function selfSigned(
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  { commonName, now }: SigningKeyRequest,
): X509Certificate {
  const name = sequence(
    set(sequence(COMMON_NAME, tagged(UTF8_STRING, Buffer.from(commonName.slice(0, MAX_NAME_LENGTH))))),
  );
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + YEARS);
  const toBeSigned = sequence(
    randomInteger(randomBytes(SERIAL_BYTES)),
    SHA256_WITH_RSA,
    name,
    sequence(time(new Date(now - BACKDATED_MS)), time(end)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', toBeSigned, keys.privateKey);
  return new X509Certificate(sequence(toBeSigned, SHA256_WITH_RSA, bitString(signature)));
}
