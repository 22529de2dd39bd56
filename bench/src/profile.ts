import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startFluxo } from './contestant.js';
import { makeFluxoFolder } from './fluxo-folder.js';
import { CHAINS, refreshingFluxo, row, type Row } from './measure.js';
import { medianOf, repeat, type RoundOptions } from './rounds.js';

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CallFrame {
  readonly functionName: string;
  /** Empty for what is not JavaScript. */
  readonly url: string;
}

type Piece = readonly [name: string, belongs: (frame: CallFrame) => boolean];

const native = (names: RegExp) => (frame: CallFrame) => frame.url === '' && names.test(frame.functionName);
const inFiles = (files: RegExp) => (frame: CallFrame) => files.test(frame.url);

/** The first that fits. */
const PIECES: readonly Piece[] = [
  ['collecting garbage', native(/^\(garbage collector\)$/)],
  ['SQLite: the statements, their share of the commit and its fsync', native(/^(?:run|get|all)$/)],
  ['binding and reading its rows', inFiles(/packages\/storage\/|better-sqlite3/)],
  [
    'digests, MACs and random bytes',
    native(/^(?:init|Hmac|Hash|update|digest|oneShotDigest|randomFillSync|timingSafeEqual)$/),
  ],
  ['digests, MACs and random bytes', inFiles(/node:internal\/crypto|core\/dist\/(?:tokens|keys|essentials)/)],
  ['writing the answer to the socket', native(/^(?:writev|writeBuffer|writeUtf8String|writeLatin1String)$/)],
  [
    'log and metrics',
    inFiles(/pino|sonic-boom|prom-client|log-lines|server\/dist\/(?:metrics|http\/observed)/),
  ],
  [
    'HTTP: Node and Fastify',
    inFiles(/node:(?!internal\/crypto)|node_modules\/(?:fastify|find-my-way|light-my-request|@fastify)/),
  ],
  ['the endpoint and the rules', inFiles(/packages\/(?:core|server)\//)],
  ['the rest', () => true],
];

/** What one refresh costs, piece by piece: samples of the process under the load of the measure `refresh`. */
export async function profileRefresh(options: RoundOptions): Promise<readonly Row[]> {
  const folder = await makeFluxoFolder({ grants: 10_000, tokens: CHAINS });
  const file = join(folder.data, 'profile.json');
  const hook = fileURLToPath(new URL('../contestants/noting-profile.mjs', import.meta.url));
  try {
    const env = {
      ...folder.env,
      NODE_OPTIONS: `--import ${pathToFileURL(hook).href}`,
      FLUXO_BENCH_PROFILE: file,
    };
    const fluxo = await startFluxo({ ...folder, env });
    const measured = await repeat(refreshingFluxo('refresh', fluxo), options).finally(() => fluxo.stop());
    const answers = measured.results.reduce((sum, { total }) => sum + total, 0);
    return [
      ...piecesOf(JSON.parse(readFileSync(file, 'utf8')) as Profile, answers),
      row('refreshes a second meanwhile', String(Math.round(medianOf(measured, 'rate')))),
    ];
  } finally {
    await folder.remove();
  }
}

function piecesOf({ nodes, samples, timeDeltas }: Profile, answers: number): readonly Row[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map(PIECES.map(([name]) => [name, 0]));
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === '(idle)') continue;
    const piece = PIECES.find(([, belongs]) => belongs(frame))?.[0] ?? '';
    times.set(piece, (times.get(piece) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, time]) =>
      row(name, `${Math.round(time / answers)} µs, ${Math.round((time / busy) * 100)} %`),
    );
}
