import { startFluxo } from '../contestant.js';
import { makeFluxoFolder } from '../fluxo-folder.js';
import { CHAINS, milliseconds, promise, refreshingFluxo, row, withAll, type Measure } from '../measure.js';
import { medianOf, repeat } from '../rounds.js';

const NAME = 'p99 of a refresh at half of the top rate, SQLite';

/** First what the server can do; then half of that, at a constant rate, latency from when a request was due. */
export const latency: Measure = {
  name: 'latency',
  promises: [promise(NAME, 'report', '< 10 ms')],
  run: (options) =>
    withAll(async (keep) => {
      const folder = keep(await makeFluxoFolder({ grants: 10_000, tokens: 2 * CHAINS }));
      const fluxo = keep(await startFluxo(folder));
      const half = (from: number) => folder.tokens.filter((_token, index) => index % 2 === from);
      const top = await repeat(refreshingFluxo('top rate', { ...fluxo, tokens: half(0) }), options);
      const ratePerSecond = medianOf(top, 'rate') / 2;
      const entry = refreshingFluxo('half of it', { ...fluxo, tokens: half(1) });
      const paced = await repeat(entry, { ...options, ratePerSecond });
      return [
        row(NAME, `${milliseconds(paced, 'p99')} ms`, ['report', '< 10 ms']),
        row(
          'the same: rate, p50, longest',
          `${Math.round(ratePerSecond)}/s, ${milliseconds(paced, 'p50')} ms, ${milliseconds(paced, 'max')} ms`,
        ),
      ];
    }),
};
