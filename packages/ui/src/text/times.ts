import type { Locale } from '../page.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly minute: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

function formatsOf(locale: Locale): Formats {
  // The server doesn't know where the person is; a time zone that is named can't be misread.
  const timeZone = 'UTC';
  return {
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }),
    minute: new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      hourCycle: 'h23',
      timeZone,
    }),
    clock: new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23', timeZone }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
  };
}

const formats: Readonly<Record<Locale, Formats>> = { en: formatsOf('en'), 'pt-BR': formatsOf('pt-BR') };

export type TimeStyle = 'day' | 'minute' | 'clock';

export const formatTime = (locale: Locale, style: TimeStyle, at: number): string =>
  formats[locale][style].format(at);

/** “3 hours ago”, “in 4 minutes”; undefined when it is so far away that a date says more. */
export function formatRelative(locale: Locale, at: number, now: number): string | undefined {
  const distance = at - now;
  const size = Math.abs(distance);
  const { relative } = formats[locale];
  // The future is rounded up: whoever waits as long as we said must not find it was too short.
  const count = (unitMs: number) =>
    distance > 0 ? Math.ceil(distance / unitMs) : -Math.floor(size / unitMs) || 0;
  if (size < minuteMs)
    return distance > 0 ? relative.format(count(1000), 'second') : relative.format(0, 'second');
  if (size < hourMs) return relative.format(count(minuteMs), 'minute');
  if (size < dayMs) return relative.format(count(hourMs), 'hour');
  if (size < 7 * dayMs) return relative.format(count(dayMs), 'day');
  return undefined;
}
