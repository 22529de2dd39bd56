import type { ReactNode } from 'react';
import type { Text } from '../text/text.js';
import { formatRelative, formatTime, type TimeStyle } from '../text/times.js';

interface MomentProps {
  readonly text: Text;
  readonly at: number;
}

/** A date or a time of day. A time says that it is UTC; for dates the page says it once. */
export function Moment({ text, at, style }: MomentProps & { readonly style: TimeStyle }): ReactNode {
  return <time dateTime={new Date(at).toISOString()}>{momentText(text, at, style)}</time>;
}

export function momentText(text: Text, at: number, style: TimeStyle): string {
  const time = formatTime(text.locale, style, at);
  return style === 'day' ? time : text.t('time.utc', { time });
}

/** “3 hours ago” while that says more than a date. */
export function Ago({ text, at }: MomentProps): ReactNode {
  const relative = formatRelative(text.locale, at, text.now);
  if (relative === undefined) return <Moment text={text} at={at} style="day" />;
  return (
    <time dateTime={new Date(at).toISOString()} title={momentText(text, at, 'minute')}>
      {relative}
    </time>
  );
}
