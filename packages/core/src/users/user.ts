import type { UserId } from '../ids.js';

export interface User {
  /** `wid` on the wire. */
  readonly id: UserId;
  readonly username: string;
  readonly name: string;
  /** Where messages go; null: to the username, where that is an address. */
  readonly email: string | null;
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

/** One address and nothing beside it: no list, no name, nothing that ends a line of a message's head. */
export function isEmailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[^\s@<>()[\]\\,;:"\p{C}]+$/u.test(text);
}

/** Where a user's messages go; undefined where nobody said. */
export function emailOf({ email, username }: Pick<User, 'email' | 'username'>): string | undefined {
  return email ?? (isEmailAddress(username) ? username : undefined);
}
