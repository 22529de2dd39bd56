import type { Application } from '../applications/application.js';
import type { EnvironmentSettings } from '../environments/environment.js';
import type { ClientId, ConsentId, GrantId, SessionId, UserId } from '../ids.js';
import { grantExpiresAt } from '../grants/grant-expiry.js';

/**
 * Both origins have the same rules of life and never stand in for each other: a browser session lives
 * in a cookie and opens our pages, an application's session is an access token and opens the API.
 */
export type SessionOrigin = 'browser' | 'application';

/** A session's row and the states above it that decide whether it lives. Read together, in one step. */
export interface SessionEvidence {
  readonly id: SessionId;
  readonly origin: SessionOrigin;
  readonly digest: Uint8Array;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly endedAt: number | null;
  readonly userAgent: string | null;
  /** False when the user signed out everywhere, was disabled or deleted since. */
  readonly userAllows: boolean;
  readonly user: SessionUser;
  /** Of an application's session only; undefined when the grant is gone. */
  readonly grant: SessionGrant | undefined;
}

export interface SessionUser {
  readonly id: UserId;
  readonly username: string;
  readonly name: string;
  readonly administrator: boolean;
  readonly lastActiveAt: number;
}

export interface SessionGrant {
  readonly id: GrantId;
  readonly clientId: ClientId;
  readonly consentId: ConsentId;
  /** False when grant, consent or application were revoked, disabled or deleted. */
  readonly stands: boolean;
  readonly authorizedAt: number;
  /** The absolute expiry that the policy of then set. */
  readonly expiresAt: number | null;
  readonly refreshPolicy: Application['refreshPolicy'];
  readonly tokenType: Application['tokenType'];
}

export interface LiveSession {
  readonly evidence: SessionEvidence;
  readonly expiresAt: number;
}

/** When the session ends unless it is used again: idle timeout, total age, and never after its grant. */
function sessionExpiresAt(evidence: SessionEvidence, settings: EnvironmentSettings, lastUse: number): number {
  const own = Math.min(
    lastUse + settings.sessionIdleTimeoutMs,
    evidence.createdAt + settings.sessionTotalAgeMs,
  );
  if (evidence.grant === undefined) return own;
  return Math.min(
    own,
    grantExpiresAt(evidence.grant, evidence.grant.refreshPolicy, evidence.user.lastActiveAt),
  );
}

/** @param lastUse the latest use known, written or not yet (epoch milliseconds) */
export function judgeSession(
  evidence: SessionEvidence,
  settings: EnvironmentSettings,
  moment: { readonly now: number; readonly lastUse: number },
): LiveSession | undefined {
  if (evidence.endedAt !== null || !evidence.userAllows) return undefined;
  if (evidence.origin === 'application' && evidence.grant?.stands !== true) return undefined;
  const expiresAt = sessionExpiresAt(evidence, settings, moment.lastUse);
  return expiresAt > moment.now ? { evidence, expiresAt } : undefined;
}

/** Whole seconds that are left, never 0: clients take 0 for "no limit" or loop. */
export function secondsLeft(expiresAt: number, now: number): number {
  return Math.max(1, Math.floor((expiresAt - now) / 1000));
}
