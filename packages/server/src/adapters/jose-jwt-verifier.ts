import { createPublicKey } from 'node:crypto';
import type { JwtClaims, JwtVerifier } from '@fluxo/core';
// Not the whole library: most of it is for keys and encryption that nobody here has.
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import { JOSEError } from 'jose/errors';
import { compactVerify } from 'jose/jws/compact/verify';

/** A JWS with fewer or more parts is another thing, encrypted or unsigned (RFC 7516, RFC 7515 §7). */
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;

export const joseJwtVerifier: JwtVerifier = {
  readHead(jwt) {
    if (!COMPACT.test(jwt)) return undefined;
    try {
      const { alg, kid } = decodeProtectedHeader(jwt);
      if (typeof alg !== 'string') return undefined;
      return { algorithm: alg, keyIdHint: typeof kid === 'string' ? kid : undefined };
    } catch {
      return undefined;
    }
  },
  async verify(jwt, { spki }, algorithm) {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    try {
      const { payload } = await compactVerify(jwt, key, { algorithms: [algorithm] });
      return toClaims(payload);
    } catch (error) {
      if (error instanceof JOSEError) return undefined;
      throw error;
    }
  },
};

/** Signed, but no set of claims (RFC 7519 §7.2): as good as not signed. */
function toClaims(payload: Uint8Array): JwtClaims | undefined {
  try {
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    const isSet = typeof claims === 'object' && claims !== null && !Array.isArray(claims);
    return isSet ? (claims as JwtClaims) : undefined;
  } catch {
    return undefined;
  }
}
