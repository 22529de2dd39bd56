import type { KeyAlgorithm, PublicKey } from '../applications/application-key.js';

/** What a JWT may be signed with, and nothing else: no `none`, nothing symmetric (RFC 8725 §3.1). */
export type JwtAlgorithm = KeyAlgorithm | 'PS256';

/** What a JWT says of itself; nothing of it is proven. */
export interface JwtHead {
  readonly algorithm: string;
  /** Names a key, perhaps; never where to get one. */
  readonly keyIdHint: string | undefined;
}

export type JwtClaims = Readonly<Record<string, unknown>>;

/** Signed JWTs in their compact form (RFC 7515, RFC 7519). */
export interface JwtVerifier {
  /** Undefined for what is no signed JWT. */
  readHead(jwt: string): JwtHead | undefined;
  /**
   * The claims, when that very key made the signature with that very algorithm; otherwise undefined. Keys that the
   * JWT brings along or points to (`jwk`, `jku`, `x5c`, `x5u`) are never looked at.
   */
  verify(jwt: string, key: Pick<PublicKey, 'spki'>, algorithm: JwtAlgorithm): Promise<JwtClaims | undefined>;
}
