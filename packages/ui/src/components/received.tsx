import type { ReactNode } from 'react';
import { excerpt, type ExcerptOptions } from '../text/hostile-text.js';

interface ReceivedProps extends ExcerptOptions {
  readonly value: string;
  /** Stands where the value ends before the position. */
  readonly endMark?: string;
}

/**
 * A value from a stranger, as text and never as a link. <bdo> forces the characters into the order in which
 * they came, so that right-to-left letters can't shuffle an address.
 */
export function Received({ value, position, longest, endMark }: ReceivedProps): ReactNode {
  const { before, marked, after } = excerpt(value, { position, longest });
  return (
    <bdo dir="ltr" className="received-text">
      {before}
      {position !== undefined && <mark>{marked || endMark}</mark>}
      {after}
    </bdo>
  );
}
