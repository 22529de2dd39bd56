import type { Mutant } from './mutant.js';

const HOT = 'packages/storage/src/sqlite/hot';
const REDEEM = { file: `${HOT}/redeem-authorization-code.ts`, test: 'tokens-code.test.ts' };
const ROTATE = { file: `${HOT}/rotate-refresh-token.ts`, test: 'tokens-refresh.test.ts' };
const JUDGE_REFRESH = { file: 'packages/core/src/grants/judge-refresh.ts', test: 'tokens-refresh.test.ts' };
const GRANT_RULES = { file: `${HOT}/grant-rules.ts` };
const FIND_SESSION = { file: 'packages/core/src/sessions/find-session.ts', test: 'tokens-foreign.test.ts' };
const STORED_SESSION = { file: `${HOT}/find-session.ts`, test: 'tokens-life.test.ts' };
const REFRESH_TOKEN = { file: 'packages/core/src/tokens/refresh-token.ts', test: 'tokens-refresh.test.ts' };
const INTROSPECT = { file: 'packages/core/src/token/introspect.ts', test: 'tokens-foreign.test.ts' };
const IDENTIFIED = { file: 'packages/core/src/tokens/identified-secret.ts' };
const GRANT_EXPIRY = { file: 'packages/core/src/grants/grant-expiry.ts', test: 'tokens-life.test.ts' };
const ONCE = 'redeemed_at IS NULL AND ';

