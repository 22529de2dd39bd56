import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, createElement, Fragment, useContext, type ReactNode } from 'react';
import type { MessageKey, Messages } from './english.js';

export type Locale = 'en' | 'pt-BR';

/** One language's voice. */
export interface Text {
  readonly locale: Locale;
  /** A message as text. */
  readonly t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;
  /** A message whose placeholders may be elements, so that a name keeps its isolation inside a sentence. */
  readonly rich: (key: MessageKey, values: Readonly<Record<string, ReactNode>>) => ReactNode;
  /** “3 hours ago”, or the date where that says more. */
  readonly ago: (at: string) => string;
  /** Day, hour and minute, in the time zone of whoever reads. */
  readonly moment: (at: string) => string;
  readonly count: (value: number) => string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export function textIn(locale: Locale, messages: Messages): Text {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  const messageOf = (key: MessageKey): IntlMessageFormat => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    // Tags are not used: what a placeholder brings is never read as markup.
    const message = new IntlMessageFormat(messages[key], locale, undefined, { ignoreTag: true });
    compiled.set(key, message);
    return message;
  };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const number = new Intl.NumberFormat(locale);
  return {
    locale,
    t: (key, values) => String(messageOf(key).format(values)),
    rich: (key, values) => {
      const parts = messageOf(key).format<ReactNode>(values as Record<string, string>);
      return Array.isArray(parts) ? createElement(Fragment, null, ...parts) : parts;
    },
    ago: (at) => {
      const passedMs = Date.now() - Date.parse(at);
      if (passedMs < MINUTE_MS) return relative.format(0, 'second');
      if (passedMs < HOUR_MS) return relative.format(-Math.floor(passedMs / MINUTE_MS), 'minute');
      if (passedMs < DAY_MS) return relative.format(-Math.floor(passedMs / HOUR_MS), 'hour');
      if (passedMs < 7 * DAY_MS) return relative.format(-Math.floor(passedMs / DAY_MS), 'day');
      return day.format(Date.parse(at));
    },
    moment: (at) => minute.format(Date.parse(at)),
    count: (value) => number.format(value),
  };
}

export interface TextSwitch {
  readonly text: Text;
  /** Kept in this browser, for the next visit. */
  readonly choose: (locale: Locale) => void;
}

export const TextContext = createContext<TextSwitch | undefined>(undefined);

export function useTextSwitch(): TextSwitch {
  const found = useContext(TextContext);
  if (found === undefined) throw new Error('There is no TextContext around this component.');
  return found;
}

/** What nearly every component begins with. */
export const useText = (): Text => useTextSwitch().text;
