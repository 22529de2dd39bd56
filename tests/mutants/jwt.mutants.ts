import type { Mutant } from './mutant.js';

const EXCHANGE = 'jwt-exchange.test.ts';
const KEYS = 'jwt-keys.test.ts';
const JWT_GRANT = { file: 'packages/core/src/token/jwt-grant.ts', test: EXCHANGE };
const JUDGE = { file: 'packages/core/src/token/judge-jwt.ts', test: EXCHANGE };
const VERIFIER = { file: 'packages/server/src/adapters/jose-jwt-verifier.ts', test: EXCHANGE };
const OPERATIONS = 'packages/storage/src/operations';
const AUTHORIZE = { file: `${OPERATIONS}/authorize-by-key.ts`, test: EXCHANGE };
const READ_KEY = { file: 'packages/core/src/applications/read-public-key.ts', test: KEYS };
const VERIFIED = 'compactVerify(jwt, key, { algorithms: [algorithm] })';

/** Rows 76, 77, 78 and 80. */
export const JWT_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'jwt-signature-unchecked', row: 76, ...VERIFIER },
    find: `await ${VERIFIED}`,
    replace: "{ payload: Buffer.from(jwt.split('.')[1] ?? '', 'base64url') }",
  },
  {
    ...{ id: 'jwt-key-brought-along', row: 76, ...VERIFIER },
    find: VERIFIED,
    replace: VERIFIED.replace(
      'key,',
      "await (await import('jose')).importJWK(decodeProtectedHeader(jwt).jwk ?? key.export({ format: 'jwk' }), algorithm),",
    ),
  },
  {
    ...{ id: 'jwt-symmetric', row: 76, file: JWT_GRANT.file, test: EXCHANGE },
    find: "  ['PS256', 'RS256'],",
    replace: "  ['PS256', 'RS256'],\n  ['HS256', 'RS256'],",
    also: {
      file: VERIFIER.file,
      find: VERIFIED,
      replace: VERIFIED.replace('key,', "algorithm.startsWith('HS') ? spki : key,"),
    },
  },
  {
    ...{ id: 'jwt-kid-decides', row: 76, ...JWT_GRANT },
    find: 'keys.toSorted((a, b) => isHinted(b) - isHinted(a))',
    replace: 'keys.filter((key) => head.keyIdHint === undefined || isHinted(key) === 1)',
  },
  {
    ...{ id: 'jwt-of-any-application', row: 76, ...JWT_GRANT },
    find: "if (application.kind !== 'machine') {",
    replace: 'if (false) {',
  },
  {
    ...{ id: 'jti-used-again', row: 77, ...AUTHORIZE },
    find: "if (!(yield* writes.useOnce(once.digest, once.expiresAt, now))) return 'replayed';",
    replace: 'void writes;',
  },
  {
    ...{ id: 'jti-known-by-row', row: 77, ...JWT_GRANT },
    find: '{ fingerprint }: ApplicationKey,',
    replace: '{ id: fingerprint }: ApplicationKey,',
  },
  {
    ...{ id: 'jti-of-any-kind', row: 77, ...JUDGE },
    find: "if (typeof jti === 'string' && jti !== '' && jti.length <= MAX_JTI_CHARACTERS) return undefined;",
    replace: 'return undefined;',
  },
  {
    ...{ id: 'jwt-of-any-environment', row: 78, ...JUDGE },
    find: "if (claims['iss'] !== environmentId)",
    replace: 'if (false)',
  },
  {
    ...{ id: 'jwt-for-any-user', row: 78, ...JUDGE },
    find: "if (claims['sub'] !== userId)",
    replace: 'if (false)',
  },
  { ...{ id: 'jwt-without-end', row: 78, ...JUDGE }, find: 'if (!isTime(exp))', replace: 'if (false)' },
  { ...{ id: 'jwt-expired', row: 78, ...JUDGE }, find: 'if (exp * 1000 <= earliest)', replace: 'if (false)' },
  { ...{ id: 'jwt-for-years', row: 78, ...JUDGE }, find: 'if (exp * 1000 > latest)', replace: 'if (false)' },
  {
    ...{ id: 'jwt-no-tolerance', row: 78, ...JUDGE },
    find: 'const CLOCK_TOLERANCE_MS = 60_000;',
    replace: 'const CLOCK_TOLERANCE_MS = 0;',
  },
  { ...{ id: 'jwt-before-its-time', row: 78, ...JUDGE }, find: 'nbf * 1000 <= soonest', replace: 'true' },
  { ...{ id: 'jwt-issued-tomorrow', row: 78, ...JUDGE }, find: 'iat * 1000 <= soonest', replace: 'true' },
  { ...{ id: 'jwt-for-any-audience', row: 78, ...JUDGE }, find: 'return ours ?', replace: 'return true ?' },
  {
    ...{ id: 'jwt-for-no-audience', row: 78, ...JUDGE },
    find: 'return audienceRequired ?',
    replace: 'return false ?',
  },
  {
    ...{ id: 'jwt-of-disabled-user', row: 78, ...AUTHORIZE },
    find: ".where('disabled_at', 'is', null)",
    replace: '',
  },
  {
    ...{ id: 'jwt-of-disabled-application', row: 78, ...AUTHORIZE },
    find: ".where('applications.enabled', '=', 1)",
    replace: '',
    also: {
      file: 'packages/core/src/token/token-endpoint.ts',
      find: 'if (!enabled) {',
      replace: 'if (false) {',
    },
  },
  {
    ...{ id: 'jwt-after-disconnecting', row: 78, ...AUTHORIZE },
    find: ".whereRef('consents.id', '=', 'application_keys.consent_id')",
    replace: '',
    also: {
      file: `${OPERATIONS}/grants.ts`,
      find: 'yield* endKeysOfUser(scope, userId, { at: now, clientId });',
      replace: '',
    },
  },
  {
    ...{ id: 'key-weak', row: 80, ...READ_KEY },
    find: 'if (bits < MIN_RSA_BITS) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'key-exponent', row: 80, ...READ_KEY },
    find: 'if (exponent < 3n || exponent > MAX_RSA_EXPONENT) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'key-private-pem', row: 80, ...READ_KEY },
    find: "if (labels.some((label) => label.includes('PRIVATE KEY'))) throw privateKey();",
    replace: '',
  },
  {
    ...{ id: 'key-private-jwk', row: 80, ...READ_KEY },
    find: 'if (PRIVATE_MEMBERS.some((name) => jwk[name] !== undefined)) throw privateKey();',
    replace: '',
  },
  {
    ...{ id: 'key-of-any-curve', row: 80, ...READ_KEY },
    find: "if (details.namedCurve === 'prime256v1') return 'ES256';",
    replace: "return 'ES256';",
  },
  {
    ...{ id: 'key-of-expired-certificate', row: 80, ...READ_KEY },
    find: 'if (!(to.getTime() > now))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'key-deleted-signs-on', row: 80, test: KEYS },
    file: `${OPERATIONS}/application-keys.ts`,
    find: "keysOf(place, clientId).where('deleted_at', 'is', null)",
    replace: 'keysOf(place, clientId)',
    also: { file: AUTHORIZE.file, find: ".where('deleted_at', 'is', null)", replace: '' },
  },
  {
    ...{ id: 'key-deleted-sessions-live-on', row: 80, test: KEYS },
    file: 'packages/storage/src/sqlite/hot/find-session.ts',
    find: 'AND k.deleted_at IS NULL',
    replace: '',
    also: {
      file: `${OPERATIONS}/application-keys.ts`,
      find: ".set({ revoked_at: at, revoked_reason: 'key-deleted', purge_after: at + REVOKED_GRANT_KEPT_MS })",
      replace: ".set({ revoked_reason: 'key-deleted' })",
    },
  },
];
