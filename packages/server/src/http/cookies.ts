import { KNOWN_DEVICE_SECONDS, MOST_KNOWN_DEVICES } from '@fluxo/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-` binds a cookie to exactly this host over TLS; plain names exist on http loopback only. */
function cookieName(name: 'session' | 'browser' | 'known', secure: boolean): string {
  return secure ? `__Host-fluxo-${name}` : `fluxo-${name}`;
}

export function readSessionCookie(request: FastifyRequest, secure: boolean): string | undefined {
  return readCookie(request, cookieName('session', secure));
}

/** Proves that a flow's pages are all in the same browser. */
export function readBrowserCookie(request: FastifyRequest, secure: boolean): string | undefined {
  return readCookie(request, cookieName('browser', secure));
}

export function setSessionCookie(reply: FastifyReply, value: string, secure: boolean): void {
  setCookie(reply, cookieName('session', secure), { value, secure });
}

export function setBrowserCookie(reply: FastifyReply, value: string, secure: boolean): void {
  setCookie(reply, cookieName('browser', secure), { value, secure });
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  setCookie(reply, cookieName('session', secure), { value: '', secure, maxAgeSeconds: 0 });
}

/** From earlier sign-ins, the latest first. They open nothing. */
export function readKnownDevices(request: FastifyRequest, secure: boolean): readonly string[] {
  return readCookie(request, cookieName('known', secure))?.split('.') ?? [];
}

export function setKnownDevices(reply: FastifyReply, tokens: readonly string[], secure: boolean): void {
  const value = tokens.slice(0, MOST_KNOWN_DEVICES).join('.');
  setCookie(reply, cookieName('known', secure), { value, secure, maxAgeSeconds: KNOWN_DEVICE_SECONDS });
}

/** Two cookies of one name: somebody planted one of them; neither counts. */
function readCookie(request: FastifyRequest, name: string): string | undefined {
  const { cookie } = request.headers;
  if (cookie === undefined) return undefined;
  const begin = `${name}=`;
  let value: string | undefined;
  for (const pair of cookie.split(';')) {
    const trimmed = pair.trim();
    if (!trimmed.startsWith(begin)) continue;
    if (value !== undefined) return undefined;
    value = trimmed.slice(begin.length);
  }
  return value === '' ? undefined : value;
}

interface CookieValue {
  readonly value: string;
  readonly secure: boolean;
  readonly maxAgeSeconds?: number;
}

/** Our values are letters, digits and dots: nothing to escape. */
function setCookie(reply: FastifyReply, name: string, { value, secure, maxAgeSeconds }: CookieValue): void {
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  const cookie = `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${age}`;
  const before = reply.getHeader('set-cookie');
  const others = before === undefined ? [] : [before].flat().map(String);
  // Fastify adds cookies to those that are there: with them in the list each would go out twice.
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', [...others.filter((other) => !other.startsWith(`${name}=`)), cookie]);
}
