import type { FastifyRequest } from 'fastify';

/**
 * Our `no-referrer` makes browsers send `Origin: null` with our own forms; then `Sec-Fetch-Site` speaks,
 * which no page can forge. Without either there is no proof, and without proof no change.
 */
export function isSameOrigin({ headers }: Pick<FastifyRequest, 'headers'>, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin === undefined || headers.origin === 'null') return site === 'same-origin';
  return headers.origin === origin;
}
