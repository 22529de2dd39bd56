import { startFluxo } from '../contestant.js';
import { makeFluxoFolder } from '../fluxo-folder.js';
import { CHAINS, list, promise, ratio, refreshingFluxo, row, withAll, type Measure } from '../measure.js';
import { alternate, type Measured } from '../rounds.js';

const FEW = 10_000;
const NAME = 'refresh rate with 5 million grants stored ÷ with 10 thousand';
const LIMITS = ['≥ 0.75', '≥ 0.9'] as const;

/** The same server on a small table and on a large one. */
export const grants: Measure = {
  name: 'grants',
  anyGenerator: true,
  promises: [promise(NAME, ...LIMITS)],
  run: (options, sizes) =>
    withAll(async (keep) => {
      const few = keep(await makeFluxoFolder({ grants: FEW, tokens: CHAINS }));
      const begun = performance.now();
      const many = keep(await makeFluxoFolder({ grants: sizes.grants, tokens: CHAINS }));
      const fillSeconds = Math.round((performance.now() - begun) / 1000);
      process.stderr.write(`  ${sizes.grants} grants were filled in within ${fillSeconds} s\n`);
      const large = keep(await startFluxo(many));
      const small = keep(await startFluxo(few));
      const entries = [
        refreshingFluxo(`${sizes.grants} grants`, large),
        refreshingFluxo(`${FEW} grants`, small),
      ];
      const measured = await alternate(entries, options);
      const [over, under] = measured as [Measured, Measured];
      const name =
        sizes.grants === 5_000_000 ? NAME : `refresh rate with ${sizes.grants} grants ÷ with ${FEW}`;
      return [
        row(name, ratio(over, under), LIMITS),
        row('rates: many grants, few', list(measured, 'rate')),
        row('start to ready with many grants', `${Math.round(large.readyMs)} ms`),
      ];
    }),
};
