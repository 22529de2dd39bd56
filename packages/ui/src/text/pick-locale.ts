import type { Locale } from '../page.js';

/** Nobody has more languages than this; whoever sends more is not a reader. */
const longestHeader = 1000;

/**
 * The language of a page. `ui_locales` (OpenID Connect Core §3.1.2.1) is a wish of the application and wins
 * over the browser's `Accept-Language` (RFC 9110 §12.5.4). Input comes from strangers: garbage is English.
 */
export function pickLocale(uiLocales: string | undefined, acceptLanguage: string | undefined): Locale {
  const wished = (uiLocales ?? '').slice(0, longestHeader).split(/\s+/);
  return firstSupported(wished) ?? firstSupported(acceptedTags(acceptLanguage ?? '')) ?? 'en';
}

function firstSupported(tags: readonly string[]): Locale | undefined {
  for (const tag of tags) {
    const locale = supported(tag);
    if (locale !== undefined) return locale;
  }
  return undefined;
}

/** Every Portuguese reader is better served by ours than by English. */
function supported(tag: string): Locale | undefined {
  const language = tag.toLowerCase().split(/[-_]/, 1)[0];
  if (language === 'pt') return 'pt-BR';
  return language === 'en' ? 'en' : undefined;
}

/** The tags of an Accept-Language header, best first; equal weights keep the order of the header. */
function acceptedTags(header: string): readonly string[] {
  return header
    .slice(0, longestHeader)
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.split(';').map((part) => part.trim());
      return { tag, weight: weightOf(parameters) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .map(({ tag }) => tag);
}

/** `q` from 0 to 1; absent is 1, unreadable is 0. */
function weightOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => /^q\s*=/i.test(parameter));
  if (quality === undefined) return 1;
  const value = quality.slice(quality.indexOf('=') + 1).trim();
  return /^(0(\.\d*)?|1(\.0*)?)$/.test(value) ? Number(value) : 0;
}
