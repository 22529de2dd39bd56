import type { Evidence } from '../errors/oauth-error.js';
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
  | RefusalType
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

/** What was refused to somebody who proved little or nothing: sampled, so that nobody fills the log. */
export type RefusalType =
  'user.sign-in-failed' | 'user.sign-in-throttled' | 'authorization.refused' | 'token.refused';

/** The way by which it came about. */
export type AuditVia = 'page' | 'api' | 'cli' | 'operator' | 'protocol';

/** By whom and by which way the storage is used: what it writes to the log says so. */
export interface Acting {
  readonly via: AuditVia;
  /** An administrator; absent where the event's user did it, or nobody who signed in. */
  readonly actorId?: UserId;
}

/** Written inside the transaction that it tells of. Never holds a secret, a token or a digest. */
export interface AuditEvent {
  readonly id: AuditEventId;
  readonly environmentId: EnvironmentId;
  readonly at: number;
  readonly type: AuditEventType;
  /** Whom it is about. */
  readonly userId?: UserId;
  readonly clientId?: ClientId;
  readonly grantId?: GrantId;
  readonly detail?: string;
  /** Who did it, when it wasn't the user whom it is about. */
  readonly actorId?: UserId;
  readonly via?: AuditVia;
  /** Which check refused, what it wanted and what came. */
  readonly evidence?: Evidence;
  /** So many more of its kind came in the same minute and have no row of their own. */
  readonly omitted?: number;
}

/** These come about in one way only, so that their rows, written on the hot path, need not say it. */
const ONE_WAY: Partial<Readonly<Record<AuditEventType, AuditVia>>> = {
  'consent.given': 'page',
  'consent.denied': 'page',
  'grant.authorized': 'page',
  'grant.redeemed': 'protocol',
  'grant.code-replayed': 'protocol',
  'grant.refresh-token-reused': 'protocol',
};

/** @param recorded what the row says; rows of earlier versions say nothing */
export function viaOf(type: AuditEventType, recorded: AuditVia | null): AuditVia | null {
  return recorded ?? ONE_WAY[type] ?? null;
}
