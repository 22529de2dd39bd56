import type { Mutant } from './mutant.js';

const OPERATIONS = 'packages/storage/src/operations';
const HOSTS = { file: 'packages/server/src/hosts/host-directory.ts', test: 'people-hosts.test.ts' };
const BUILD_APP = { file: 'packages/server/src/http/build-app.ts', test: 'people-hosts.test.ts' };
const PRESENTED = {
  file: 'packages/server/src/surfaces/objects-api/presented-session.ts',
  test: 'people-environments.test.ts',
};
const test = 'people-environments.test.ts';

/** Rows 63 to 66 and 93. */
export const ENVIRONMENT_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'origin-from-the-host', row: 63, ...HOSTS },
    find: 'origin: url.origin,',
    replace: 'origin: this.originAt(hostname),',
  },
  {
    ...{ id: 'alias-is-as-good', row: 63, test: HOSTS.test },
    file: 'packages/server/src/surfaces/pages/pages-surface.ts',
    find: "if (site?.kind !== 'environment' || !site.alias) return undefined;",
    replace: 'return undefined;',
  },
  {
    ...{ id: 'application-of-elsewhere', row: 64, test, file: `${OPERATIONS}/applications.ts` },
    find: "db.selectFrom('applications').selectAll().where('environment_id', '=', environmentId);",
    replace: "db.selectFrom('applications').selectAll();",
  },
  {
    ...{ id: 'session-of-elsewhere', row: 64, test },
    file: 'packages/storage/src/sqlite/hot/find-session.ts',
    find: 'AND s.environment_id = @environment',
    replace: '',
  },
  {
    ...{ id: 'flow-of-elsewhere', row: 64, test, file: `${OPERATIONS}/flows.ts` },
    find: `.where('environment_id', '=', ''),
        );
        const { rows } = yield { sql: statement, parameters: [id, environmentId] };`,
    replace: `,
        );
        const { rows } = yield { sql: statement, parameters: [id] };`,
  },
  {
    ...{ id: 'proxy-of-anybody', row: 65, ...BUILD_APP },
    find: 'options.trustedProxies.length === 0 ? false : [...options.trustedProxies]',
    replace: 'true',
  },
  {
    ...{ id: 'target-absolute', row: 65, ...BUILD_APP },
    find: "if (!url.startsWith('/')) return false;",
    replace: '',
  },
  {
    ...{ id: 'session-of-any-origin', row: 66, test },
    file: 'packages/core/src/sessions/find-session.ts',
    find: 'evidence?.origin !== origin ||',
    replace: 'evidence === undefined ||',
  },
  {
    ...{ id: 'cookie-reads-for-anybody', row: 66, ...PRESENTED },
    find: 'const cookie = isSameOriginRead(request, tenant) ?',
    replace: 'const cookie = true ?',
  },
  {
    ...{ id: 'host-unlisted', row: 93, ...HOSTS },
    find: 'if (fallback?.hosts.includes(hostname) === true)',
    replace: 'if (fallback !== undefined)',
  },
  {
    ...{ id: 'host-of-any-depth', row: 93, ...HOSTS },
    find: ' || rest.length > 0',
    replace: '',
  },
];
