import type { Mutant } from './mutant.js';

const REGISTERED = {
  file: 'packages/core/src/applications/redirect-url.ts',
  test: 'redirects-registered-url.test.ts',
};
const REQUEST = {
  file: 'packages/core/src/authorize/authorization-request.ts',
  test: 'redirects-request.test.ts',
};
const ANSWER = { file: 'packages/core/src/authorize/answer-url.ts', test: 'redirects-request.test.ts' };
const REDEEM = {
  file: 'packages/storage/src/sqlite/hot/redeem-authorization-code.ts',
  test: 'redirects-request.test.ts',
};
const TOKEN_ROUTE = {
  file: 'packages/server/src/surfaces/oauth/oauth-surface.ts',
  test: 'redirects-request.test.ts',
};
const EXACT = 'if (received === registered) return true;';

/** Rows 1 to 8, 11, 12, 15, 16 and 19. */
export const REDIRECT_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'redirect-normalized', row: 1, ...REGISTERED },
    find: EXACT,
    replace: 'if (parse(received)?.href === parse(registered)?.href) return true;',
  },
  {
    ...{ id: 'redirect-as-pattern', row: 2, ...REGISTERED },
    find: EXACT,
    replace: 'if (new RegExp(`^${registered}$`).test(received)) return true;',
  },
  {
    ...{ id: 'redirect-by-prefix', row: 3, ...REGISTERED },
    find: EXACT,
    replace: 'if (received.startsWith(registered)) return true;',
  },
  {
    ...{ id: 'redirect-in-any-case', row: 3, ...REGISTERED },
    find: EXACT,
    replace: 'if (received.toLowerCase() === registered.toLowerCase()) return true;',
  },
  {
    ...{ id: 'loopback-any-path', row: 4, ...REGISTERED },
    find: '&& a.rest === b.rest',
    replace: '',
  },
  {
    ...{ id: 'loopback-any-host', row: 4, ...REGISTERED },
    find: '&& a.host === b.host',
    replace: '',
  },
  {
    ...{ id: 'register-wildcard', row: 5, ...REGISTERED },
    find: "if (text.includes('*'))",
    replace: 'if (false)',
  },
  {
    ...{ id: 'register-fragment', row: 5, ...REGISTERED },
    find: "if (text.includes('#'))",
    replace: 'if (false)',
  },
  {
    ...{ id: 'register-userinfo', row: 5, ...REGISTERED },
    find: "if (url.username !== '' || url.password !== '' ||",
    replace: 'if (false &&',
  },
  {
    ...{ id: 'register-plain-http', row: 5, ...REGISTERED },
    find: 'if (!LOOPBACK_HOSTS.has(url.hostname)) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'register-any-scheme', row: 5, ...REGISTERED },
    find: 'if (!PRIVATE_USE_SCHEME.test(scheme)) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'register-answer-parameter', row: 7, ...REGISTERED },
    find: 'if (ANSWER_PARAMETERS.test(name))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'client-disabled-asks', row: 6, ...REQUEST },
    find: 'if (!application.enabled)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'redirect-guessed', row: 6, ...REQUEST },
    find: 'return more.length > 0',
    replace: 'return false',
  },
  {
    ...{ id: 'code-any-redirect', row: 8, ...REDEEM },
    find: 'AND (redirect_uri = @redirectUri OR (@redirectUri IS NULL AND redirect_uri_sent = 0))',
    replace: '',
  },
  {
    ...{ id: 'code-redirect-omitted', row: 8, ...REDEEM },
    find: 'OR (@redirectUri IS NULL AND redirect_uri_sent = 0))',
    replace: 'OR @redirectUri IS NULL)',
  },
  {
    ...{ id: 'client-id-twice', row: 11, ...REQUEST },
    find: "if (parameters.isRepeated('client_id'))",
    replace: 'if (false)',
  },
  {
    ...{ id: 'redirect-twice', row: 11, ...REQUEST },
    find: "if (parameters.isRepeated('redirect_uri'))",
    replace: 'if (false)',
  },
  {
    ...{ id: 'authorize-parameter-twice', row: 11, ...REQUEST },
    find: 'if (repeated !== undefined)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'token-parameter-twice', row: 11, ...TOKEN_ROUTE },
    find: 'if (repeated !== undefined) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'any-response-type', row: 12, ...REQUEST },
    find: "if (responseType !== 'code') {",
    replace: 'if (false) {',
  },
  {
    ...{ id: 'any-response-mode', row: 12, ...REQUEST },
    find: "if ((parameters.get('response_mode') ?? 'query') !== 'query') {",
    replace: 'if (false) {',
  },
  {
    ...{ id: 'answer-without-iss', row: 15, ...ANSWER },
    find: "target.family === 'standard' ?",
    replace: 'false ?',
  },
  {
    ...{ id: 'answer-without-domain', row: 15, ...ANSWER },
    find: "['domain', environment.domain] as const, ",
    replace: '',
  },
  {
    ...{ id: 'state-unescaped', row: 16, ...ANSWER },
    find: '`state=${escapeUnsafe(target.state)}`',
    replace: '`state=${decodeURIComponent(target.state)}`',
  },
  {
    ...{ id: 'state-without-end', row: 16, ...REQUEST },
    find: 'MAX_STATE_BYTES = 4096',
    replace: 'MAX_STATE_BYTES = 1_048_576',
  },
  {
    ...{ id: 'spa-without-challenge', row: 19, ...REQUEST },
    find: "if (application.kind === 'spa') {",
    replace: 'if (false) {',
  },
  {
    ...{ id: 'challenge-plain', row: 19, ...REQUEST },
    find: "if (method !== 'S256')",
    replace: 'if (false)',
  },
];
