import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vitest/config';
import { applyMutant, placesOf, type Mutant } from './mutant.js';

/**
 * Takes one check out while its file is loaded; the checkout stays as it is. A text that isn't there exactly
 * once ends the run before any test: an attack that fails because nothing was taken out shows nothing.
 */
export function mutantPlugin(mutant: Mutant, root: string): Plugin {
  const places = new Map(placesOf(mutant).map((place) => [join(root, place.file), place]));
  const placeOf = (id: string) => places.get(id.split('?', 1)[0] ?? '');
  return {
    name: 'fluxo-mutant',
    enforce: 'pre',
    configResolved() {
      for (const [path, place] of places) applyMutant(readFileSync(path, 'utf8'), mutant.id, place);
    },
    // Mutants share what vitest made of all other files; of these each has its own.
    configureVitest({ experimental_defineCacheKeyGenerator: keyOf }) {
      keyOf(({ id }) => (placeOf(id) === undefined ? null : false));
    },
    transform(code, id) {
      const place = placeOf(id);
      return place === undefined ? undefined : { code: applyMutant(code, mutant.id, place), map: null };
    },
  };
}
