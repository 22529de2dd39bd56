import { availableParallelism } from 'node:os';
import { startFluxo, type Contestant } from '../contestant.js';
import { makeFluxoFolder } from '../fluxo-folder.js';
import { CHAINS, list, promise, ratio, refreshingFluxo, row, withAll, type Measure } from '../measure.js';
import { startPostgres } from '../postgres.js';
import { alternate, type Measured } from '../rounds.js';

const NAME = '2 nodes ÷ 1 node, refresh on PostgreSQL';
/** One for each node, one for PostgreSQL, one for the load. */
const CORES_NEEDED = 4;

export const nodes: Measure = {
  name: 'nodes',
  promises: [promise(NAME)],
  unfit: () =>
    availableParallelism() < CORES_NEEDED
      ? `needs ${CORES_NEEDED} cores, here are ${availableParallelism()}`
      : undefined,
  run: (options) =>
    withAll(async (keep) => {
      const server = keep(await startPostgres());
      const databaseUrl = await server.createDatabase();
      const folder = keep(await makeFluxoFolder({ grants: 10_000, tokens: 2 * CHAINS, databaseUrl }));
      const first = keep(await startFluxo(folder));
      const second = keep(await startFluxo(folder));
      // Each entry goes on with its own tokens.
      const half = (contestant: Contestant, from: 0 | 1): Contestant => ({
        ...contestant,
        tokens: contestant.tokens.filter((_token, index) => index % 2 === from),
      });
      const entries = [
        refreshingFluxo('2 nodes', half(first, 0), half(second, 0)),
        refreshingFluxo('1 node', half(first, 1)),
      ];
      const measured = await alternate(entries, options);
      const [two, one] = measured as [Measured, Measured];
      return [row(NAME, ratio(two, one)), row('rates: 2 nodes, 1 node', list(measured, 'rate'))];
    }),
};