/** Rows 20 to 26, 33 to 35, 40, 42 to 45, 47 and 91. */
export const TOKEN_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'verifier-unchecked', row: 20, ...REDEEM },
    find: 'AND code_challenge IS @codeChallenge',
    replace: '',
  },
  {
    ...{ id: 'verifier-any-form', row: 20, test: REDEEM.test },
    file: 'packages/core/src/token/authorization-code-grant.ts',
    find: 'if (!CODE_VERIFIER.test(verifier)) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'verifier-without-challenge', row: 21, ...REDEEM },
    find: 'AND code_challenge IS @codeChallenge',
    replace: 'AND (code_challenge IS NULL OR code_challenge IS @codeChallenge)',
  },
  { ...{ id: 'code-twice', row: 22, ...REDEEM }, find: ONCE, replace: '' },
  {
    ...{ id: 'code-replay-unpunished', row: 22, ...REDEEM },
    find: 'revokeAbused({ environment, grantId, clientId, now, ...abuse });',
    replace: '',
  },
  {
    ...{ id: 'code-replay-by-anybody', row: 22, test: REDEEM.test },
    file: 'packages/core/src/grants/judge-redemption.ts',
    find: 'if (input.codeChallenge !== row.codeChallenge) {',
    replace: 'if (false) {',
  },
  { id: 'code-raced', row: 23, file: REDEEM.file, test: 'tokens-races.test.ts', find: ONCE, replace: '' },
  {
    ...{ id: 'code-of-another-client', row: 24, ...REDEEM },
    find: 'AND application_id = @clientId',
    replace: '',
  },
  {
    ...{ id: 'refresh-of-another-client', row: 24, ...ROTATE },
    find: 'AND application_id = @clientId',
    replace: '',
  },
  {
    ...{ id: 'reuse-told-by-another-client', row: 24, ...JUDGE_REFRESH },
    find: 'row?.clientId !== input.clientId ||',
    replace: 'row === undefined ||',
  },
  { ...{ id: 'code-forever', row: 25, ...REDEEM }, find: 'AND code_expires_at > @now', replace: '' },
  {
    ...{ id: 'code-of-disabled-user', row: 26, ...GRANT_RULES, test: 'tokens-code.test.ts' },
    find: 'AND u.disabled_at IS NULL AND u.grant_epoch = grants.user_epoch',
    replace: '',
  },
  {
    ...{ id: 'refresh-in-use-repeated', row: 33, ...JUDGE_REFRESH },
    find: 'row.successorUsedAt === null &&',
    replace: '',
  },
  {
    ...{ id: 'refresh-window-open', row: 33, ...JUDGE_REFRESH },
    find: 'now < row.rotatedAt + repeatWindowMs(kind)',
    replace: 'true',
  },
  {
    ...{ id: 'refresh-reuse-unpunished', row: 33, ...ROTATE },
    find: "if (verdict !== 'reused') return { kind: 'refused', reason: verdict };",
    replace: "return { kind: 'refused', reason: 'ended' };",
  },
  {
    ...{ id: 'refresh-two-chains', row: 34, ...ROTATE },
    find: 'AND generation = @generation AND current_digest = @digest',
    replace: '',
  },
  {
    ...{ id: 'refresh-tag-unchecked', row: 34, ...REFRESH_TOKEN },
    find: 'if (!keyRing.all.some((key) => timingSafeEqual(tagOf(signed, key), tag))) return undefined;',
    replace: '',
  },
  {
    ...{ id: 'refresh-raced', row: 35, file: ROTATE.file, test: 'tokens-races.test.ts' },
    find: 'AND generation = @generation AND current_digest = @digest',
    replace: '',
  },
  {
    ...{ id: 'expiry-by-policy-of-today', row: 40, ...GRANT_EXPIRY },
    find: 'grant.expiresAt ?? Infinity,',
    replace: 'Infinity,',
  },
  {
    ...{ id: 'refresh-after-expiry', row: 40, ...GRANT_RULES, test: 'tokens-life.test.ts' },
    find: '(expires_at IS NULL OR expires_at > @now)',
    replace: '1',
  },
  {
    ...{ id: 'session-of-earlier-epoch', row: 40, ...STORED_SESSION },
    find: 'AND g.user_epoch = u.grant_epoch',
    replace: '',
  },
  {
    ...{ id: 'session-of-disabled-application', row: 40, ...STORED_SESSION },
    find: 'AND a.enabled = 1',
    replace: '',
  },
  {
    ...{ id: 'cookie-of-earlier-epoch', row: 40, ...STORED_SESSION },
    find: "AND (s.origin = 'application' OR s.epoch = u.session_epoch)",
    replace: '',
  },
  {
    ...{ id: 'revoke-another-session', row: 42, test: 'tokens-foreign.test.ts' },
    file: 'packages/core/src/token/revoke.ts',
    find: 'evidence?.grant?.clientId !== application.clientId ||',
    replace: 'evidence === undefined ||',
  },
  {
    ...{ id: 'revoke-another-grant', row: 42, test: 'tokens-foreign.test.ts' },
    file: 'packages/storage/src/operations/grants.ts',
    find: "clientId === undefined ? revoke : revoke.where('application_id', '=', clientId)",
    replace: 'revoke',
  },
  {
    ...{ id: 'introspect-another-session', row: 43, ...INTROSPECT },
    find: 'if (!mayKnow(application, grant.clientId))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'introspect-another-grant', row: 43, ...INTROSPECT },
    find: 'if (found === undefined || !mayKnow(application, found.clientId))',
    replace: 'if (found === undefined)',
  },
  {
    ...{ id: 'session-without-secret', row: 44, ...FIND_SESSION },
    find: '|| !equalDigests(evidence.digest, presented.digest)',
    replace: '',
  },
  {
    ...{ id: 'code-without-secret', row: 44, file: REDEEM.file, test: 'tokens-foreign.test.ts' },
    find: 'AND code_digest = @codeDigest',
    replace: '',
  },
  {
    ...{ id: 'token-of-any-kind', row: 44, ...IDENTIFIED, test: 'tokens-foreign.test.ts' },
    find: 'if (!text.startsWith(prefix)) return undefined;',
    replace: '',
  },
  {
    ...{ id: 'session-of-two', row: 45, test: 'tokens-foreign.test.ts' },
    file: 'packages/server/src/surfaces/objects-api/presented-session.ts',
    find: '|| named.some(differs)',
    replace: '',
  },
  {
    ...{ id: 'short-secrets', row: 47, ...IDENTIFIED, test: 'tokens-guessing.test.ts' },
    find: 'SECRET_BYTES = 24',
    replace: 'SECRET_BYTES = 9',
  },
  {
    ...{ id: 'short-application-secrets', row: 47, test: 'tokens-guessing.test.ts' },
    file: 'packages/core/src/tokens/application-secret.ts',
    find: 'SECRET_BYTES = 30',
    replace: 'SECRET_BYTES = 10',
  },
  {
    ...{ id: 'clock-runs-back', row: 91, test: 'tokens-life.test.ts' },
    file: 'packages/core/src/essentials.ts',
    find: 'Math.max(latest, time())',
    replace: 'time()',
  },
];
