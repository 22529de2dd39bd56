import { digestOf } from '@fluxo/core';
import { readBrowserCookie, setBrowserCookie } from '../../http/cookies.js';
import type { PageExchange } from './page-request.js';

const COOKIE_FORM = /^[0-9a-f]{64}$/;

/** Digest of the browser's cookie; makes the cookie on the first visit. */
export function ensureBrowser({ request, reply, services }: PageExchange): Buffer {
  const known = knownBrowser({ request, services });
  if (known !== undefined) return known;
  const value = Buffer.from(services.essentials.random.bytes(32)).toString('hex');
  setBrowserCookie(reply, value, services.secure);
  return digestOf(value);
}

/** Undefined when the browser has no cookie of ours. */
export function knownBrowser({
  request,
  services,
}: Pick<PageExchange, 'request' | 'services'>): Buffer | undefined {
  const value = readBrowserCookie(request, services.secure);
  return value !== undefined && COOKIE_FORM.test(value) ? digestOf(value) : undefined;
}
