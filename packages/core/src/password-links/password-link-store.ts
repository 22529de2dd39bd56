import type { UserId } from '../ids.js';

/** `reset`: for who forgot; `invitation`: for who never had a password. */
export type PasswordLinkPurpose = 'reset' | 'invitation';

export interface PasswordLink {
  readonly userId: UserId;
  /** Of the secret in the link. */
  readonly digest: Uint8Array;
  readonly purpose: PasswordLinkPurpose;
  readonly expiresAt: number;
}

export interface PasswordLinkRedemption {
  readonly userId: UserId;
  readonly digest: Uint8Array;
  readonly passwordHash: string;
  /** Whether every connected application loses its access too. */
  readonly endsConnections: boolean;
  readonly now: number;
}

/** Bound to one environment. */
export interface PasswordLinkStore {
  /** The user's link before, if there was one, is dead. `gone`: no such user, or disabled, or without a password for good. */
  issue(link: PasswordLink, now: number): Promise<'issued' | 'gone'>;
  find(userId: UserId): Promise<PasswordLink | undefined>;
  /**
   * Once, by whichever node asks first, in one transaction: the link ends, the password is the new one, every
   * browser session of the user is dead.
   */
  redeem(redemption: PasswordLinkRedemption): Promise<'set' | 'gone'>;
}
