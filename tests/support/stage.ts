import { afterAll, beforeAll } from 'vitest';
import { startFluxo, type FluxoOptions, type TestFluxo } from './fluxo.js';
import type { TestTenant } from './tenant.js';

/** A server of a test file's own, with the environment `acme.my` and its user `ana`. */
export interface Stage {
  readonly fluxo: TestFluxo;
  readonly acme: TestTenant;
}

/** Sets the stage before a file's tests and clears it after them. */
export function useStage(options: FluxoOptions = {}): Stage {
  let stage: Stage | undefined;
  const set = (): Stage => {
    if (stage === undefined) throw new Error('The stage is set in beforeAll: use it within a test.');
    return stage;
  };
  beforeAll(async () => {
    const fluxo = await startFluxo(options);
    const acme = await fluxo.environment('acme');
    await acme.user('ana');
    stage = { fluxo, acme };
  });
  afterAll(() => set().fluxo.close());
  return {
    get fluxo() {
      return set().fluxo;
    },
    get acme() {
      return set().acme;
    },
  };
}
