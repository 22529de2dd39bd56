import { readFileSync } from 'node:fs';
import { ask } from './ask.js';
import { startFluxo, startPeer, type Contestant } from './contestant.js';
import { makeFluxoFolder, type FluxoFolder } from './fluxo-folder.js';
import {
  alternate,
  median,
  medianCpu,
  medianRate,
  ratioOf,
  type Entry,
  type Measured,
  type RoundOptions,
} from './rounds.js';

/** One line of the table. */
export interface Row {
  readonly measure: string;
  readonly value: string;
  readonly must: string;
  readonly aim: string;
}

const FLUXO_TOKEN = '/integrations/oauth2/api/v1/token';
const SEARCH = '/attask/api/v14.0/proj/search?$$LIMIT=1';
const INTROSPECT = '/integrations/oauth2/api/v1/introspect';
const CHAINS = 3_200;

const POST = { method: 'POST', headers: '', sendsToken: true, answersTokens: true } as const;
const READ = { headers: '', sendsToken: false, answersTokens: false, rotates: false, tokens: [] } as const;

type Refreshing = Pick<Entry, 'name' | 'contestant'> & Pick<Entry['job'], 'path' | 'rotates'>;

function refreshing({ name, contestant, path, rotates }: Refreshing): Entry {
  const { body, tokens } = contestant;
  return { name, contestant, job: { ...POST, path, body, tokens, rotates } };
}

export async function measureRefresh(options: RoundOptions, folder: FluxoFolder): Promise<Row[]> {
  const fluxo = await startFluxo(folder);
  const floor = await startPeer('floor', 0);
  const oidc = await startPeer('oidc-provider', options.connections);
  const library = await startPeer('oauth2-server', options.connections);
  try {
    const entries: Entry[] = [
      {
        ...refreshing({ name: 'Fluxo, SQLite', contestant: fluxo, path: FLUXO_TOKEN, rotates: true }),
        durable: true,
      },
      refreshing({
        name: 'POST floor',
        contestant: { ...floor, body: fluxo.body, tokens: [] },
        path: FLUXO_TOKEN,
        rotates: false,
      }),
      refreshing({ name: 'oidc-provider', contestant: oidc, path: '/token', rotates: false }),
      refreshing({ name: '@node-oauth/oauth2-server', contestant: library, path: '/token', rotates: true }),
    ];
    const measured = await alternate(entries, options);
    const [own, bare, oidcRate, libraryRate] = measured as [Measured, Measured, Measured, Measured];
    const memoryMb = residentMb(fluxo.pid);
    return [
      row('refresh with rotation, SQLite ÷ oidc-provider', ratio(own, oidcRate), ['≥ 5', '≥ 9']),
      row('refresh with rotation, SQLite ÷ POST floor', ratio(own, bare), ['≥ 0.22', '≥ 0.36']),
      row('refresh with rotation, SQLite ÷ @node-oauth/oauth2-server', ratio(own, libraryRate)),
      row(
        'rates: Fluxo, floor, oidc-provider, oauth2-server',
        measured.map((m) => Math.round(medianRate(m))).join(', '),
      ),
      row(
        'processor time of one answer: the same four',
        `${measured.map((m) => Math.round(medianCpu(m))).join(', ')} µs`,
      ),
      row('p50, p99 of a refresh at the top rate', `${latency(own, 'p50')}, ${latency(own, 'p99')} ms`),
      row('memory after these refreshes', `${memoryMb} MB`, ['< 200 MB after a million', '< 120 MB']),
      row('start to ready', `${Math.round(fluxo.readyMs)} ms`, ['< 1500 ms', '< 700 ms']),
    ];
  } finally {
    await Promise.all([fluxo, floor, oidc, library].map((contestant) => contestant.stop()));
  }
}

export async function measureSession(options: RoundOptions, folder: FluxoFolder): Promise<Row[]> {
  const fluxo = await startFluxo(folder);
  const floor = await startPeer('floor', 0);
  try {
    // The last of the tokens: the measure of refreshing may have used all of them up by now.
    const access = await freshSession(fluxo);
    const read = { ...READ, method: 'GET' as const, body: '', headers: `sessionid: ${access}\r\n` };
    const entries: Entry[] = [
      { name: 'search', contestant: fluxo, job: { ...read, path: SEARCH, expects: '"data":' } },
      {
        name: 'introspection',
        contestant: fluxo,
        job: {
          ...READ,
          method: 'POST',
          path: INTROSPECT,
          body: `${fluxo.body}&token=${access}`,
          expects: '"active":true',
        },
      },
      { name: 'GET floor', contestant: floor, job: { ...read, path: SEARCH } },
    ];
    const measured = await alternate(entries, options);
    const [search, introspection, bare] = measured as [Measured, Measured, Measured];
    return [
      row('session check, project search ÷ GET floor', ratio(search, bare), ['≥ 0.40', '≥ 0.60']),
      row('session check, introspection ÷ GET floor', ratio(introspection, bare), ['≥ 0.40', '≥ 0.60']),
      row(
        'processor time of one answer: the same three',
        `${measured.map((m) => Math.round(medianCpu(m))).join(', ')} µs`,
      ),
      row('rates: search, introspection, floor', measured.map((m) => Math.round(medianRate(m))).join(', ')),
    ];
  } finally {
    await Promise.all([fluxo.stop(), floor.stop()]);
  }
}

async function freshSession(fluxo: Contestant): Promise<string> {
  const token = fluxo.tokens.at(-1) ?? '';
  const form = `${fluxo.body}&grant_type=refresh_token&refresh_token=${token}`;
  return (JSON.parse(await ask(fluxo, FLUXO_TOKEN, form)) as { access_token: string }).access_token;
}

/** The same server on a small table and on a large one. */
export async function measureGrants(options: RoundOptions, grants: number): Promise<Row[]> {
  const folders = [10_000, grants].map((count) => makeFluxoFolder(count, CHAINS));
  const servers: Contestant[] = [];
  try {
    for (const folder of folders) servers.push(await startFluxo(folder));
    const entries = servers.map((server, index) => ({
      ...refreshing({
        name: index === 0 ? '10,000 grants' : `${grants} grants`,
        contestant: server,
        path: FLUXO_TOKEN,
        rotates: true,
      }),
      durable: true,
    }));
    const [small, large] = (await alternate(entries, options)) as [Measured, Measured];
    const name = `refresh rate with ${grants.toLocaleString('en')} grants ÷ with 10,000`;
    return [row(name, ratio(large, small), ['≥ 0.75 (5 million)', '≥ 0.9'])];
  } finally {
    for (const server of servers) await server.stop();
    for (const folder of folders) folder.remove();
  }
}

export const newFolder = (): FluxoFolder => makeFluxoFolder(10_000, CHAINS);

function row(measure: string, value: string, [must, aim]: readonly [string, string] = ['report', '']): Row {
  return { measure, value, must, aim };
}

function ratio(over: Measured, under: Measured): string {
  const { median: middle, min, max } = ratioOf(over, under);
  const byProcessor = medianCpu(under) / medianCpu(over);
  return `${middle.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)}); ${byProcessor.toFixed(2)}`;
}

const latency = ({ results }: Measured, quantile: 'p50' | 'p99'): string =>
  median(results.map((result) => result[quantile])).toFixed(1);

function residentMb(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'NaN';
  return Math.round((Number(kib) * 1024) / 1e6);
}
