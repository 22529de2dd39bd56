import type { FormErrors } from '@mantine/form';
import type { ReactNode } from 'react';

/** `redirect_urls.1` is of the second URL; one of all of them stands at the first. */
export function urlErrorsOf(errors: FormErrors): Readonly<Record<number, ReactNode>> {
  const found: Record<number, ReactNode> = {};
  for (const [path, message] of Object.entries(errors)) {
    const [, place] = /^redirect_urls(?:\.(\d+))?$/.exec(path) ?? [];
    if (path.startsWith('redirect_urls')) found[Number(place ?? 0)] = message;
  }
  return found;
}
