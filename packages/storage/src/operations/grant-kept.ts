/** A revoked grant stays for a week, so that an administrator can see why it ended. */
export const REVOKED_GRANT_KEPT_MS = 7 * 86_400_000;
