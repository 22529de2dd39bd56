/** Which part of a redirect URL differs from every registered one, for the developer who has to mend it. */
export type RedirectHint =
  'not-a-url' | 'scheme' | 'host' | 'port' | 'letter-case' | 'trailing-slash' | 'path' | 'query' | 'fragment';

export interface RedirectMismatch {
  readonly received: string;
  readonly hint: RedirectHint;
  /** 1-based; only where scheme, host and port are a registered URL's, so that a stranger learns nothing. */
  readonly position?: number;
}

/** Compares with the nearest registered URL. Never returns any character of a registered URL. */
export function explainMismatch(received: string, registered: readonly string[]): RedirectMismatch {
  const url = URL.canParse(received) ? new URL(received) : undefined;
  if (url === undefined) return { received, hint: 'not-a-url' };
  const [nearest] = [...registered].sort(
    (a, b) => firstDifference(received, b) - firstDifference(received, a),
  );
  if (nearest === undefined || !URL.canParse(nearest)) return { received, hint: 'host' };
  const other = new URL(nearest);
  const hint = originHint(url, other);
  if (hint !== undefined) return { received, hint };
  return { received, hint: restHint(received, nearest), position: firstDifference(received, nearest) + 1 };
}

function originHint(url: URL, registered: URL): RedirectHint | undefined {
  if (url.hostname !== registered.hostname) return 'host';
  if (url.protocol !== registered.protocol) return 'scheme';
  return url.port === registered.port ? undefined : 'port';
}

function restHint(received: string, registered: string): RedirectHint {
  if (received.toLowerCase() === registered.toLowerCase()) return 'letter-case';
  if (`${received}/` === registered || received === `${registered}/`) return 'trailing-slash';
  if (received.includes('#')) return 'fragment';
  const path = (text: string): string => text.split('?', 1)[0] ?? '';
  return path(received) === path(registered) ? 'query' : 'path';
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && index < b.length && a[index] === b[index]) index += 1;
  return index;
}
