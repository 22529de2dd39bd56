import type { Mutant } from './mutant.js';

const test = 'tokens-client-authentication.test.ts';
const CREDENTIALS = { test, file: 'packages/core/src/applications/client-credentials.ts' };
const AUTHENTICATE = { test, file: 'packages/core/src/applications/authenticate-application.ts' };
const BODY = { test, file: 'packages/server/src/http/body.ts' };
const ROUTE = { test, file: 'packages/server/src/surfaces/oauth/oauth-surface.ts' };

/** Rows 27 to 32, and of 47 the guessed secret. */
export const CLIENT_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'client-authenticates-twice', row: 27, ...CREDENTIALS },
    find: 'if (bodySecret !== undefined) {',
    replace: 'if (false) {',
  },
  {
    ...{ id: 'basic-never-decoded', row: 28, ...CREDENTIALS },
    find: 'return same ? [raw] :',
    replace: 'return true ? [raw] :',
  },
  {
    ...{ id: 'basic-wrong-challenge', row: 28, test },
    file: 'packages/server/src/surfaces/oauth/oauth-errors.ts',
    find: '\'Basic realm="Fluxo"\'',
    replace: "'Bearer'",
  },
  {
    ...{ id: 'credentials-in-the-url', row: 29, ...ROUTE },
    find: "refuseQuery(request.raw.url ?? '');",
    replace: '',
  },
  {
    ...{ id: 'token-by-get', row: 29, ...ROUTE },
    find: "OTHER_METHODS = ['GET', ",
    replace: 'OTHER_METHODS = [',
  },
  {
    ...{ id: 'client-id-disagrees', row: 30, ...CREDENTIALS },
    find: '(candidate) => bodyId === undefined || candidate.clientId === bodyId',
    replace: '() => true',
  },
  {
    ...{ id: 'web-without-secret', row: 31, ...AUTHENTICATE },
    find: 'if (candidate.clientSecret === undefined)',
    replace: 'if (candidate.clientSecret === undefined) return { application };\n  if (false)',
  },
  {
    ...{ id: 'any-secret', row: 47, file: AUTHENTICATE.file, test: 'tokens-guessing.test.ts' },
    find: '&& equalDigests(secret.digest, digest)',
    replace: '',
  },
  {
    ...{ id: 'spa-with-any-secret', row: 31, ...AUTHENTICATE },
    find: 'return candidate.clientSecret === undefined',
    replace: 'return true',
  },
  {
    ...{ id: 'body-any-charset', row: 32, ...BODY },
    find: 'if (charset !== undefined &&',
    replace: 'if (false &&',
  },
  {
    ...{ id: 'body-any-kind', row: 32, ...BODY },
    find: "throw new BodyError('The body must be application/json or application/x-www-form-urlencoded.');",
    replace: "return readForm(body, 'application/x-www-form-urlencoded');",
  },
  {
    ...{ id: 'json-member-any-kind', row: 32, ...BODY },
    find: "if (member !== null && typeof member !== 'string') {",
    replace: 'if (false) {',
  },
  {
    ...{ id: 'json-member-twice', row: 32, ...BODY },
    find: 'if (countNames(text) !== parameters.length)',
    replace: 'if (false)',
  },
];
