import type { Evidence } from '../errors/oauth-error.js';
import type { AuditEventId, ClientId, GrantId, UserId } from '../ids.js';
import type { AuditEvent, AuditEventType, AuditVia, RefusalType } from './audit-event.js';

/** Names are those of now; null once the person or the application was deleted. */
export interface AuditPerson {
  readonly id: UserId;
  readonly username: string | null;
  readonly name: string | null;
}

export interface AuditApplication {
  readonly clientId: ClientId;
  readonly name: string | null;
}

/** An event as an administrator reads it. */
export interface AuditEntry {
  readonly id: AuditEventId;
  readonly at: number;
  readonly type: AuditEventType;
  readonly user: AuditPerson | null;
  readonly actor: AuditPerson | null;
  readonly via: AuditVia | null;
  readonly application: AuditApplication | null;
  readonly grantId: GrantId | null;
  readonly evidence: Evidence | null;
  readonly detail: string | null;
  /** So many more of its kind came in the same minute and have no row of their own. */
  readonly omitted: number | null;
  /** Whether a seal covers it already; a few seconds after it was written one does. */
  readonly sealed: boolean;
}

export interface AuditFilter {
  /** Any of these; one that ends in a dot stands for all that begin with it (`grant.`). */
  readonly types?: readonly string[];
  /** Whom it is about, or who did it. */
  readonly userId?: UserId;
  readonly clientId?: ClientId;
  /** Epoch milliseconds, inclusive. */
  readonly from?: number;
  /** Epoch milliseconds, exclusive. */
  readonly to?: number;
  /** Found in the detail, in the evidence, or in the name of a person or application; the case of A to Z doesn't matter. */
  readonly text?: string;
}

export interface AuditQuery extends AuditFilter {
  /** The `nextCursor` of the page before, for the same filter. */
  readonly cursor?: AuditEventId;
  /** 1 or more. */
  readonly limit: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly events: readonly AuditEntry[];
  /** Null when there is nothing older. */
  readonly nextCursor: AuditEventId | null;
}

/** A refusal, told after it was answered. Its identifier was made when it happened, which gives it its place in the log. */
export interface RefusalEvent extends Omit<AuditEvent, 'environmentId' | 'actorId'> {
  readonly type: RefusalType;
}

export interface AuditStore {
  /** Newest first. */
  list(limit: number): Promise<readonly AuditEvent[]>;
  /**
   * One bounded look, from the cursor on. Where the filter needs to look at each event (text, times), it may find fewer
   * than were asked for, even none, and still say where to go on: `readAudit` does so.
   */
  page(query: AuditQuery): Promise<AuditPage>;
  /** In one transaction. What is there already, by its identifier, stays as it is: a write whose answer was lost may be repeated. */
  record(events: readonly RefusalEvent[]): Promise<void>;
}
