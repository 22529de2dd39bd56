import type { IdentityProviderId } from '../ids.js';
import type { SealedSecret } from '../keys/sealed-secret.js';
import type { Revision } from '../overview/overview-store.js';
import type { IdentityProvider } from './identity-provider.js';

/** What an administrator may change of a provider. */
export type IdentityProviderRow = Omit<IdentityProvider, 'hasSecret' | 'lastUsedAt'>;

/** `stale`: there is none, or it is at another revision. `last-way-in`: nobody could sign in any more. */
type NotDone = 'stale' | 'last-way-in';
export type ProviderUpdateOutcome = 'updated' | NotDone;
export type ProviderDeletionOutcome = 'deleted' | NotDone;

/** Bound to one environment. */
export interface IdentityProviderStore {
  /** The eldest first. */
  list(): Promise<readonly IdentityProvider[]>;
  find(id: IdentityProviderId): Promise<IdentityProvider | undefined>;
  create(provider: IdentityProviderRow, secret: SealedSecret | undefined): Promise<void>;
  /**
   * Disabling ends what the provider opened, in the same transaction: sign-ins on the way, browser sessions, and codes
   * that nobody exchanged yet. Connections stand. While single sign-on is required the last one that is enabled stays so:
   * of several at once, or beside whoever requires it, who comes last finds that out.
   * @param secret undefined: stays as it is; null: goes
   * @param ifRevision only while it is this one
   */
  update(
    provider: IdentityProviderRow,
    secret: SealedSecret | null | undefined,
    ifRevision?: Revision,
  ): Promise<ProviderUpdateOutcome>;
  /** Ends the same as disabling, on the same condition, and forgets who is who there. */
  delete(id: IdentityProviderId, at: number, ifRevision?: Revision): Promise<ProviderDeletionOutcome>;
  findSecret(id: IdentityProviderId): Promise<SealedSecret | undefined>;
  /** Seals the same secret anew: of two at once, or beside a change, the first counts. */
  resealSecret(id: IdentityProviderId, expected: SealedSecret, next: SealedSecret): Promise<boolean>;
  /** What came of a test takes the place of what came before. Changes nothing that is in force. */
  noteTest(id: IdentityProviderId, test: ProviderTestResult): Promise<void>;
  /** Undefined: it was never tried, or there is none. */
  lastTest(id: IdentityProviderId): Promise<ProviderTestResult | undefined>;
}

/** What an administrator saw who tried a provider. */
export interface ProviderTestResult {
  readonly at: number;
  /** Null: the person would have been let in. */
  readonly refusal: { readonly reason: string; readonly detail: string } | null;
  /** Who the person is here, by that. */
  readonly mapped: readonly NamedValues[];
  /** Claims or attributes, as they came. */
  readonly received: readonly NamedValues[];
}

export interface NamedValues {
  readonly name: string;
  readonly values: readonly string[];
}
