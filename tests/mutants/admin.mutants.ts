import type { Mutant } from './mutant.js';

const API = 'packages/server/src/surfaces/admin-api';
const CALLS = { file: `${API}/admin-call.ts`, test: 'admin-calls.test.ts' };
const CHANGES = 'admin-changes.test.ts';

/** The administrators' API. */
export const ADMIN_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'admin-anybody', row: 66, test: CALLS.test, file: `${API}/admin-api.ts` },
    find: "const { access = 'administrator' } = request.routeOptions.config;",
    replace: "const { access = 'anybody' } = request.routeOptions.config;",
  },
  {
    ...{ id: 'admin-ordinary-user', row: 66, ...CALLS },
    find: 'if (!user.administrator) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'admin-any-application', row: 66, ...CALLS },
    find: "return application !== undefined && application.kind === 'machine' && application.adminApi;",
    replace: 'return application !== undefined;',
  },
  {
    ...{ id: 'admin-any-machine', row: 66, ...CALLS },
    find: "application.kind === 'machine' && application.adminApi;",
    replace: "application.kind === 'machine';",
  },
  {
    ...{ id: 'admin-cookie-beside-header', row: 66, ...CALLS },
    find: 'const session = named.length > 0 ? await machineSession(named, tenant, services) : browser;',
    replace:
      'const session = (named.length > 0 ? await machineSession(named, tenant, services).catch(() => undefined) : undefined) ?? (await browserSession(request, tenant, services));',
  },
  {
    ...{ id: 'admin-two-sessions', row: 66, ...CALLS },
    find: 'if (others.length > 0) return undefined;',
    replace: 'void others;',
  },
  {
    ...{ id: 'admin-operator-by-anything', row: 66, test: CALLS.test, file: `${API}/operator-call.ts` },
    find: 'if ((await proveOperatorKey(key, { store: storage.operatorKeys, essentials })) !== undefined) return;',
    replace:
      "if (key !== '' || (await proveOperatorKey(key, { store: storage.operatorKeys, essentials }))) return;",
  },
  {
    ...{ id: 'admin-other-origin', row: 51, ...CALLS },
    find: 'if (!isSameOrigin(request, origin)) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'admin-no-token', row: 51, ...CALLS },
    find: "if (typeof token !== 'string' || !isFormToken(token, session.evidence.id, services)) {",
    replace: 'if (false) {',
  },
  {
    ...{ id: 'admin-two-cookies', row: 54, test: CALLS.test, file: 'packages/server/src/http/cookies.ts' },
    find: 'if (value !== undefined) return undefined;',
    replace: '',
  },
  {
    ...{ id: 'admin-cross-origin', row: 56, test: CALLS.test, file: `${API}/admin-api.ts` },
    find: "app.addHook('onRequest', async (request) => {",
    replace:
      "app.addHook('onRequest', async (request, reply) => { reply.header('access-control-allow-origin', request.headers.origin ?? '*');",
  },
  {
    ...{ id: 'admin-application-of-elsewhere', row: 64, test: CALLS.test },
    file: 'packages/storage/src/operations/overview-applications.ts',
    find: ".where('id', '=', clientId)\n      .where('environment_id', '=', scope.environmentId),",
    replace: ".where('id', '=', clientId),",
  },
  {
    ...{ id: 'admin-cursor-of-elsewhere', row: 64, test: CALLS.test, file: `${API}/paging.ts` },
    find: 'return [idToBytes(call.tenant.environment.id), digest];',
    replace: 'return [idToBytes(call.tenant.environment.id).fill(0), digest];',
  },
  {
    ...{ id: 'admin-unchecked-redirect-url', row: 5, test: CHANGES },
    file: 'packages/core/src/applications/check-application.ts',
    find: 'return unique.map((url) => checkRedirectUrl(url, { kind, isOwnHost, place: redirectUrls.indexOf(url) }));',
    replace: 'return unique;',
  },
  {
    ...{ id: 'admin-answer-parameters', row: 7, test: CHANGES },
    file: 'packages/core/src/applications/redirect-url.ts',
    find: 'if (ANSWER_PARAMETERS.test(name))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'admin-disabled-user-lives', row: 40, test: CHANGES },
    file: 'packages/storage/src/operations/users.ts',
    find: '...(disables ? { grant_epoch: sql<number>`grant_epoch + 1` } : {}),',
    replace: '',
  },
  {
    ...{ id: 'admin-failure-is-success', row: 41, test: CHANGES, file: `${API}/admin-problem.ts` },
    find: "unavailable: [503, 'The server is busy'],",
    replace: "unavailable: [204 as 503, 'The server is busy'],",
  },
  {
    ...{ id: 'admin-logo-by-its-type', row: 57, test: CHANGES, file: 'packages/server/src/adapters/logo.ts' },
    find: 'if (!isRaster(upload)) {',
    replace: 'if (false) {',
    also: {
      file: 'packages/server/src/adapters/picture-decoders.ts',
      find: "sharp.block({ operation: ['VipsForeignLoad'] });",
      replace: '',
    },
  },
  {
    ...{ id: 'admin-deceiving-names', row: 57, test: CHANGES, file: 'packages/core/src/text.ts' },
    find: 'if (DECEIVING.test(value)) {',
    replace: 'if (false) {',
  },
];
