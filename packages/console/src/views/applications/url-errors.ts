import type { FormErrors } from '@mantine/form';
import type { ReactNode } from 'react';

/**
 * `redirect_urls.1` is of the second URL that was sent, and empty fields are not; what is said of all of them stands at
 * the first.
 */
export function urlErrorsOf(
  errors: FormErrors,
  urls: readonly string[],
): Readonly<Record<number, ReactNode>> {
  const sent = Array.from(urls.keys()).filter((place) => urls[place] !== '');
  const found: Record<number, ReactNode> = {};
  for (const [path, message] of Object.entries(errors)) {
    const [, place = 0] = /^redirect_urls(?:\.(\d+))?$/.exec(path) ?? [];
    if (path.startsWith('redirect_urls')) found[sent[Number(place)] ?? 0] = message;
  }
  return found;
}
