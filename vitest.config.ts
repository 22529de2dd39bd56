import { defineConfig } from 'vitest/config';
import { ALL_MUTANTS } from './tests/mutants/all-mutants.js';
import { mutantPlugin } from './tests/mutants/mutant-plugin.js';
import { findMutant } from './tests/mutants/mutant.js';

// Vitest hands these on to Node: with `import` among them a package that is required would get its module instead.
const conditions = ['fluxo-source', 'node', 'default'];

// `npm run test:mutants` names one; all other runs take the sources as they are.
const mutantId = process.env['FLUXO_MUTANT'];
const mutantCache = process.env['FLUXO_MUTANT_CACHE'];

export default defineConfig({
  plugins:
    mutantId === undefined ? [] : [mutantPlugin(findMutant(mutantId, ALL_MUTANTS), import.meta.dirname)],
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/**/*.test.{ts,tsx}', 'examples/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    environment: 'node',
    experimental: mutantCache === undefined ? {} : { fsModuleCache: true, fsModuleCachePath: mutantCache },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The files of a worker share their modules: no test changes one, and loading them anew took a fifth of the time.
    isolate: false,
    // Two cores: more workers than that only slow each other down.
    maxWorkers: 2,
  },
});
