import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureGrants, measureRefresh, measureSession, newFolder, type Row } from './measures.js';
import { notRun, writeTable } from './table.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'refresh,session,grants' },
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '32' },
    grants: { type: 'string', default: '1000000' },
    json: { type: 'string' },
  },
});

const options = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  warmupSeconds: 2,
  connections: Number(values.connections),
};
const wanted = new Set(values.only.split(','));
const rows: Row[] = [];

for (const measure of [measureRefresh, measureSession]) {
  if (!wanted.has(measure === measureRefresh ? 'refresh' : 'session')) continue;
  // Each measure has a database of its own: tokens that were used up mean nothing to the next.
  const folder = newFolder();
  try {
    rows.push(...(await measure(options, folder)));
  } finally {
    folder.remove();
  }
}
if (wanted.has('grants')) rows.push(...(await measureGrants(options, Number(values.grants))));
rows.push(...notRun(wanted));

const machine = `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`;
const conditions = `${options.rounds} rounds of ${options.seconds} s in alternation, ${options.connections} connections`;
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 2));
writeTable({ rows, conditions: `${new Date().toISOString().slice(0, 10)}, ${machine}; ${conditions}.` });
