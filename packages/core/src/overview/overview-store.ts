import type { Application, ApplicationKind } from '../applications/application.js';
import type { Environment } from '../environments/environment.js';
import type { IdentityProvider } from '../identity-providers/identity-provider.js';
import type { ClientId, ConsentId, IdentityProviderId, UserId } from '../ids.js';
import type { User } from '../users/user.js';
import type { Page, PageRequest } from './page.js';

/** Raised by every change; a change that names it happens only while it is still the present one. */
export type Revision = number;

export interface ApplicationRecord {
  readonly application: Application;
  readonly revision: Revision;
  /** People for whom it can act. */
  readonly connectedUsers: number;
  readonly lastUsedAt: number | null;
}

export interface ApplicationFilter {
  /** In the name, or the whole identifier. */
  readonly text?: string;
  readonly kind?: ApplicationKind;
  readonly enabled?: boolean;
}

export interface UserRecord {
  readonly user: User;
  readonly revision: Revision;
  readonly hasSecondFactor: boolean;
  /** Applications that can act for the user. */
  readonly connectedApplications: number;
}

export interface UserFilter {
  /** In name or username, or the whole identifier. */
  readonly text?: string;
  readonly enabled?: boolean;
}

/** A consent under which a grant lives, or which has a key that makes one at any time. */
export interface ConnectionRecord {
  readonly consentId: ConsentId;
  readonly user: Pick<User, 'id' | 'username' | 'name'>;
  readonly application: Pick<Application, 'clientId' | 'name' | 'logoVersion'>;
  readonly connectedAt: number;
  readonly lastUsedAt: number | null;
}

/** Whose connections; with both, those between the two. */
export interface ConnectionFilter {
  readonly clientId?: ClientId;
  readonly userId?: UserId;
  readonly consentId?: ConsentId;
}

export interface Revised<Thing> {
  readonly thing: Thing;
  readonly revision: Revision;
}

/**
 * Bound to one environment: what administrators look at, with what is counted beside it. Always read, never
 * remembered, so that a revision that was read is the present one.
 */
export interface OverviewStore {
  /** By name. */
  applications(filter: ApplicationFilter, page: PageRequest, now: number): Promise<Page<ApplicationRecord>>;
  application(clientId: ClientId, now: number): Promise<ApplicationRecord | undefined>;
  /** By username. */
  users(filter: UserFilter, page: PageRequest, now: number): Promise<Page<UserRecord>>;
  user(id: UserId, now: number): Promise<UserRecord | undefined>;
  /** The newest first. */
  connections(filter: ConnectionFilter, page: PageRequest, now: number): Promise<Page<ConnectionRecord>>;
  environment(): Promise<Revised<Environment> | undefined>;
  /** The eldest first. */
  identityProviders(page: PageRequest): Promise<Page<Revised<IdentityProvider>>>;
  identityProvider(id: IdentityProviderId): Promise<Revised<IdentityProvider> | undefined>;
}
