import type { Mutant } from './mutant.js';

const CORE = 'packages/core/src';
const PAGES = 'packages/server/src/surfaces/pages';
const TEST = 'people-password-links.test.ts';
const LINKS = { file: 'packages/storage/src/operations/password-links.ts', test: TEST };

const GUESSING = { test: 'people-guessing.test.ts' };

/** Row 58. */
export const GUESSING_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'environment-guessed-at', row: 58, ...GUESSING, file: `${CORE}/sign-in/throttle.ts` },
    find: "rule(3000, 'environment'),",
    replace: '',
  },
  {
    ...{ id: 'known-device-shut-out', row: 58, ...GUESSING },
    file: `${CORE}/sign-in/sign-in-with-password.ts`,
    find: 'return deviceId === undefined ?',
    replace: 'return true ?',
  },
  {
    ...{ id: 'device-known-to-everybody', row: 58, test: 'sso-second-factor.test.ts' },
    file: `${CORE}/sign-in/known-device.ts`,
    find: 'idToBytes(user.id), ',
    replace: '',
    also: {
      file: `${CORE}/sign-in/throttle.ts`,
      find: "'known-device', usernameKey, deviceId",
      replace: "'known-device', deviceId",
    },
  },
  {
    ...{ id: 'device-outlives-its-password', row: 58, ...GUESSING },
    file: `${CORE}/sign-in/known-device.ts`,
    find: "digestOf(passwordHash ?? '')",
    replace: "digestOf('')",
  },
  {
    ...{ id: 'known-device-guesses-without-end', row: 58, ...GUESSING },
    file: `${CORE}/sign-in/throttle.ts`,
    find: "ruleWithin(WINDOW_MS)(10, 'known-device'",
    replace: "ruleWithin(WINDOW_MS)(10_000, 'known-device'",
  },
  {
    ...{ id: 'refused-counts-on', row: 58, ...GUESSING },
    file: 'packages/storage/src/operations/throttle.ts',
    find: 'if (retryAt !== undefined) return retryAt;',
    replace:
      'if (retryAt !== undefined) { for (const other of rules) yield* takeOne(other, now); return retryAt; }',
  },
];

/** Rows 47, 49, 59, 63 and 92 at links that set passwords. */
export const PASSWORD_LINK_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'sessions-outlive-a-new-password', row: 92, ...LINKS },
    find: 'session_epoch: sql<number>`session_epoch + 1`',
    replace: 'session_epoch: sql<number>`session_epoch`',
  },
  {
    ...{ id: 'connections-outlive-a-new-password', row: 92, ...LINKS },
    find: 'if (endsConnections) yield* endConnections(scope, userId, now);',
    replace: '',
  },
  {
    ...{ id: 'connections-not-listed', row: 92, test: TEST },
    file: `${PAGES}/new-password.route.ts`,
    find: 'connections: connections.map(({ application }) => toApplicationCard(application)),',
    replace: 'connections: [],',
  },
  {
    ...{ id: 'link-of-any-host', row: 63, test: TEST },
    file: `${PAGES}/forgot-password.route.ts`,
    find: 'organization: environment.name, origin, locale',
    replace:
      "organization: environment.name, origin: `http://${String(exchange.request.headers['x-forwarded-host'] ?? exchange.request.host)}`, locale",
  },
  {
    ...{ id: 'link-tells-who-is-there', row: 59, test: TEST },
    file: `${PAGES}/forgot-password.route.ts`,
    find: 'const mail = mailFor(username, exchange);',
    replace: 'const mail = mailFor(username, exchange); await tenant.storage.users.findByUsername(username);',
  },
  {
    ...{ id: 'link-works-for-ever', row: 47, test: TEST },
    file: `${CORE}/password-links/set-password.ts`,
    find: 'if (link.expiresAt <= essentials.clock.now(environmentId)) return undefined;',
    replace: '',
    also: { file: LINKS.file, find: ".where('expires_at', '>', now)", replace: '' },
  },
  {
    ...{ id: 'link-without-secret', row: 47, test: TEST },
    file: `${CORE}/password-links/set-password.ts`,
    find: '|| !equalDigests(link.digest, presented.digest)',
    replace: '',
  },
  {
    ...{ id: 'mailbox-filled', row: 59, test: TEST },
    file: `${CORE}/sign-in/throttle.ts`,
    find: "rule(5, 'password-link', usernameKey),",
    replace: '',
  },
  {
    ...{ id: 'link-where-no-password-counts', row: 92, test: 'sso-second-factor.test.ts' },
    file: `${CORE}/password-links/issue-password-link.ts`,
    find: ' || !passwordCounts(singleSignOn, user)',
    replace: '',
  },
  {
    ...{ id: 'link-outlives-the-passwords', row: 92, test: 'sso-second-factor.test.ts' },
    file: `${CORE}/password-links/set-password.ts`,
    find: ' && passwordCounts(singleSignOn, user)',
    replace: '',
  },
  {
    ...{ id: 'link-secret-kept', row: 49, test: TEST },
    file: 'packages/server/src/http/build-app.ts',
    find: 'path: query < 0 ? url : url.slice(0, query)',
    replace: 'path: url',
  },
];
