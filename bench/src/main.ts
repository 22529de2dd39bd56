import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureCapacity } from './capacity.js';
import { parseGenerator, usualGenerator } from './load.js';
import type { Measure, Row, Sizes } from './measure.js';
import { environments } from './measures/environments.js';
import { flow } from './measures/flow.js';
import { grants } from './measures/grants.js';
import { latency } from './measures/latency.js';
import { memory } from './measures/memory.js';
import { nodes } from './measures/nodes.js';
import { postgres } from './measures/postgres.js';
import { refresh } from './measures/refresh.js';
import { session } from './measures/session.js';
import { profileRefresh } from './profile.js';
import type { RoundOptions } from './rounds.js';
import { CAPACITY, conditionsOf, PERFORMANCE, PIECES, print, tableOf, writeBlock } from './table.js';

const MEASURES: readonly Measure[] = [
  ...[refresh, session, flow, postgres, grants, latency, memory, environments, nodes],
];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    capacity: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    connections: { type: 'string', default: '32' },
    load: { type: 'string', default: usualGenerator() },
    json: { type: 'string' },
  },
});

const FULL = { rounds: 5, seconds: 6, warmupSeconds: 2 };
const QUICK = { rounds: 1, seconds: 2, warmupSeconds: 0.5 };
const whole: Sizes = { grants: 5_000_000, tokens: 1_000_000, environments: 1_000 };
const small: Sizes = { grants: 200_000, tokens: 20_000, environments: 100 };

const usual = values.quick ? QUICK : FULL;
const options: RoundOptions = {
  ...usual,
  rounds: Number(values.rounds ?? usual.rounds),
  seconds: Number(values.seconds ?? usual.seconds),
  connections: Number(values.connections),
};
const sizes = values.quick ? small : whole;
const wanted = values.only?.split(',');
const unknown = wanted?.filter((name) => !MEASURES.some((measure) => measure.name === name)) ?? [];
if (unknown.length > 0) {
  const known = MEASURES.map(({ name }) => name).join(', ');
  throw new Error(`--only knows ${known}, and not ${unknown.join(', ')}.`);
}

const generator = parseGenerator(values.load);
/** Where wrk or autocannon can be the load. */
const asUsual: RoundOptions = { ...options, generator };

const begun = Date.now();
const { measure, what, block } = job();
const rows = await measure();
const conditions = conditionsOf({ options, generator, begun, args: process.argv.slice(2) });
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ conditions, rows }, null, 2));
const text = tableOf(rows, what);
print(`${conditions}\n\n${text}`);
// Figures of a part, of short rounds, or of another load would stand there as if they were results.
const OTHERWISE = ['--quick', '--only', '--rounds', '--seconds', '--connections', '--load'];
const counts = !process.argv.some((argument) => OTHERWISE.includes(argument.split('=', 1)[0] ?? ''));
if (counts) writeBlock(block, `${conditions}\n\n${text}`);
else print('Nothing was written into docs: only a whole run is.');

function job() {
  if (values.capacity) {
    return { measure: () => measureCapacity(asUsual, sizes), what: 'constant', block: CAPACITY } as const;
  }
  if (values.profile) {
    return { measure: () => profileRefresh(asUsual), what: 'piece', block: PIECES } as const;
  }
  return { measure: measureAll, what: 'measure', block: PERFORMANCE } as const;
}

async function measureAll(): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (const measure of MEASURES) {
    const why =
      wanted === undefined ? measure.unfit?.() : wanted.includes(measure.name) ? undefined : 'left out';
    if (why === undefined) {
      process.stderr.write(`${measure.name}\n`);
      all.push(...(await measure.run(measure.anyGenerator ? asUsual : options, sizes)));
    } else all.push(...measure.promises.map((row) => ({ ...row, value: `not run: ${why}` })));
  }
  return all;
}
