import { IntlMessageFormat } from 'intl-messageformat';
import { createElement, Fragment, type ReactNode } from 'react';
import type { Locale } from '../page.js';
import { texts, type MessageKey } from './catalogue.js';

/** One language's voice. `now` is here because relative times are part of what a page says. */
export interface Text {
  readonly locale: Locale;
  readonly now: number;
  /** A message as text. */
  readonly t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;
  /** A message whose placeholders may be elements, so that a name keeps its isolation inside a sentence. */
  readonly rich: (key: MessageKey, values: Readonly<Record<string, ReactNode>>) => ReactNode;
}

export function textIn(locale: Locale, now: number): Text {
  return {
    locale,
    now,
    t: (key, values) => String(compiled(locale, key).format(values)),
    rich: (key, values) => {
      const parts = compiled(locale, key).format<ReactNode>(values as Record<string, string>);
      return Array.isArray(parts) ? createElement(Fragment, null, ...parts) : parts;
    },
  };
}

const cache = new Map<string, IntlMessageFormat>();

/** Parsing a message costs more than the rest of the page, and the catalogues never change. */
function compiled(locale: Locale, key: MessageKey): IntlMessageFormat {
  const name = `${locale} ${key}`;
  const known = cache.get(name);
  if (known !== undefined) return known;
  // Tags are not used: what a placeholder brings is never read as markup.
  const message = new IntlMessageFormat(texts[locale][key], locale, undefined, { ignoreTag: true });
  cache.set(name, message);
  return message;
}
