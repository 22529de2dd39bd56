import { defineConfig } from 'vitest/config';

const conditions = ['fluxo-source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/**/*.test.{ts,tsx}', 'examples/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers than that only slow each other down.
    maxWorkers: 2,
  },
});
