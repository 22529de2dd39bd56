import type { ReactNode } from 'react';
import { useText } from '../text/text.js';

/** When something happened, near times as people say them; the exact one on demand. */
export function Moment({ at }: { readonly at: string | null }): ReactNode {
  const { t, ago, moment } = useText();
  if (at === null) return t('common.never');
  return (
    <time dateTime={at} title={moment(at)}>
      {ago(at)}
    </time>
  );
}
