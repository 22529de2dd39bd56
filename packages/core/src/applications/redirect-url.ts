import { InputError } from '../errors/oauth-error.js';
import type { ApplicationKind } from './application.js';

/** Names that the answer to the redirect URL carries; a registered URL that has one could pass for an answer. */
const ANSWER_PARAMETERS = /^(?:code|state|iss|error.*|domain|lane)$/i;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const PRIVATE_USE_SCHEME = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/;
const MAX_LENGTH = 2000;

export interface RedirectUrlRules {
  readonly kind: ApplicationKind;
  /** Whether an address belongs to this server: an answer sent there would come to ourselves. */
  readonly isOwnHost: (url: URL) => boolean;
}

/**
 * Refuses what must not be registered (SPEC: redirect URLs; RFC 9700 §2.1, RFC 8252 §7 and §8.4).
 * The URL is kept as it was written: it is compared character for character later.
 * @throws InputError saying what to mend
 */
export function checkRedirectUrl(text: string, rules: RedirectUrlRules): string {
  const refuse = (reason: string): never => {
    throw new InputError('redirectUrl', `The redirect URL "${text.slice(0, 200)}" ${reason}`);
  };
  if (text.length > MAX_LENGTH) refuse(`is longer than ${MAX_LENGTH} characters.`);
  if (!/^[\x21-\x7e]+$/.test(text)) {
    refuse('contains blanks, control or non-ASCII characters; percent-encode them.');
  }
  if (text.includes('*')) refuse('contains a wildcard (*); register each URL by itself.');
  if (text.includes('\\')) refuse('contains a backslash, which browsers read in different ways.');
  if (text.includes('#'))
    refuse('has a fragment (#…), which an answer would be lost behind (RFC 6749 §3.1.2).');
  const url = parse(text) ?? refuse('is not an absolute URL, for example https://app.example.com/callback.');
  if (url.username !== '' || url.password !== '' || /^[a-z][a-z0-9+.-]*:\/\/[^/?]*@/i.test(text)) {
    refuse('carries a user name or password (…@), which hides where it leads.');
  }
  checkScheme(url, rules, refuse);
  const normal = url.href;
  if (normal !== text && normal !== `${text}/`) refuse(`is not in its normal form; write ${normal}`);
  for (const name of url.searchParams.keys()) {
    if (ANSWER_PARAMETERS.test(name))
      refuse(`has "${name}" in its query, which the answer uses; choose another name.`);
  }
  if (rules.isOwnHost(url)) refuse("leads to this server itself; use the application's own address.");
  return text;
}

function checkScheme(url: URL, rules: RedirectUrlRules, refuse: (reason: string) => never): void {
  if (url.protocol === 'https:') return;
  if (url.protocol === 'http:') {
    if (!LOOPBACK_HOSTS.has(url.hostname)) {
      refuse('uses http, which is allowed for localhost, 127.0.0.1 and [::1] only; use https.');
    }
    return;
  }
  if (rules.kind !== 'spa') refuse(`uses the scheme "${url.protocol}"; use https.`);
  if (!PRIVATE_USE_SCHEME.test(url.protocol)) {
    refuse(
      `uses the scheme "${url.protocol}"; a private-use scheme needs a dot, for example com.example.app:/callback.`,
    );
  }
}

/** The browser origin of a redirect URL, or null for a private-use scheme. */
export function redirectOrigin(redirectUrl: string): string | null {
  const origin = parse(redirectUrl)?.origin;
  return origin === undefined || origin === 'null' ? null : origin;
}

/**
 * Equal character for character; only the port of a loopback address literal may differ (RFC 8252 §7.3:
 * an app on a laptop takes whatever port is free).
 */
export function matchesRegistered(received: string, registered: string): boolean {
  if (received === registered) return true;
  const [a, b] = [splitLoopback(received), splitLoopback(registered)];
  return a !== undefined && b !== undefined && a.host === b.host && a.rest === b.rest;
}

/** Taken apart by hand: a parser that "repairs" what came would compare something else than what came. */
function splitLoopback(text: string): { host: string; rest: string } | undefined {
  const match = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::([0-9]{1,5}))?(\/.*|\?.*)?$/.exec(text);
  const [, host, port, rest] = match ?? [];
  if (host === undefined || (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)))
    return undefined;
  return { host, rest: rest ?? '' };
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
