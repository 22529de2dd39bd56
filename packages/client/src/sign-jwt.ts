import { FluxoError } from './errors.js';
import { base64url } from './pkce.js';

/** What Fluxo takes. */
export type JwtAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA';

interface Scheme {
  readonly key: { readonly name: string; readonly hash?: string; readonly namedCurve?: string };
  readonly signature: { readonly name: string; readonly hash?: string; readonly saltLength?: number };
}

/** RFC 7518 §3, RFC 8037 §3.1, in the words of Web Crypto. */
const SCHEMES: Readonly<Record<JwtAlgorithm, Scheme>> = {
  RS256: {
    key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    signature: { name: 'RSASSA-PKCS1-v1_5' },
  },
  PS256: { key: { name: 'RSA-PSS', hash: 'SHA-256' }, signature: { name: 'RSA-PSS', saltLength: 32 } },
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, signature: { name: 'ECDSA', hash: 'SHA-256' } },
  EdDSA: { key: { name: 'Ed25519' }, signature: { name: 'Ed25519' } },
};

/** A JWT in its compact form (RFC 7515 §3.1). @throws FluxoError `invalid_option` for a key that doesn't fit */
export async function signJwt(
  claims: Readonly<Record<string, string | number>>,
  { algorithm, privateKeyPem }: { readonly algorithm: JwtAlgorithm; readonly privateKeyPem: string },
): Promise<string> {
  const scheme = SCHEMES[algorithm];
  const key = await importKey(privateKeyPem, scheme);
  const unsigned = `${jsonPart({ alg: algorithm, typ: 'JWT' })}.${jsonPart(claims)}`;
  const signature = await crypto.subtle.sign(scheme.signature, key, new TextEncoder().encode(unsigned));
  return `${unsigned}.${base64url(new Uint8Array(signature))}`;
}

async function importKey(pem: string, scheme: Scheme): Promise<CryptoKey> {
  const body = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/.exec(pem)?.[1];
  try {
    const bytes = Uint8Array.from(atob((body ?? '').replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
    return await crypto.subtle.importKey('pkcs8', bytes, scheme.key, false, ['sign']);
  } catch {
    // Whatever the platform says of the key, it stays out of a message.
    throw new FluxoError(
      'invalid_option',
      'privateKeyPem must be a private key in PKCS#8 PEM (-----BEGIN PRIVATE KEY-----) that fits the algorithm.',
    );
  }
}

function jsonPart(value: object): string {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}
