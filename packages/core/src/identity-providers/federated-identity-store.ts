import type { IdentityProviderId, UserId } from '../ids.js';
import type { NewUserRow } from '../users/user-store.js';

/**
 * Who somebody is at a provider. The pair is the person: the same federation ID at two providers is two people, and
 * nothing else, no e-mail address and no username, ever makes one of another.
 */
export interface FederatedIdentity {
  readonly providerId: IdentityProviderId;
  readonly federationId: string;
}

/** Bound to one environment. */
export interface FederatedIdentityStore {
  findUser(identity: FederatedIdentity): Promise<UserId | undefined>;
  listOfUser(userId: UserId): Promise<readonly FederatedIdentity[]>;
  /**
   * An administrator says who is who. In place of the one that the user had at this provider, whose sessions end.
   * `taken`: somebody else is known by it, and stays. One transaction.
   */
  link(identity: FederatedIdentity, userId: UserId, at: number): Promise<'linked' | 'taken' | 'gone'>;
  /** Ends the sessions that the provider opened for the user. */
  unlink(providerId: IdentityProviderId, userId: UserId, at: number): Promise<boolean>;
  /** A new user and who they are there, together: of several at once one makes them. One transaction. */
  provision(
    user: NewUserRow,
    identity: FederatedIdentity,
  ): Promise<'created' | 'username-taken' | 'identity-taken'>;
}
