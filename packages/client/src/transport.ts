/**
 * Keeps a browser from sending its own Fluxo cookie beside the application's session: two sessions that
 * differ are refused. Edge runtimes have no cookies, and some throw at the mere mention of `credentials`.
 */
export const WITHOUT_COOKIES: RequestInit = 'credentials' in Request.prototype ? { credentials: 'omit' } : {};

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/** Node shows an unfollowed redirect with its status, browsers only that there was one. */
export function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || REDIRECT_STATUSES.has(response.status);
}
