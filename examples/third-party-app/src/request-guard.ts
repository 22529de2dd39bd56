import type { IncomingMessage } from 'node:http';

/**
 * Whether a request that changes something came from a page of ours (CSRF). Every browser of today says
 * `Sec-Fetch-Site`; older ones say `Origin` on a POST. SameSite=Lax alone wouldn't do: another program on
 * 127.0.0.1 is the same site.
 */
export function isFromOurPages(request: IncomingMessage, appOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return request.headers.origin === appOrigin;
}

/** Whether another site's page makes this browser open a link of ours: it must not start a connection. */
export function isOpenedByAnotherSite(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

/** For every answer. Script-free pages of our own styles, framed by nobody. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};
