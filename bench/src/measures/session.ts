import { ask } from '../ask.js';
import { startBare } from '../bare.js';
import { startFluxo, startPeer, type Contestant } from '../contestant.js';
import { makeFluxoFolder } from '../fluxo-folder.js';
import { CHAINS, FLUXO_TOKEN, list, promise, ratio, row, withAll, type Measure } from '../measure.js';
import { alternate, requesting, type Entry, type Measured } from '../rounds.js';

const SEARCH = '/attask/api/v14.0/proj/search?$$LIMIT=1';
const INTROSPECT = '/integrations/oauth2/api/v1/introspect';
const READ = { headers: '', sendsToken: false, answersTokens: false, rotates: false, tokens: [] } as const;
const NAMES = {
  search: 'session check, project search ÷ GET floor',
  introspection: 'session check, introspection ÷ GET floor',
  bare: 'the session’s row and nothing else behind node:http ÷ GET floor',
};
const LIMITS = ['≥ 0.40', '≥ 0.60'] as const;

export const session: Measure = {
  name: 'session',
  anyGenerator: true,
  promises: [promise(NAMES.search, ...LIMITS), promise(NAMES.introspection, ...LIMITS), promise(NAMES.bare)],
  run: (options) =>
    withAll(async (keep) => {
      const folder = keep(await makeFluxoFolder({ grants: 10_000, tokens: CHAINS }));
      const fluxo = keep(await startFluxo(folder));
      const floor = keep(await startPeer('floor'));
      const bare = keep(await startBare('session', keep(await makeFluxoFolder({ grants: 10, tokens: 1 }))));
      const checks = await checking(fluxo);
      const measured = await alternate(
        [
          checks.search(fluxo),
          checks.introspection(fluxo),
          { ...checks.floor(bare), name: 'the row alone' },
          checks.floor(floor),
        ],
        options,
      );
      const [search, introspection, alone, under] = measured as [Measured, Measured, Measured, Measured];
      return [
        row(NAMES.search, ratio(search, under), LIMITS),
        row(NAMES.introspection, ratio(introspection, under), LIMITS),
        row(NAMES.bare, ratio(alone, under)),
        row('rates: search, introspection, the row alone, floor', list(measured, 'rate')),
        row('processor time of one answer: the same four', `${list(measured, 'cpuMicroseconds')} µs`),
      ];
    }),
};

/** Requests with one session, which is alive. */
export async function checking(fluxo: Contestant) {
  const access = await freshSession(fluxo);
  const read = {
    ...READ,
    method: 'GET' as const,
    path: SEARCH,
    body: '',
    headers: `sessionid: ${access}\r\n`,
  };
  const body = `${fluxo.body}&token=${access}`;
  const expects = '"active":true';
  return {
    search: (contestant: Contestant): Entry =>
      requesting({ name: 'search', contestants: [contestant], job: { ...read, expects: '"data":' } }),
    introspection: (contestant: Contestant): Entry =>
      requesting({
        ...{ name: 'introspection', contestants: [contestant] },
        job: { ...READ, method: 'POST', path: INTROSPECT, body, expects },
      }),
    floor: (contestant: Contestant): Entry =>
      requesting({ name: 'GET floor', contestants: [contestant], job: read }),
  };
}

async function freshSession(fluxo: Contestant): Promise<string> {
  const { token } = fluxo.tokens.at(-1) ?? { token: '' };
  const form = `${fluxo.body}&grant_type=refresh_token&refresh_token=${token}`;
  return (JSON.parse(await ask(fluxo, FLUXO_TOKEN, form)) as { access_token: string }).access_token;
}
