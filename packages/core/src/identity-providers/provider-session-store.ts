import type { IdentityProviderId, SessionId } from '../ids.js';
import type { SealedSecret } from '../keys/sealed-secret.js';

/** What is kept of a session at a provider, beside the browser session that came of it. */
export interface KeptProviderSession {
  /** Of whom the provider means: whoever reads the database learns no name from it. */
  readonly subjectDigest: Uint8Array;
  readonly index: string | null;
  /** What ends it there. */
  readonly sealed: SealedSecret;
}

export interface FoundProviderSession extends KeptProviderSession {
  readonly providerId: IdentityProviderId;
}

export interface ProviderSessionEnding {
  readonly providerId: IdentityProviderId;
  readonly subjectDigest: Uint8Array;
  /** Empty: all of that person's. */
  readonly indexes: readonly string[];
  /** The message that asks for it: what names it, and until when it would be taken, by the real time. */
  readonly once: { readonly digest: Uint8Array; readonly until: number; readonly now: number };
}

/** Bound to one environment. */
export interface ProviderSessionStore {
  /** Also of a browser session that has ended. */
  find(id: SessionId): Promise<FoundProviderSession | undefined>;
  /**
   * Ends the browser sessions that came of it, also those of which the provider never said which of its sessions they
   * are (`index` null): a sign-out may be of theirs. A sign-in by it that is half done is void: of one that is finished at
   * the same moment the session ends. The message counts in the same transaction, once: where that fails,
   * the message may come again.
   * @returns how many ended
   */
  end(ending: ProviderSessionEnding, at: number): Promise<number | 'replayed'>;
}
