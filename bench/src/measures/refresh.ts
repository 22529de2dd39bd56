import { startBare } from '../bare.js';
import { startFluxo, startPeer } from '../contestant.js';
import { makeFluxoFolder } from '../fluxo-folder.js';
import {
  CHAINS,
  FLUXO_TOKEN,
  list,
  milliseconds,
  promise,
  ratio,
  refreshingFluxo,
  refreshingPeer,
  row,
  withAll,
  type Measure,
} from '../measure.js';
import { alternate, type Measured } from '../rounds.js';

const NAMES = {
  oidc: 'refresh with rotation, SQLite ÷ oidc-provider in memory without rotation',
  floor: 'refresh with rotation, SQLite ÷ POST floor',
  bare: 'the same statements and nothing else behind node:http ÷ POST floor',
  oidcAsItComes: 'the same, with the storage that oidc-provider comes with',
  library: 'refresh with rotation, SQLite ÷ @node-oauth/oauth2-server in memory',
  betterAuth: 'refresh with rotation, SQLite ÷ better-auth on SQLite',
};

export const refresh: Measure = {
  name: 'refresh',
  anyGenerator: true,
  promises: [
    promise(NAMES.oidc, '≥ 5', '≥ 9'),
    promise(NAMES.oidcAsItComes),
    promise(NAMES.floor, '≥ 0.22', '≥ 0.36'),
    promise(NAMES.bare),
    promise(NAMES.library),
    promise(NAMES.betterAuth),
  ],
  run: (options) =>
    withAll(async (keep) => {
      const folder = keep(await makeFluxoFolder({ grants: 10_000, tokens: CHAINS }));
      const fluxo = keep(await startFluxo(folder));
      const floor = keep(await startPeer('floor'));
      const bare = keep(
        await startBare('rotation', keep(await makeFluxoFolder({ grants: 10_000, tokens: CHAINS }))),
      );
      // Few enough that none falls out of its own storage, which keeps a thousand things.
      const few = String(options.connections);
      const oidc = keep(await startPeer('oidc-provider', few));
      const asItComes = keep(await startPeer('oidc-provider', few, 'as-it-comes'));
      // wrk and autocannon end with a request under way on each connection, twice a round; a token that rotates is gone then.
      const chains = String(options.connections * (2 * options.rounds + 2));
      const library = keep(await startPeer('oauth2-server', chains));
      const betterAuth = keep(await startPeer('better-auth', chains));
      // As many bytes come in as at Fluxo.
      const body = `${fluxo.body}${fluxo.tokens[0]?.token ?? ''}`;
      const measured = await alternate(
        [
          refreshingFluxo('Fluxo, SQLite', fluxo),
          refreshingPeer('POST floor', { ...floor, body }, { path: FLUXO_TOKEN, rotates: false }),
          refreshingPeer('the statements alone', { ...bare, body }, { path: FLUXO_TOKEN, rotates: false }),
          refreshingPeer('oidc-provider', oidc, { path: '/token', rotates: false }),
          refreshingPeer('oidc-provider as it comes', asItComes, { path: '/token', rotates: false }),
          refreshingPeer('@node-oauth/oauth2-server', library, { path: '/token', rotates: true }),
          refreshingPeer('better-auth', betterAuth, { path: '/api/auth/oauth2/token', rotates: true }),
        ],
        options,
      );
      const [own, floorRate, bareRate, oidcRate, asItComesRate, libraryRate, betterAuthRate] = measured as [
        Measured,
        Measured,
        Measured,
        Measured,
        Measured,
        Measured,
        Measured,
      ];
      return [
        row(NAMES.oidc, ratio(own, oidcRate), ['≥ 5', '≥ 9']),
        row(NAMES.oidcAsItComes, ratio(own, asItComesRate)),
        row(NAMES.floor, ratio(own, floorRate), ['≥ 0.22', '≥ 0.36']),
        row(NAMES.bare, ratio(bareRate, floorRate)),
        row(NAMES.library, ratio(own, libraryRate)),
        row(NAMES.betterAuth, ratio(own, betterAuthRate)),
        row(
          'rates: Fluxo, floor, the statements alone, oidc-provider (a map, as it comes), oauth2-server, better-auth',
          list(measured, 'rate'),
        ),
        row('processor time of one answer: the same seven', `${list(measured, 'cpuMicroseconds')} µs`),
        row(
          'p50, p99 of a refresh at the top rate',
          `${milliseconds(own, 'p50')}, ${milliseconds(own, 'p99')} ms`,
        ),
      ];
    }),
};
