import type { ApplicationStore } from './applications/application-store.js';
import type { Acting } from './audit/audit-event.js';
import type { AuditQueue, AuditSealStore } from './audit/audit-seal-store.js';
import type { AuditStore } from './audit/audit-store.js';
import type { FlowStore } from './authorize/flow-store.js';
import type { WatchedEnvironmentStore } from './environments/environment-store.js';
import type { GrantStore } from './grants/grant-store.js';
import type { FederatedIdentityStore } from './identity-providers/federated-identity-store.js';
import type { IdentityProviderStore } from './identity-providers/identity-provider-store.js';
import type { ProviderSessionStore } from './identity-providers/provider-session-store.js';
import type { EnvironmentId } from './ids.js';
import type { KeyStore } from './keys/key-store.js';
import type { OperatorKeyStore } from './operators/operator-key-store.js';
import type { OverviewStore } from './overview/overview-store.js';
import type { PasswordLinkStore } from './password-links/password-link-store.js';
import type { SecondFactorStore } from './second-factor/second-factor-store.js';
import type { SessionStore } from './sessions/session-store.js';
import type { ThrottleStore } from './sign-in/throttle.js';
import type { ReplayStore } from './tokens/replay-store.js';
import type { UsageStore } from './usage/usage.js';
import type { UserStore } from './users/user-store.js';

/** All ports that one database keeps. Every method throws `UnavailableError` when the database is away. */
export interface Storage extends UsageStore {
  readonly environments: WatchedEnvironmentStore;
  readonly keys: KeyStore;
  readonly operatorKeys: OperatorKeyStore;
  readonly auditQueue: AuditQueue;
  /**
   * Nothing read or written through it crosses into another environment.
   * @param acting what the log says of the changes that are made through it
   */
  forEnvironment(id: EnvironmentId, acting?: Acting): EnvironmentStorage;
  /** @throws UnavailableError unless the database answers */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface EnvironmentStorage {
  readonly applications: ApplicationStore;
  readonly users: UserStore;
  readonly flows: FlowStore;
  readonly grants: GrantStore;
  readonly sessions: SessionStore;
  readonly secondFactors: SecondFactorStore;
  readonly passwordLinks: PasswordLinkStore;
  readonly throttle: ThrottleStore;
  readonly replay: ReplayStore;
  readonly audit: AuditStore;
  readonly auditSeals: AuditSealStore;
  readonly identityProviders: IdentityProviderStore;
  readonly federatedIdentities: FederatedIdentityStore;
  readonly overview: OverviewStore;
  readonly providerSessions: ProviderSessionStore;
}
