import { startFluxo } from '../contestant.js';
import { makeFluxoFolder, type FluxoFolder } from '../fluxo-folder.js';
import { CHAINS, promise, refreshingFluxo, residentMb, row, withAll, type Measure } from '../measure.js';
import { median } from '../rounds.js';

const STARTS = 5;
/** A million takes minutes; an hour would be a fault. */
const MOST_SECONDS = 3_600;
const MEMORY = 'memory after a million tokens issued, SQLite';
const READY = 'start to ready, SQLite';

export const memory: Measure = {
  name: 'memory',
  promises: [promise(MEMORY, '< 200 MB', '< 120 MB'), promise(READY, '< 1.5 s', '< 0.7 s')],
  run: (options, sizes) =>
    withAll(async (keep) => {
      const folder = keep(await makeFluxoFolder({ grants: 10_000, tokens: CHAINS }));
      const readyMs = await startTimes(folder);
      const fluxo = keep(await startFluxo(folder));
      const before = residentMb(fluxo.pid);
      const pace = { ...options, warmupSeconds: 0, seconds: MOST_SECONDS, atMost: sizes.tokens };
      const { total } = await refreshingFluxo('a million tokens', fluxo).play(pace);
      if (total < sizes.tokens) throw new Error(`Only ${total} tokens were issued.`);
      const name = sizes.tokens === 1_000_000 ? MEMORY : `memory after ${sizes.tokens} tokens issued, SQLite`;
      return [
        row(name, `${residentMb(fluxo.pid)} MB`, ['< 200 MB', '< 120 MB']),
        row('memory after the start', `${before} MB`),
        row(READY, `${(median(readyMs) / 1000).toFixed(2)} s`, ['< 1.5 s', '< 0.7 s']),
      ];
    }),
};

async function startTimes(folder: FluxoFolder): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < STARTS; index += 1) {
    const fluxo = await startFluxo(folder);
    times.push(fluxo.readyMs);
    await fluxo.stop();
  }
  return times;
}
