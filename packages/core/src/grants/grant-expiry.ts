import type { RefreshPolicy } from '../applications/application.js';

export const DAY_MS = 86_400_000;

/**
 * When a grant ends by itself: at the earlier of its policy's absolute expiry then and now, or when the
 * user has been away for too long. The application's own calls stretch neither.
 * @returns epoch milliseconds, Infinity for never
 */
export function grantExpiresAt(
  grant: { readonly authorizedAt: number; readonly expiresAt: number | null },
  policy: RefreshPolicy,
  userLastActiveAt: number,
): number {
  return Math.min(
    grant.expiresAt ?? Infinity,
    policy.absoluteDays === null ? Infinity : grant.authorizedAt + policy.absoluteDays * DAY_MS,
    policy.inactivityDays === null ? Infinity : userLastActiveAt + policy.inactivityDays * DAY_MS,
  );
}
