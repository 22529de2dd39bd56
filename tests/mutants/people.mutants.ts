import type { Mutant } from './mutant.js';

const CORE = 'packages/core/src';
const SERVER = 'packages/server/src';
const PAGES = `${SERVER}/surfaces/pages`;
const OPERATIONS = 'packages/storage/src/operations';
const DECIDE = { file: `${CORE}/authorize/decide.ts`, test: 'people-sign-in.test.ts' };
const AFTER_PROOF = { file: `${PAGES}/after-proof.ts`, test: 'people-sign-in.test.ts' };
const COOKIES = { file: `${SERVER}/http/cookies.ts`, test: 'people-headers.test.ts' };
const BUILD_APP = { file: `${SERVER}/http/build-app.ts`, test: 'people-headers.test.ts' };
const SEND_PAGE = { file: `${PAGES}/send-page.ts`, test: 'people-headers.test.ts' };
const FLOWS = { file: `${OPERATIONS}/flows.ts`, test: 'people-sign-in.test.ts' };
const MAY_DECIDE = 'return flow.userId !== null && session?.evidence.user.id === flow.userId;';

/** Rows 9, 10, 14, 48, 51 to 55, 60, 62, 81 and 86. */
export const PEOPLE_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'next-from-the-request', row: 9, ...AFTER_PROOF },
    find: 'return goal.path;',
    replace:
      "return new URLSearchParams((reply.request.raw.url ?? '').split('?')[1]).get('next') ?? goal.path;",
  },
  {
    ...{ id: 'password-posted-again', row: 10, ...AFTER_PROOF },
    file: `${SERVER}/surfaces/pages/page-request.ts`,
    find: '? 303 : 302',
    replace: '? (307 as 303) : 302',
  },
  {
    ...{ id: 'flow-without-secret', row: 14, ...DECIDE },
    find: '|| !equalDigests(flow.digest, presented.digest)',
    replace: '',
  },
  {
    ...{ id: 'flow-in-any-browser', row: 14, ...DECIDE },
    find: 'if (browserDigest === undefined || !equalDigests(flow.browserDigest, browserDigest))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'flow-answered-twice', row: 14, test: 'people-sign-in.test.ts' },
    file: 'packages/storage/src/sqlite/hot/authorize.ts',
    find: 'DELETE FROM flows WHERE',
    replace: 'UPDATE flows SET id = id WHERE',
  },
  {
    ...{ id: 'answers-kept', row: 48, ...BUILD_APP },
    find: "reply.header('cache-control', 'no-store')",
    replace: "reply.header('cache-control', 'private')",
  },
  {
    ...{ id: 'referrer-told', row: 48, ...BUILD_APP },
    find: "reply.header('referrer-policy', 'no-referrer');",
    replace: '',
  },
  {
    ...{ id: 'form-from-anywhere', row: 51, test: 'people-forms.test.ts' },
    file: `${PAGES}/page-request.ts`,
    find: 'if (!isSameOrigin(request, tenant.origin))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'form-without-token', row: 51, test: 'people-forms.test.ts' },
    file: `${PAGES}/account.route.ts`,
    find: "!isFormToken(form.get('form_token') ?? '', session.evidence.id, exchange.services)",
    replace: 'false',
  },
  {
    ...{ id: 'consent-by-another', row: 52, file: DECIDE.file, test: 'people-forms.test.ts' },
    find: MAY_DECIDE,
    replace: 'return session !== undefined;',
  },
  {
    ...{ id: 'framed', row: 53, ...SEND_PAGE },
    find: '"frame-ancestors \'none\'",',
    replace: '',
  },
  { ...{ id: 'framed-of-old', row: 53, ...SEND_PAGE }, find: "'x-frame-options': 'DENY',", replace: '' },
  {
    ...{ id: 'cookie-from-a-sister', row: 54, ...COOKIES },
    find: '`__Host-fluxo-${name}`',
    replace: '`fluxo-${name}`',
  },
  { ...{ id: 'cookie-for-scripts', row: 54, ...COOKIES }, find: ' HttpOnly;', replace: '' },
  { ...{ id: 'cookie-from-anywhere', row: 54, ...COOKIES }, find: 'SameSite=Lax', replace: 'SameSite=None' },
  {
    ...{ id: 'cookie-first-of-two', row: 54, ...COOKIES },
    find: 'if (value !== undefined) return undefined;',
    replace: 'if (value !== undefined) return value;',
  },
  {
    ...{ id: 'session-before-survives', row: 55, ...FLOWS },
    find: 'yield* endSession(scope, input.previousSessionId, now);',
    replace: '',
  },
  {
    ...{ id: 'session-secret-ignored', row: 44, test: 'tokens-foreign.test.ts' },
    file: `${CORE}/sessions/find-session.ts`,
    find: '|| !equalDigests(evidence.digest, presented.digest)',
    replace: '',
  },
  {
    ...{ id: 'password-without-end', row: 60, test: 'people-passwords.test.ts' },
    file: `${CORE}/sign-in/sign-in-with-password.ts`,
    find: 'if (Buffer.byteLength(attempt.password) > MAX_PASSWORD_BYTES)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'password-hash-cheap', row: 60, test: 'people-passwords.test.ts' },
    file: `${SERVER}/adapters/argon2-password-hasher.ts`,
    find: 'memoryCost: 19_456',
    replace: 'memoryCost: 8_192',
  },
  {
    ...{ id: 'flows-without-end', row: 60, test: 'people-open-flows.test.ts' },
    file: `${CORE}/authorize/open-flow.ts`,
    find: 'if (retryAt !== undefined)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'office-shut-out', row: 60, test: 'people-open-flows.test.ts' },
    file: `${CORE}/sign-in/sign-in-with-password.ts`,
    find: 'giveBack([...rules, flowRule(attempt.network)], now)',
    replace: 'giveBack(rules, now)',
  },
  {
    ...{ id: 'sign-in-skipped', row: 62, ...DECIDE },
    find: MAY_DECIDE,
    replace:
      'return session !== undefined && (flow.userId === null || session.evidence.user.id === flow.userId);',
    also: {
      file: 'packages/storage/src/sqlite/hot/authorize.ts',
      find: 'AND user_id = @userId AND expires_at',
      replace: 'AND expires_at',
    },
  },
  {
    ...{ id: 'prompt-login-ignored', row: 62, test: 'people-sign-in.test.ts' },
    file: `${CORE}/authorize/authorize.ts`,
    find: 'prompt.login ? undefined : visitor',
    replace: 'visitor',
  },
  {
    ...{ id: 'switched-account-kept', row: 62, ...FLOWS },
    find: 'user_id: null, username: null, provider_state_digest: null }',
    replace: 'username: null, provider_state_digest: null }',
  },
  {
    ...{ id: 'secrets-stored', row: 81, test: 'people-stolen-database.test.ts' },
    file: `${CORE}/tokens/digest.ts`,
    find: 'return sha256(secret);',
    replace: 'return Buffer.from(secret);',
  },
  {
    ...{ id: 'malformed-encoding-throws', row: 86, test: 'people-headers.test.ts' },
    file: `${CORE}/parameters.ts`,
    find: 'decoded = false;',
    replace: "throw new URIError('malformed');",
  },
  {
    ...{ id: 'fault-told', row: 86, test: 'people-headers.test.ts' },
    file: `${SERVER}/surfaces/oauth/oauth-errors.ts`,
    find: "description: 'Something went wrong on our side.'",
    replace: 'description: String(error)',
  },
];
