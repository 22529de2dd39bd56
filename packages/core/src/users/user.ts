import type { UserId } from '../ids.js';

export interface User {
  /** `wid` on the wire. */
  readonly id: UserId;
  readonly username: string;
  readonly name: string;
  readonly administrator: boolean;
  /** Signs in at an identity provider only: the password is refused, as a wrong one is. */
  readonly onlySingleSignOn: boolean;
  /** Null while the user may sign in. */
  readonly disabledAt: number | null;
  readonly createdAt: number;
  /** When the user last signed in or used the browser; the inactivity expiry of grants counts from here. */
  readonly lastActiveAt: number;
}

/**
 * What two usernames have in common when they are the same: people write theirs in any case, and
 * compatibility forms (full-width letters, ligatures) must not make a look-alike (RFC 8265).
 */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}
