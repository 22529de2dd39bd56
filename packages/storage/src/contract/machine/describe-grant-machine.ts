import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { ContractHouse, type OpenStorage } from '../contract-house.js';
import { GrantModel } from './grant-model.js';
import { RealLife } from './real-life.js';
import { STEPS } from './steps.js';

/** `npm run soak` asks for thousands. */
const RUNS = process.env['FLUXO_MACHINE_RUNS'];
const USUAL_RUNS = 100;
const STEPS_IN_A_LIFE = 60;
const MS_PER_RUN = 2_000;

/**
 * Random lives of grants, the same in a pure model and in a real database, which is closed and opened again
 * in between: `open` is called again for each restart. A failure says the seed and the shortest life.
 */
export function describeGrantMachine(name: string, open: OpenStorage, usualRuns = USUAL_RUNS): void {
  const runs = RUNS === undefined ? usualRuns : Number(RUNS);
  describe(`${name}, the life of grants in ${runs} random runs:`, () => {
    const house = new ContractHouse();
    beforeAll(() => house.open(open));
    afterAll(() => house.storage.close());

    it(
      'says and shows after each step what the model does',
      async () => {
        const lives = fc.commands(STEPS, { maxCommands: STEPS_IN_A_LIFE, size: 'max' });
        const property = fc.asyncProperty(lives, async (steps) => {
          const real = await RealLife.begin(house);
          await fc.asyncModelRun(() => ({ model: new GrantModel(), real }), steps);
        });
        await fc.assert(property, { numRuns: runs });
      },
      30_000 + runs * MS_PER_RUN,
    );
  });
}
