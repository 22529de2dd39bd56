import type { ReactNode } from 'react';
import { cleanName } from '../text/hostile-text.js';
import type { Text } from '../text/text.js';

/** What somebody called something: neutralised, and isolated so that it can't turn its sentence around. */
export function Name(props: {
  readonly text: Text;
  readonly value: string;
  readonly longest?: number;
}): ReactNode {
  return <bdi>{nameOf(props.value, props.text, props.longest)}</bdi>;
}

/** The same as plain text, for titles and labels, where there are no elements. */
export function nameOf(value: string, text: Text, longest?: number): string {
  return cleanName(value, longest) || text.t('common.unnamed');
}
