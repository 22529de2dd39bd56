import { readFileSync } from 'node:fs';

/** Of this package, as it was released. */
export function readVersion(): string {
  const path = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}
