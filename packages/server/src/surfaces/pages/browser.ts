import { digestOf, equalDigests } from '@fluxo/core';
import { readBrowserCookie, setBrowserCookie } from '../../http/cookies.js';
import type { PageExchange } from './page-request.js';

const COOKIE_FORM = /^[0-9a-f]{64}$/;
const FORM_TOKEN_FORM = /^[0-9a-f]{64}$/;

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

/** The hidden field of forms outside a flow: a MAC of the session, so that a form is good for its own session only. */
export function formTokenOf(sessionId: string, { essentials }: PageExchange['services']): string {
  return essentials.keyRing.signing.mac('form-token', Buffer.from(sessionId, 'hex')).toString('hex');
}

export function isFormToken(
  token: string,
  sessionId: string,
  { essentials }: PageExchange['services'],
): boolean {
  // Decoding hexadecimal drops what it can't read: one token has one text.
  if (!FORM_TOKEN_FORM.test(token)) return false;
  const presented = Buffer.from(token, 'hex');
  const id = Buffer.from(sessionId, 'hex');
  return essentials.keyRing.all.some((key) => equalDigests(key.mac('form-token', id), presented));
}
