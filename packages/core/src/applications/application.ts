import type { ClientId, SecretId } from '../ids.js';
import type { ApplicationKey } from './application-key.js';

/** What an administrator registers so that third-party software may connect: the OAuth client (RFC 6749 §2). */
export interface Application {
  readonly clientId: ClientId;
  readonly kind: ApplicationKind;
  readonly name: string;
  readonly description: string | null;
  readonly descriptionUrl: string | null;
  readonly privacyUrl: string | null;
  readonly termsUrl: string | null;
  readonly developerName: string | null;
  readonly developerEmail: string | null;
  /** Digest of the stored logo, for its address; null without one. */
  readonly logoVersion: string | null;
  readonly redirectUrls: readonly string[];
  readonly refreshPolicy: RefreshPolicy;
  readonly rememberConsent: boolean;
  readonly tokenType: TokenTypeSetting;
  readonly enabled: boolean;
  /** Whether it may introspect every token of its environment, as the guard of an API does; otherwise its own only. */
  readonly introspectEnvironment: boolean;
  /** Whether scripts may reach the administrators’ API through it; `machine` only. */
  readonly adminApi: boolean;
  /** Which application of another lane it was copied from, or stands for; null: it was registered here. */
  readonly copiedFrom: ClientId | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * `web` keeps a secret; `spa` is public and proves itself with PKCE (RFC 6749 §2.1, RFC 7636); `machine` keeps a secret
 * and private keys, and acts for whoever registered their public halves (RFC 7523).
 */
export type ApplicationKind = 'web' | 'spa' | 'machine';

export type TokenTypeSetting = 'by-endpoint' | 'sessionID' | 'Bearer';

export interface RefreshPolicy {
  readonly rotation: boolean;
  /** Days from the grant; null for no absolute expiry. */
  readonly absoluteDays: number | null;
  /** Days since the user last signed in or used the browser; null for none. */
  readonly inactivityDays: number | null;
}

/** Several may live at once, so that a secret can be changed without an interruption. */
export interface ApplicationSecret {
  readonly id: SecretId;
  readonly note: string | null;
  readonly lastCharacters: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** The tombstone's time; null while the secret is good. */
  readonly deletedAt: number | null;
}

export interface ApplicationSecretDigest extends ApplicationSecret {
  readonly digest: Uint8Array;
}

/** What the token endpoint needs to prove a client. */
export interface ApplicationCredentials {
  readonly application: Application;
  readonly secrets: readonly ApplicationSecretDigest[];
  /** Those that are good; none of any kind but `machine`. */
  readonly keys: readonly ApplicationKey[];
}
