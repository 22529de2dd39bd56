// `npm run soak [-- --only fuzz,lives,kills,nodes] [--requests N] [--seconds N] [--runs N] [--rounds N] [--kills N]
// [--changes N] [--seed N]`: the long counts. A fuzz run of a real server, random lives of grants and races of processes,
// kills under load, changes seen by another node. Writes docs/reports/soak-<date>.md, or soak-<date>-<parts>.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installIfNeeded, root } from './install.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    requests: { type: 'string', default: '1000000' },
    // 0: until all requests are sent.
    seconds: { type: 'string', default: '0' },
    runs: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '2500' },
    kills: { type: 'string', default: '200' },
    changes: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
installIfNeeded();

/** Runs Node in the root; what it says on standard error is seen at once. */
function run(args, env = {}) {
  const started = Date.now();
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return { passed: status === 0, stdout, seconds: Math.round((Date.now() - started) / 1000) };
}

function runTests(name, file, env) {
  process.stderr.write(`${name}…\n`);
  const result = run(['node_modules/vitest/vitest.mjs', 'run', file], env);
  if (!result.passed) process.stderr.write(result.stdout);
  return {
    ...result,
    line: `| ${name} | ${result.passed ? 'passed' : '**failed**'} | ${result.seconds} s |`,
  };
}

function sectionOf(title, results) {
  const lines = results.map(({ line }) => line);
  return {
    passed: results.every(({ passed }) => passed),
    text: [`## ${title}`, '', '| | | |', '|---|---|---|', ...lines].join('\n'),
  };
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** The last two quarters of the run: a leak would still grow there, caches are full by then. */
function memoryLines(samples) {
  const quarter = Math.floor(samples.length / 4);
  const parts = [2, 3].map((index) => samples.slice(index * quarter, (index + 1) * quarter));
  const [third, fourth] = parts.map((part) => median(part.map(({ heapMiB }) => heapMiB)));
  const rss = parts.map((part) => median(part.map(({ rssMiB }) => rssMiB)));
  const flat = fourth <= third * 1.05 + 1;
  return {
    flat,
    text: `Heap after a collection, medians of the third and the fourth quarter: ${third} MiB and ${fourth} MiB
(${flat ? 'flat' : '**growing**'}; more than 5 % and 1 MiB would not be). Resident memory: ${rss[0]} MiB and ${rss[1]} MiB.`,
  };
}

function fuzz() {
  process.stderr.write(`Fuzzing, seed ${values.seed}…\n`);
  const { passed, stdout } = run([
    ...['--import', 'tsx', 'tests/soak/fuzz.ts'],
    ...[values.seconds, values.requests, values.seed],
  ]);
  if (stdout === '') return { passed: false, text: '## Fuzzing the HTTP surface\n\n**The run failed.**' };
  const found = JSON.parse(stdout);
  const memory = memoryLines(found.samples);
  const statuses = Object.entries(found.byStatus).map(([status, count]) => `| ${status} | ${count} |`);
  const serverErrors = found.samples.at(-1)?.errors ?? 0;
  const text = `## Fuzzing the HTTP surface

**${found.requests} requests** of ${values.requests} wanted, in ${Math.round(found.seconds)} s${
    values.seconds === '0' ? '' : ` (stopped after ${values.seconds} s)`
  }, seed ${found.seed}: right ones to
every endpoint, and the same with one to three things wrong, over sockets that were kept; and ${found.walks} times a
person's whole flow among them (${found.brokenWalks} of which the others disturbed).

| check | |
|---|---|
| 5xx (but 503 where passwords are hashed), internal text in an answer, no \`x-request-id\`, hung up on right HTTP | ${found.faultCount} |
| lines that the server's log calls errors | ${serverErrors} |
| the whole flow afterwards, by somebody who was left alone | ${found.wholeFlow} |
| exit code of the server when asked to stop | ${found.exitCode} |

${memory.text}

| answer | times |
|---|---|
${statuses.join('\n')}
${found.faults.length === 0 ? '' : `\nFaults, the first of them:\n\n${found.faults.map((fault) => `    ${fault}`).join('\n')}\n`}`;
  return { passed: passed && memory.flat && serverErrors === 0, text };
}

function lives() {
  const { runs, rounds } = values;
  const storage = (driver) => `packages/storage/src/${driver}`;
  return sectionOf('Random lives and races', [
    runTests(`${runs} random lives of grants`, storage('sqlite/sqlite-grant-machine'), {
      FLUXO_MACHINE_RUNS: runs,
    }),
    runTests(`${rounds} rounds of each race`, storage('sqlite/sqlite-races'), { FLUXO_RACE_ROUNDS: rounds }),
  ]);
}

function kills() {
  const env = { FLUXO_KILLS: values.kills, FLUXO_KILLS_SEED: values.seed };
  const results = ['sqlite', 'postgres'].map((driver) =>
    runTests(
      `${values.kills} kills under load, ${driver}, seed ${values.seed}`,
      `tests/faults/${driver}-kills`,
      env,
    ),
  );
  return sectionOf('Killed under load', results);
}

/** How long another node goes on as before. */
function nodes() {
  process.stderr.write(`${values.changes} changes of each kind, seen by another node…\n`);
  const result = run(['--import', 'tsx', 'tests/soak/visibility.ts', values.changes]);
  if (result.stdout === '') return { passed: false, text: '## Many nodes\n\n**The run failed.**' };
  const { refreshes, changes } = JSON.parse(result.stdout);
  const lines = changes.map(
    ({ name, times, p50, p99, max }) => `| ${name} | ${times} | ${p50} ms | ${p99} ms | ${max} ms |`,
  );
  return {
    passed: result.passed,
    text: `## Many nodes

From the moment when one node acknowledged a change until another one, busy with ${refreshes} refreshes meanwhile,
answered by it (PostgreSQL; ${result.passed ? 'each p99 is below 1 s' : '**a p99 is not below 1 s**'}):

| change | times | p50 | p99 | longest |
|---|---|---|---|---|
${lines.join('\n')}`,
  };
}

const PARTS = { fuzz, lives, kills, nodes };
const chosen = values.only?.split(',') ?? Object.keys(PARTS);
const unknown = chosen.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  process.stderr.write(`--only knows ${Object.keys(PARTS).join(', ')}, and not ${unknown.join(', ')}.\n`);
  process.exit(1);
}
const results = chosen.map((name) => PARTS[name]());
const date = new Date().toISOString().slice(0, 10);
const title = `# Soak, ${date}

Made by \`npm run soak${values.only === undefined ? '' : ` -- --only ${values.only}`}\` on Node ${process.versions.node}, ${cpus().length} cores.`;
const report = `${[title, ...results.map(({ text }) => text.trimEnd())].join('\n\n')}\n`;
const folder = join(root, 'docs', 'reports');
mkdirSync(folder, { recursive: true });
const name = ['soak', date, ...(values.only === undefined ? [] : chosen)].join('-');
writeFileSync(join(folder, `${name}.md`), report);
process.stdout.write(report);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
