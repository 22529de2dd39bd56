import { startFluxo } from '../contestant.js';
import { makeFluxoFolder, type FluxoFolder } from '../fluxo-folder.js';
import { load, type RotationJob } from '../load.js';
import { CHAINS, list, promise, ratio, refreshingFluxo, row, withAll, type Measure } from '../measure.js';
import { startPostgres } from '../postgres.js';
import { alternate, type Entry, type Measured } from '../rounds.js';

const NAME = 'refresh with rotation, PostgreSQL ÷ the same SQL without HTTP';
const LIMITS = ['≥ 0.5', '≥ 0.7'] as const;
/** As many as a node has. */
const POOL_CONNECTIONS = 16;

export const postgres: Measure = {
  name: 'postgres',
  promises: [promise(NAME, ...LIMITS)],
  run: (options) =>
    withAll(async (keep) => {
      const server = keep(await startPostgres());
      const databaseUrl = await server.createDatabase();
      const folder = keep(await makeFluxoFolder({ grants: 10_000, tokens: CHAINS, databaseUrl }));
      const fluxo = keep(await startFluxo(folder));
      const entries = [refreshingFluxo('Fluxo, PostgreSQL', fluxo), rotating(folder, databaseUrl)];
      const measured = await alternate(entries, options);
      const [own, raw] = measured as [Measured, Measured];
      return [
        row(NAME, ratio(own, raw), LIMITS),
        row('rates: Fluxo on PostgreSQL, the same SQL', list(measured, 'rate')),
      ];
    }),
};

/** One call of the function for each rotation, through the driver's pool. */
function rotating(folder: FluxoFolder, url: string): Entry {
  const { environmentId, applicationId, signing } = folder;
  const job = { url, poolConnections: POOL_CONNECTIONS, environmentId, applicationId, keyId: signing.id };
  let grants: RotationJob['grants'] = folder.rawGrants;
  return {
    name: 'the same SQL',
    pids: [],
    play: async (pace) => {
      const result = await load('rotations', { ...job, ...pace, grants });
      grants = result.grants ?? [];
      return result;
    },
  };
}
