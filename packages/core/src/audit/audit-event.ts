import type { AuditEventId, ClientId, EnvironmentId, GrantId, UserId } from '../ids.js';

/** What is worth a row that outlives its subject. Successful refreshes are counters of the grant instead. */
export type AuditEventType =
  | 'environment.created'
  | 'environment.updated'
  | 'environment.deleted'
  | 'user.created'
  | 'user.updated'
  | 'user.deleted'
  | 'application.registered'
  | 'application.updated'
  | 'application.deleted'
  | 'application.secret-added'
  | 'application.secret-deleted'
  | 'application.key-added'
  | 'application.key-deleted'
  | 'identity-provider.created'
  | 'identity-provider.updated'
  | 'identity-provider.deleted'
  | 'user.linked'
  | 'user.unlinked'
  | 'user.signed-in'
  | 'user.invited'
  | 'user.password-link-sent'
  | 'user.password-set-by-link'
  | 'second-factor.added'
  | 'second-factor.removed'
  | 'second-factor.recovery-code-used'
  | 'second-factor.recovery-codes-renewed'
  | 'user.signed-out-everywhere'
  | 'session.ended'
  | 'consent.given'
  | 'consent.denied'
  | 'consent.revoked'
  | 'grant.authorized'
  | 'grant.redeemed'
  | 'grant.revoked'
  | 'grant.code-replayed'
  | 'grant.refresh-token-reused';

/** Written inside the transaction that it tells of. Never holds a secret, a token or a digest. */
export interface AuditEvent {
  readonly id: AuditEventId;
  readonly environmentId: EnvironmentId;
  readonly at: number;
  readonly type: AuditEventType;
  readonly userId?: UserId;
  readonly clientId?: ClientId;
  readonly grantId?: GrantId;
  readonly detail?: string;
}

export interface AuditStore {
  /** Newest first. */
  list(limit: number): Promise<readonly AuditEvent[]>;
}
