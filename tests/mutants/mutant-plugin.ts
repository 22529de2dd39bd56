import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vitest/config';
import { applyMutant, type Mutant } from './mutant.js';

/**
 * Takes one check out while its file is loaded; the checkout stays as it is. A text that isn't there exactly
 * once ends the run before any test: an attack that fails because nothing was taken out shows nothing.
 */
export function mutantPlugin(mutant: Mutant, root: string): Plugin {
  const path = join(root, mutant.file);
  const isMutated = (id: string): boolean => id.split('?', 1)[0] === path;
  return {
    name: 'fluxo-mutant',
    enforce: 'pre',
    configResolved: () => void applyMutant(readFileSync(path, 'utf8'), mutant),
    // Mutants share what vitest made of all other files; of this one each has its own.
    configureVitest({ experimental_defineCacheKeyGenerator: keyOf }) {
      keyOf(({ id }) => (isMutated(id) ? false : null));
    },
    transform(code, id) {
      return isMutated(id) ? { code: applyMutant(code, mutant), map: null } : undefined;
    },
  };
}
