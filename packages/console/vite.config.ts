import { defineConfig } from 'vite';

/** What the server puts in the place of these, with each answer; see its surfaces/console. */
const NONCE = '__FLUXO_NONCE__';

export default defineConfig({
  base: '/console/',
  // packages/ui is read from its sources, as the tests read it.
  resolve: { conditions: ['fluxo-source', 'module', 'browser', 'import', 'default'] },
  html: { cspNonce: NONCE },
  build: {
    outDir: 'dist/app',
    target: 'es2022',
    // The policy allows no `data:`; every asset is a file of its own.
    assetsInlineLimit: 0,
    // Each chunk is asked for where its route is; a polyfill would be a script in the page.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What views share would be sixty files, and a browser asks for six at once: two are there sooner. What draws the
        // previews of pages stays by itself: it is as much again, and few views have one.
        codeSplitting: {
          minShareCount: 2,
          groups: [
            { name: 'packages', test: /node_modules[\\/](?!react-dom[\\/].*server)/ },
            { name: 'shared', test: /packages[\\/]console[\\/]src[\\/](?!components[\\/]page-frame)/ },
          ],
        },
      },
      // Mantine and TanStack mark what runs in a browser; here everything does.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
