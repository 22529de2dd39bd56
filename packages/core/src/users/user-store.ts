import type { UserId } from '../ids.js';
import type { Revision } from '../overview/overview-store.js';
import type { User } from './user.js';

export interface NewUserRow extends User {
  readonly usernameKey: string;
  /** argon2id, in its own encoding with salt and parameters; undefined: nobody signs in with a password. */
  readonly passwordHash: string | undefined;
}

export interface UserWithPassword {
  readonly user: User;
  readonly passwordHash: string | undefined;
}

export interface UserChange {
  readonly name?: string;
  readonly administrator?: boolean;
  readonly onlySingleSignOn?: boolean;
  readonly passwordHash?: string;
  /** Null: none, or the username where that is an address. */
  readonly email?: string | null;
  readonly enabled?: boolean;
}

export interface UserConditions {
  /** Only while it is this one. */
  readonly revision?: Revision | undefined;
  /** Only if an enabled administrator is left afterwards; of several at once the last one finds that out. */
  readonly keepsAdministrator?: boolean;
}

/** Bound to one environment. */
export interface UserStore {
  /** Of two at once with the same username exactly one is created. */
  create(user: NewUserRow): Promise<'created' | 'username-taken'>;
  find(id: UserId): Promise<User | undefined>;
  findByUsername(usernameKey: string): Promise<UserWithPassword | undefined>;
  findWithPassword(id: UserId): Promise<UserWithPassword | undefined>;
  list(): Promise<readonly User[]>;
  /**
   * Disabling ends every session and grant of the user for good; a new password ends the browser
   * sessions. One transaction with the audit row. Undefined: there is none, or a condition doesn't hold.
   */
  update(id: UserId, change: UserChange, at: number, conditions?: UserConditions): Promise<User | undefined>;
  /** Ends everything of the user at once. */
  delete(id: UserId, at: number, conditions?: UserConditions): Promise<boolean>;
}
