/** The rooms of the house and which door leads where; docs/adr/0001-rooms-and-imports.md says more. */
const room = (name) => `^packages/${name}/`;

/** Tests, what only tests use (`x.test.support.ts`, `x.test.data.ts`), and the suite that every database passes. */
const TESTS = ['\\.test\\.(support\\.|data\\.)?tsx?$', '^packages/storage/src/contract/'];

function onlyMayReach(from, allowed, comment) {
  return {
    name: `${from}-imports`,
    comment,
    severity: 'error',
    from: { path: room(from) },
    to: { path: '^(packages|examples|tests|scripts|bench)/', pathNot: [from, ...allowed].map(room) },
  };
}

module.exports = {
  forbidden: [
    onlyMayReach(
      'core',
      [],
      'core is the protocol and the domain: it must be readable and testable with no database and no HTTP beside it.',
    ),
    onlyMayReach(
      'objects',
      ['core'],
      'objects can be switched off: it knows the domain and nothing of how it is stored or served.',
    ),
    onlyMayReach(
      'storage',
      ['core', 'objects'],
      'storage keeps the ports of core and objects; if it knew the server, a database could not be tested alone.',
    ),
    onlyMayReach(
      'server',
      ['core', 'objects', 'storage', 'ui'],
      'server is where everything is put together, and nobody reaches back into it.',
    ),
    onlyMayReach(
      'ui',
      [],
      'pages get plain data; a page that could ask the domain would decide what is true.',
    ),
    onlyMayReach(
      'console',
      ['ui'],
      'the console is a guest of the API like any script: what it may not ask for over HTTP it must not know, and it shares the look of the pages alone.',
    ),
    onlyMayReach('client', [], 'client is what strangers install: it must stand alone.'),
    {
      name: 'core-is-pure',
      comment:
        'No HTTP, no SQL, no environment: node:crypto and node:buffer are all that core takes from outside.',
      severity: 'error',
      from: { path: room('core'), pathNot: TESTS },
      // By path, not by kind of dependency: whatever a package manager calls it, it isn't core.
      to: { pathNot: [room('core'), '^(node:)?(crypto|buffer)$'] },
    },
    {
      name: 'client-on-the-platform-alone',
      comment:
        'The client runs in browsers and on Node alike: fetch and Web Crypto, no packages, no Node modules.',
      severity: 'error',
      from: { path: room('client'), pathNot: TESTS },
      to: { pathNot: room('client') },
    },
    {
      name: 'example-as-an-outsider',
      comment:
        'The example shows what an outsider needs: the client package and nothing from inside the house.',
      severity: 'error',
      from: { path: '^examples/third-party-app/' },
      to: {
        path: '^(packages|examples|tests|scripts|bench)/',
        pathNot: [room('client'), '^examples/third-party-app/'],
      },
    },
    {
      name: 'one-composition-root',
      comment: 'Only compose.ts puts drivers and surfaces together; anybody else gets ports.',
      severity: 'error',
      from: {
        path: '^packages/server/src/',
        pathNot: ['^packages/server/src/(compose\\.ts$|cli/)', ...TESTS],
      },
      to: { path: room('storage') },
    },
    {
      name: 'no-circles',
      comment: 'A circle is one room pretending to be two.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-code',
      comment: 'What ships must not need its tests.',
      severity: 'error',
      from: { pathNot: [...TESTS, '^(tests|bench)/'] },
      to: { path: [...TESTS, '^tests/'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing fails on somebody else’s machine.',
      severity: 'error',
      from: {},
      // The launcher is committed and imports what the build makes; the API's types are declarations alone.
      to: { couldNotResolve: true, pathNot: '^(\\.\\./dist/main|\\./schema)\\.js$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages|examples)/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['fluxo-source', 'node', 'import', 'default'],
      mainFields: ['module', 'main'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
