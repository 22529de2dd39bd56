import type { Application } from '../applications/application.js';
import { grantExpiresAt } from '../grants/grant-expiry.js';
import type { GrantStore, StandingGrant } from '../grants/grant-store.js';
import type { ConsentId } from '../ids.js';
import type { SessionUser } from '../sessions/session.js';

/** An application that can act for the user at this moment. */
export interface Connection {
  readonly consentId: ConsentId;
  readonly application: Application;
  readonly connectedAt: number;
  /** Null when the application has not called yet. */
  readonly lastUsedAt: number | null;
}

/** What `/account` shows: consents under which at least one grant lives, or which a key can make one at any time. */
export async function listConnections(
  user: Pick<SessionUser, 'id' | 'lastActiveAt'>,
  grants: GrantStore,
  now: number,
): Promise<readonly Connection[]> {
  const consents = await grants.listConsents(user.id);
  return consents.flatMap((consent) => {
    const { refreshPolicy } = consent.application;
    const isAlive = (grant: StandingGrant): boolean =>
      grant.redeemedAt !== null && grantExpiresAt(grant, refreshPolicy, user.lastActiveAt) > now;
    const alive = consent.grants.filter(isAlive);
    if (alive.length === 0 && !consent.hasKey) return [];
    const lastUsedAt = Math.max(0, ...alive.map((grant) => grant.lastUsedAt ?? 0));
    return [
      {
        consentId: consent.consentId,
        application: consent.application,
        connectedAt: consent.consentedAt,
        lastUsedAt: lastUsedAt === 0 ? null : lastUsedAt,
      },
    ];
  });
}
