import type { Mutant } from './mutant.js';

const ADAPTERS = 'packages/server/src/adapters';
const SAML = `${ADAPTERS}/saml`;
const JUDGE = { file: `${SAML}/judge-assertion.ts`, test: 'saml-conditions.test.ts' };
const FETCH = { file: `${ADAPTERS}/safe-fetch.ts`, row: 82, test: 'sso-provider-fetch.test.ts' };
const ADDRESS = { ...FETCH, file: `${ADAPTERS}/provider-address.ts` };

/** Rows 67 to 72 and 82. */
export const SSO_MUTANTS: readonly Mutant[] = [
  {
    ...{
      id: 'saml-status-ignored',
      row: 67,
      test: 'saml-wrapping.test.ts',
      file: `${SAML}/admit-response.ts`,
    },
    find: 'if (value !== SUCCESS)',
    replace: 'if (false)',
  },
  {
    ...{
      id: 'saml-markup-let-in',
      row: 68,
      test: 'saml-signature.test.ts',
      file: `${SAML}/decode-message.ts`,
    },
    find: 'if (markup !== null)',
    replace: 'if (false as boolean && markup !== null)',
    also: [
      {
        file: `${SAML}/refuse-crooked.ts`,
        find: "refuse('xml', 'a tag', `something else at ${at}`)",
        replace: 'return',
      },
      {
        file: `${SAML}/admit-response.ts`,
        find: 'if (!nodesIn(element).every((node) => isElement(node) || isText(node)))',
        replace: 'if (false)',
      },
    ],
  },
  {
    ...{ id: 'saml-sha1', row: 69, test: 'saml-signature.test.ts', file: `${SAML}/admit-signature.ts` },
    find: 'if (!allowed.has(algorithm))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'saml-any-audience', row: 70, ...JUDGE },
    find: 'judgeAudiences(statement, expected.audience);',
    replace: '',
  },
  {
    ...{ id: 'saml-any-recipient', row: 70, ...JUDGE },
    find: 'if (confirmation.recipient !== recipient)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'saml-any-issuer', row: 70, ...JUDGE },
    find: 'if (statement.issuer !== expected.issuer)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'saml-at-any-time', row: 70, ...JUDGE },
    find: "if (end + CLOCK_SKEW_MS <= now) refuse('time', `good",
    replace: "if (false) refuse('time', `good",
  },
  {
    ...{ id: 'saml-for-any-request', row: 71, ...JUDGE },
    find: 'if (confirmation.inResponseTo !== requestId)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'saml-crooked', row: 72, test: 'saml-markup.test.ts', file: `${SAML}/decode-message.ts` },
    find: 'refuseCrooked(lines);',
    replace: '',
  },
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
