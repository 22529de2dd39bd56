import type { ApplicationKind } from './application.js';
import { RedirectUrlError, type RedirectUrlRefusal, type RedirectUrlValues } from './redirect-url-error.js';

/** Names that the answer to the redirect URL carries; a registered URL that has one could pass for an answer. */
const ANSWER_PARAMETERS = /^(?:code|state|iss|error.*|domain|lane)$/i;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const PRIVATE_USE_SCHEME = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/;
const MAX_LENGTH = 2000;
/** Of a refused one: it may be as long as a body. */
const MAX_SHOWN = 200;

export interface RedirectUrlRules {
  readonly kind: ApplicationKind;
  /** Whether an address belongs to this server: an answer sent there would come to ourselves. */
  readonly isOwnHost: (url: URL) => boolean;
  /** Which of several it is, from 0. */
  readonly place?: number;
}

type Refuse = (reason: RedirectUrlRefusal, words: string, values?: RedirectUrlValues) => never;

/**
 * Refuses what must not be registered (SPEC: redirect URLs; RFC 9700 §2.1, RFC 8252 §7 and §8.4).
 * The URL is kept as it was written: it is compared character for character later.
 * @throws RedirectUrlError saying what to mend
 */
export function checkRedirectUrl(text: string, rules: RedirectUrlRules): string {
  const refuse = refusalOf(text, rules.place);
  if (text.length > MAX_LENGTH) {
    refuse('too-long', `is longer than ${MAX_LENGTH} characters.`, { most: MAX_LENGTH });
  }
  checkCharacters(text, refuse);
  const url =
    parse(text) ??
    refuse('not-absolute', 'is not an absolute URL, for example https://app.example.com/callback.');
  if (url.username !== '' || url.password !== '' || /^[a-z][a-z0-9+.-]*:\/\/[^/?]*@/i.test(text)) {
    refuse('credentials', 'carries a user name or password (…@), which hides where it leads.');
  }
  checkScheme(url, rules, refuse);
  const normal = url.href;
  if (normal !== text && normal !== `${text}/`) {
    refuse('not-normal', `is not in its normal form; write ${normal}`, { normal });
  }
  for (const name of url.searchParams.keys()) {
    if (ANSWER_PARAMETERS.test(name)) {
      const words = `has "${name}" in its query, which the answer uses; choose another name.`;
      refuse('answer-parameter', words, { parameter: name });
    }
  }
  if (rules.isOwnHost(url)) {
    refuse('own-host', "leads to this server itself; use the application's own address.");
  }
  return text;
}

function refusalOf(text: string, place: number | undefined): Refuse {
  const url = text.slice(0, MAX_SHOWN);
  return (reason, words, values) => {
    throw new RedirectUrlError(reason, `The redirect URL "${url}" ${words}`, { url, ...values, place });
  };
}

function checkCharacters(text: string, refuse: Refuse): void {
  if (!/^[\x21-\x7e]+$/.test(text)) {
    refuse('not-ascii', 'contains blanks, control or non-ASCII characters; percent-encode them.');
  }
  if (text.includes('*')) refuse('wildcard', 'contains a wildcard (*); register each URL by itself.');
  if (text.includes('\\')) {
    refuse('backslash', 'contains a backslash, which browsers read in different ways.');
  }
  if (text.includes('#')) {
    refuse('fragment', 'has a fragment (#…), which an answer would be lost behind (RFC 6749 §3.1.2).');
  }
}

function checkScheme(url: URL, rules: RedirectUrlRules, refuse: Refuse): void {
  const { protocol: scheme } = url;
  if (scheme === 'https:') return;
  if (scheme === 'http:') {
    if (!LOOPBACK_HOSTS.has(url.hostname)) {
      refuse('http', 'uses http, which is allowed for localhost, 127.0.0.1 and [::1] only; use https.');
    }
    return;
  }
  if (rules.kind !== 'spa') refuse('scheme', `uses the scheme "${scheme}"; use https.`, { scheme });
  if (!PRIVATE_USE_SCHEME.test(scheme)) {
    const words = `uses the scheme "${scheme}"; a private-use scheme needs a dot, for example com.example.app:/callback.`;
    refuse('private-use-scheme', words, { scheme });
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
