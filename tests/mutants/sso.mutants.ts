import type { Mutant } from './mutant.js';

const ADAPTERS = 'packages/server/src/adapters';
const FETCH = { file: `${ADAPTERS}/safe-fetch.ts`, row: 82, test: 'sso-provider-fetch.test.ts' };
const ADDRESS = { ...FETCH, file: `${ADAPTERS}/provider-address.ts` };

/** Rows 67 to 72 and 82. */
export const SSO_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'provider-at-any-literal-address', ...FETCH },
    find: 'if (isIP(host) !== 0 && !judge(host)) throw forbidden(host);',
    replace: '',
  },
  {
    ...{ id: 'provider-at-any-named-address', ...FETCH },
    find: 'addresses.find(({ address }) => !judge(address))',
    replace: 'undefined as LookupAddress | undefined',
  },
  {
    ...{ id: 'provider-judged-by-its-first-address', ...FETCH },
    find: 'addresses.find(({ address }) => !judge(address))',
    replace: 'addresses.slice(0, 1).find(({ address }) => !judge(address))',
  },
  {
    ...{ id: 'provider-connection-kept', ...FETCH },
    find: 'body, reset: true }',
    replace: 'body }',
  },
  {
    ...{ id: 'provider-over-http', ...FETCH },
    find: "scheme === 'http:' ? isAllowed(address, allowed) : mayBeAsked(address, allowed)",
    replace: 'mayBeAsked(address, allowed)',
  },
  {
    ...{ id: 'provider-with-a-password', ...FETCH },
    find: "if (url.username !== '' || url.password !== '')",
    replace: 'if (false)',
  },
  {
    ...{ id: 'provider-redirects', ...FETCH },
    find: 'statusCode >= 300 && statusCode < 400',
    replace: 'false',
  },
  { ...{ id: 'provider-packs', ...FETCH }, find: "encoding.toLowerCase() !== 'identity'", replace: 'false' },
  { ...{ id: 'provider-without-end', ...FETCH }, find: 'if (bytes > maxBytes)', replace: 'if (false)' },
  {
    ...{ id: 'provider-without-haste', ...FETCH },
    find: 'AbortSignal.timeout(limits.overallMs)',
    replace: 'AbortSignal.timeout(limits.overallMs * 8)',
  },
  {
    ...{ id: 'provider-in-any-special-network', ...ADDRESS },
    find: "address.range() === 'unicast' && ",
    replace: '',
  },
];
