import type { Application, ApplicationKind, RefreshPolicy } from '../applications/application.js';
import type { AuthorizationGoal } from '../authorize/flow.js';
import type { ApplicationKeyId, ClientId, ConsentId, FlowId, GrantId, SessionId, UserId } from '../ids.js';
import type { ConnectionFilter } from '../overview/overview-store.js';

export interface Authorization {
  readonly grantId: GrantId;
  readonly consentId: ConsentId;
  readonly userId: UserId;
  readonly goal: AuthorizationGoal;
  readonly codeDigest: Uint8Array;
  readonly codeExpiresAt: number;
  /** The absolute expiry by the policy of now; null for none. */
  readonly expiresAt: number | null;
  readonly now: number;
}

export interface Redemption {
  readonly grantId: GrantId;
  readonly clientId: ClientId;
  readonly codeDigest: Uint8Array;
  readonly redirectUri: string | null;
  /** S256 of the verifier that came; null when none came. */
  readonly codeChallenge: string | null;
  readonly refreshDigest: Uint8Array;
  readonly keyId: string;
  readonly session: NewSession;
  readonly policy: RefreshPolicy;
  readonly now: number;
}

/** An application's session that is about to be opened. */
export interface NewSession {
  readonly id: SessionId;
  readonly digest: Uint8Array;
  /** From `now`: kept with the row, so that it can be removed when it has ended. */
  readonly idleTimeoutMs: number;
}

/** A JWT that was found good: a grant that is active at once, of one session, without refresh tokens. */
export interface KeyAuthorization {
  readonly grantId: GrantId;
  readonly clientId: ClientId;
  /** The key that signed it, and who registered it. */
  readonly keyId: ApplicationKeyId;
  readonly userId: UserId;
  /** Of a JWT that may be used once only: its digest, and when it stops being accepted. */
  readonly once: { readonly digest: Uint8Array; readonly expiresAt: number } | undefined;
  readonly session: NewSession;
  /** With the session's total age. */
  readonly expiresAt: number;
  readonly now: number;
}

/** What the caller needs to know of the grant to say how long the answer is good for. */
export interface GrantLife {
  readonly userId: UserId;
  readonly authorizedAt: number;
  readonly expiresAt: number | null;
  readonly userLastActiveAt: number;
}

export type RedemptionOutcome =
  | { readonly kind: 'redeemed'; readonly grant: GrantLife }
  /** A right exchange of a code that was exchanged before: the grant is revoked now. */
  | { readonly kind: 'replayed' }
  | { readonly kind: 'refused'; readonly reason: RedemptionRefusal };

export type RedemptionRefusal =
  | 'unknown'
  | 'redirect-uri-missing'
  | 'redirect-uri-differs'
  | 'verifier-missing'
  | 'verifier-unexpected'
  | 'verifier-differs'
  | 'code-expired'
  | 'ended';

export interface Refresh {
  readonly grantId: GrantId;
  readonly clientId: ClientId;
  readonly presented: { readonly generation: number; readonly digest: Uint8Array };
  /** What replaces the presented token; undefined: it stays. */
  readonly successor: { readonly digest: Uint8Array; readonly keyId: string } | undefined;
  readonly session: NewSession;
  readonly kind: ApplicationKind;
  readonly policy: RefreshPolicy;
  readonly now: number;
}

export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly grant: GrantLife }
  /** The answer got lost and the client asked again: nothing was touched. */
  | {
      readonly kind: 'repeated';
      readonly grant: GrantLife;
      readonly keyId: string;
      readonly session: { readonly id: SessionId; readonly createdAt: number } | undefined;
    }
  /** A superseded token: the grant is revoked now. */
  | { readonly kind: 'reused' }
  | { readonly kind: 'refused'; readonly reason: 'unknown' | 'expired' | 'ended' };

export interface SuccessorSession {
  readonly grantId: GrantId;
  readonly generation: number;
  readonly expected: SessionId | undefined;
  readonly session: NewSession;
  readonly now: number;
}

export type RevocationReason =
  | 'code-replayed'
  | 'refresh-token-reused'
  | 'revoked-by-application'
  | 'revoked-by-administrator'
  | 'identity-provider-disabled';

