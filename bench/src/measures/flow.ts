import { createHash, randomBytes } from 'node:crypto';
import { startFluxo, startPeer, type Contestant } from '../contestant.js';
import { makeFluxoFolder, PASSWORD, REDIRECT_URL, USERNAME } from '../fluxo-folder.js';
import { load, type LoadResult, type Pace, type WalkJob } from '../load.js';
import { FLUXO_TOKEN, list, milliseconds, promise, ratio, row, withAll, type Measure } from '../measure.js';
import { alternate, durably, type Entry, type Measured, type RoundOptions } from '../rounds.js';

const LIMITS = ['≥ 5', '≥ 8'] as const;
const VARIANTS = [
  {
    name: 'consent',
    measure: 'whole flow with a session, consent asked each time ÷ oidc-provider’s in memory',
    asItComes: 'the same with consent, with the storage that oidc-provider comes with',
  },
  {
    name: 'remembered',
    measure: 'whole flow with a session, consent remembered ÷ oidc-provider’s in memory',
    asItComes: 'the same remembered, with the storage that oidc-provider comes with',
  },
] as const;
/** The grant with its code, and the exchange. */
const WRITES_EACH = 2;

export const flow: Measure = {
  name: 'flow',
  promises: VARIANTS.flatMap(({ measure, asItComes }) => [promise(measure, ...LIMITS), promise(asItComes)]),
  run: async (options) => {
    const rows = [];
    for (const variant of VARIANTS) rows.push(...(await measureVariant(variant, options)));
    return rows;
  },
};

function measureVariant({ name, measure, asItComes }: (typeof VARIANTS)[number], options: RoundOptions) {
  return withAll(async (keep) => {
    const rememberConsent = name === 'remembered';
    const folder = keep(await makeFluxoFolder({ grants: 10_000, tokens: 1, rememberConsent }));
    const fluxo = keep(await startFluxo(folder));
    const oidc = keep(await startPeer('oidc-provider-walk', '0', name));
    const unchanged = keep(await startPeer('oidc-provider-walk', '0', name, 'as-it-comes'));
    const start = `/integrations/oauth2/authorize?client_id=${folder.clientId}&response_type=code`;
    const { connections } = options;
    const own = { name: `Fluxo, ${name}`, contestant: fluxo, start, tokenPath: FLUXO_TOKEN, connections };
    const peer = { tokenPath: '/token', connections, start: oidc.authorize ?? '', durable: false };
    const entries = [
      await walking({ ...own, durable: true }),
      await walking({ ...peer, name: `oidc-provider, ${name}`, contestant: oidc }),
      await walking({ ...peer, name: `oidc-provider as it comes, ${name}`, contestant: unchanged }),
    ];
    const measured = await alternate(entries, options);
    const [ours, theirs, theirsUnchanged] = measured as [Measured, Measured, Measured];
    return [
      row(measure, ratio(ours, theirs), LIMITS),
      row(asItComes, ratio(ours, theirsUnchanged)),
      row(`rates, ${name}: Fluxo, oidc-provider (a map, as it comes)`, list(measured, 'rate')),
      row(
        `p50, p99 of a whole flow, ${name}`,
        `${milliseconds(ours, 'p50')}, ${milliseconds(ours, 'p99')} ms`,
      ),
    ];
  });
}

interface Walking {
  readonly name: string;
  readonly contestant: Contestant;
  readonly start: string;
  readonly tokenPath: string;
  readonly durable: boolean;
  readonly connections: number;
}

async function walking({ name, contestant, start, tokenPath, ...more }: Walking): Promise<Entry> {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const redirect = `redirect_uri=${encodeURIComponent(REDIRECT_URL)}`;
  const job: WalkJob = {
    ...{ ports: [contestant.port], host: contestant.host, body: contestant.body, tokenPath },
    startPath: `${start}&${redirect}&state=a-state&code_challenge=${challenge}&code_challenge_method=S256`,
    exchange: `${redirect}&code_verifier=${verifier}`,
    ...{ redirectUri: REDIRECT_URL, username: USERNAME, password: PASSWORD, cookies: [] },
  };
  // Signing in hashes passwords; that isn't what is measured, nor should its processor time count.
  const signedIn = await load('walks', {
    ...job,
    connections: more.connections,
    seconds: 0,
    warmupSeconds: 0,
  });
  let cookies = signedIn.cookies ?? [];
  const play = async (pace: Pace): Promise<LoadResult> => {
    const result = await load('walks', { ...job, ...pace, cookies });
    cookies = result.cookies ?? [];
    return result;
  };
  return {
    ...{ name, pids: [contestant.pid] },
    play: (pace) => (more.durable ? durably([contestant], () => play(pace), WRITES_EACH) : play(pace)),
  };
}
