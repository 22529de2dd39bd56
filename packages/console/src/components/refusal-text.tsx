import type { ReactNode } from 'react';
import type { FieldFault } from '../api/types.js';
import { redirectUrls } from '../text/english/redirect-urls.js';
import type { MessageKey } from '../text/english.js';
import { useText } from '../text/text.js';

interface Props {
  readonly detail: string | null;
  readonly reason?: FieldFault['reason'] | null;
  readonly values?: FieldFault['values'];
}

/** Why the API refused a value: in the reader's language where its reason has a name, else in the server's words. */
export function RefusalText({ detail, reason, values = {} }: Props): ReactNode {
  const { rich } = useText();
  const key = `redirectUrl.${reason ?? ''}`;
  if (!Object.hasOwn(redirectUrls, key)) return detail;
  // What was typed keeps its direction to itself.
  const isolated = Object.entries(values).map(([name, value]) => [name, <bdi key={name}>{value}</bdi>]);
  return rich(key as MessageKey, Object.fromEntries(isolated) as Readonly<Record<string, ReactNode>>);
}
