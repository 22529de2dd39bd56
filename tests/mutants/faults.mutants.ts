import type { Mutant } from './mutant.js';

const CORE = 'packages/core/src';
const SERVER = 'packages/server/src';
const FAULTS = 'tokens-storage-faults.test.ts';
const NAMES = 'people-names-and-origins.test.ts';
const GUESSING = 'people-guessing.test.ts';
const OAUTH_ERRORS = { file: `${SERVER}/surfaces/oauth/oauth-errors.ts`, test: FAULTS };
const THROTTLE = { file: `${CORE}/sign-in/throttle.ts`, test: GUESSING };
const SIGN_IN = { file: `${CORE}/sign-in/sign-in-with-password.ts`, test: GUESSING };
const LOGO = { file: `${SERVER}/adapters/logo.ts`, test: NAMES };
const BUSY = 'if (error instanceof UnavailableError) {';

/** Rows 36, 37, 39, 41, 49, 56 to 59, 84 and 85. */
export const FAULT_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'reuse-after-restart', row: 36, test: FAULTS },
    file: `${CORE}/grants/judge-refresh.ts`,
    find: 'row.successorUsedAt === null &&\n    row.rotatedAt !== null &&\n    now < row.rotatedAt + repeatWindowMs(kind)',
    replace: 'true',
  },
  { ...{ id: 'fault-as-mistake', row: 37, ...OAUTH_ERRORS }, find: BUSY, replace: 'if (false) {' },
  {
    ...{ id: 'revoked-lives-on', row: 39, test: FAULTS },
    file: 'packages/storage/src/sqlite/hot/grant-rules.ts',
    find: 'revoked_at IS NULL',
    replace: '1',
  },
  { ...{ id: 'revoke-fault-as-mistake', row: 41, ...OAUTH_ERRORS }, find: BUSY, replace: 'if (false) {' },
  {
    ...{ id: 'revoke-fault-hidden', row: 41, test: FAULTS },
    file: `${SERVER}/surfaces/oauth/oauth-surface.ts`,
    find: 'await revoke(request, context);',
    replace: 'await revoke(request, context).catch(() => undefined);',
  },
  {
    ...{ id: 'query-in-the-log', row: 49, test: 'people-canaries.test.ts' },
    file: `${SERVER}/http/build-app.ts`,
    find: 'path: query < 0 ? url : url.slice(0, query)',
    replace: 'path: url',
  },
  {
    ...{ id: 'origin-of-anybody', row: 56, test: NAMES },
    file: `${SERVER}/http/cross-origin.ts`,
    find: 'if (!(await tenant.storage.applications.isSpaOrigin(origin))) return;',
    replace: '',
  },
  {
    ...{ id: 'origin-of-web', row: 56, test: NAMES },
    file: 'packages/storage/src/operations/applications.ts',
    find: ".where('applications.kind', '=', 'spa')",
    replace: '',
  },
  {
    ...{ id: 'name-deceives', row: 57, test: NAMES },
    file: `${CORE}/text.ts`,
    find: 'if (DECEIVING.test(value)) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'logo-of-any-kind', row: 57, ...LOGO },
    find: 'if (!isRaster(upload)) {',
    replace: 'if (false) {',
    also: {
      file: 'packages/server/src/adapters/picture-decoders.ts',
      find: "sharp.block({ operation: ['VipsForeignLoad'] });",
      replace: '',
    },
  },
  {
    ...{ id: 'logo-of-any-size', row: 57, ...LOGO },
    find: 'if (upload.byteLength > MAX_LOGO_BYTES)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'guessing-unslowed', row: 58, ...SIGN_IN },
    find: "if (retryAt !== undefined) return { kind: 'throttled', retryAt, ...about };",
    replace: '',
  },
  {
    ...{ id: 'account-unslowed', row: 58, ...THROTTLE },
    find: "rule(100, 'account', usernameKey),",
    replace: '',
  },
  {
    ...{ id: 'network-unslowed', row: 58, ...THROTTLE },
    find: "rule(300, 'network', network),",
    replace: '',
  },
  {
    ...{ id: 'address-is-network', row: 58, test: GUESSING },
    file: `${SERVER}/adapters/network.ts`,
    find: '[24, 4] : [56, 16]',
    replace: '[32, 4] : [128, 16]',
  },
  {
    ...{ id: 'disabled-user-told', row: 59, ...SIGN_IN },
    find: "if (found.user.disabledAt !== null) return refused('user-enabled');",
    replace: "if (found.user.disabledAt !== null) return { kind: 'flow-gone' };",
  },
  {
    ...{ id: 'body-without-end', row: 84, test: 'faults-load.test.ts' },
    file: `${SERVER}/http/build-app.ts`,
    find: 'DEFAULT_BODY_LIMIT = 16 * 1024',
    replace: 'DEFAULT_BODY_LIMIT = 16 * 1024 * 1024',
  },
  {
    ...{ id: 'slow-headers', row: 85, test: 'faults-load.test.ts' },
    file: `${SERVER}/http/build-app.ts`,
    find: 'headersTimeout: 10_000',
    replace: 'headersTimeout: 15_000',
  },
];