/** A consent with the application as it is now and the grants that stand under it. */
export interface StandingConsent {
  readonly consentId: ConsentId;
  readonly application: Application;
  readonly consentedAt: number;
  readonly grants: readonly StandingGrant[];
  /** The application holds a key that the user registered: it may act at any time, also when no grant lives. */
  readonly hasKey: boolean;
}

export interface StandingGrant {
  readonly id: GrantId;
  readonly redeemedAt: number | null;
  readonly authorizedAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface GrantSummary extends StandingGrant {
  readonly clientId: ClientId;
  readonly userId: UserId;
  readonly revokedAt: number | null;
  readonly revokedReason: string | null;
  /** False when grant, consent, user or application were revoked, disabled or deleted. */
  readonly stands: boolean;
}

/**
 * Bound to one environment. Each operation is one transaction that locks the grant's row first; what
 * the rules allow is decided by the condition of one statement, so of many at once exactly one wins.
 */
export interface GrantStore {
  /**
   * The person pressed *Allow access*: the flow ends, the consent stands, the grant begins, all or
   * nothing. `gone`: the flow was answered before, or user or application may no more.
   */
  authorize(input: Authorization, flowId: FlowId): Promise<'authorized' | 'gone'>;
  /** Without asking: only while a consent stands that remembers this very redirect URL. */
  authorizeRemembered(input: Authorization): Promise<'authorized' | 'not-remembered'>;
  /**
   * Only while the key, its user's consent, user and application stand. Of many exchanges of a JWT that may be used
   * once exactly one is `authorized`.
   */
  authorizeByKey(input: KeyAuthorization): Promise<'authorized' | 'replayed' | 'gone'>;
  /** Exactly one of many redemptions wins. */
  redeemAuthorizationCode(input: Redemption): Promise<RedemptionOutcome>;
  /** Of many refreshes with one token one makes the successor, all others repeat its answer. */
  rotateRefreshToken(input: Refresh): Promise<RefreshOutcome>;
  /**
   * For a repeat so late that the successor's session ended unused: opens another one in its place.
   * False when somebody else did so first, or the window closed.
   */
  replaceSuccessorSession(input: SuccessorSession): Promise<boolean>;
  /** Kills code, sessions and refresh tokens of the grant. False: no such grant of that application. */
  revokeGrant(id: GrantId, reason: RevocationReason, by: RevokedBy): Promise<boolean>;
  /**
   * The application gives the grant back. Any genuine generation will do; a forged secret of the current
   * or the previous generation will not.
   */
  revokeByRefreshToken(token: PresentedRefreshToken, by: Required<RevokedBy>): Promise<void>;
  /** Taking a consent back: every grant under it is dead from then on, and every key that it was given with. */
  revokeConsent(id: ConsentId, userId: UserId, now: number): Promise<boolean>;
  /**
   * Takes consents back, as `revokeConsent`, so many at most in one transaction. Each is recorded.
   * @returns how many there were: when it is the limit, there may be more
   */
  disconnect(filter: ConnectionFilter, limit: number, now: number): Promise<number>;
  listConsents(userId: UserId): Promise<readonly StandingConsent[]>;
  /** Newest first, the newest thousand. */
  list(filter: { readonly userId?: UserId; readonly clientId?: ClientId }): Promise<readonly GrantSummary[]>;
  find(id: GrantId): Promise<GrantSummary | undefined>;
  /** For introspection of a refresh token; undefined when no such grant stands. */
  findByRefreshToken(token: PresentedRefreshToken): Promise<RefreshEvidence | undefined>;
}

export interface PresentedRefreshToken {
  readonly id: GrantId;
  readonly presented: Refresh['presented'];
}

export interface RevokedBy {
  readonly now: number;
  /** Only a grant of this application; undefined: an administrator's doing. */
  readonly clientId?: ClientId;
}

/** A refresh token that stands: its grant is active and it is the current generation. */
export interface RefreshEvidence {
  readonly clientId: ClientId;
  readonly username: string;
  readonly grant: GrantLife;
}
