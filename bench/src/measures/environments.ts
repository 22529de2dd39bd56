import { startFluxo } from '../contestant.js';
import { fillEnvironments } from '../fill-environments.js';
import { makeFluxoFolder } from '../fluxo-folder.js';
import { list, promise, ratio, refreshingFluxo, residentMb, row, withAll, type Measure } from '../measure.js';
import { alternate, type Measured } from '../rounds.js';

const NAME = 'refresh rate with 1,000 environments of 10 applications ÷ with one';
const APPLICATIONS_EACH = 10;

/** Refreshes go through all of them in turn, each grant's own application at its own host. */
export const environments: Measure = {
  name: 'environments',
  promises: [promise(NAME, '≥ 0.9')],
  run: (options, sizes) =>
    withAll(async (keep) => {
      const tokens = sizes.environments * APPLICATIONS_EACH;
      const alone = keep(await makeFluxoFolder({ grants: 2 * tokens, tokens }));
      const shared = keep(await makeFluxoFolder({ grants: tokens, tokens: 1 }));
      const many = { ...shared, tokens: fillEnvironments(shared, sizes.environments) };
      const one = keep(await startFluxo(alone));
      const all = keep(await startFluxo(many));
      const entries = [
        refreshingFluxo(`${sizes.environments} environments`, all),
        refreshingFluxo('one environment', one),
      ];
      const measured = await alternate(entries, options);
      const [over, under] = measured as [Measured, Measured];
      const name = sizes.environments === 1_000 ? NAME : NAME.replace('1,000', String(sizes.environments));
      return [
        row(name, ratio(over, under), ['≥ 0.9', '']),
        row('rates: many environments, one', list(measured, 'rate')),
        row(
          'start to ready, memory afterwards: many environments, one',
          `${Math.round(all.readyMs)}, ${Math.round(one.readyMs)} ms; ${residentMb(all.pid)}, ${residentMb(one.pid)} MB`,
        ),
      ];
    }),
};
