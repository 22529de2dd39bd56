import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ALL_MUTANTS, NOT_MUTABLE } from './all-mutants.js';
import { benignProblem, judgeMutant } from './judge.js';
import { applyMutant, findMutant, placesOf, type Mutant } from './mutant.js';
import { runVitest } from './run-vitest.js';
import { line, toMarkdown, type Outcome } from './table.js';

const ROOT = join(import.meta.dirname, '../..');
const REPORT = 'docs/reports/mutants.md';

interface Chosen {
  readonly mutants: readonly Mutant[];
  readonly all: boolean;
  readonly jobs: number;
}

function chosen(): Chosen {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { only: text, row: text, jobs: text } });
  const jobs = Number(values.jobs ?? '2');
  if (values.only !== undefined) return { mutants: [findMutant(values.only, ALL_MUTANTS)], all: false, jobs };
  if (values.row === undefined) return { mutants: ALL_MUTANTS, all: true, jobs };
  const row = Number(values.row);
  return { mutants: ALL_MUTANTS.filter((mutant) => mutant.row === row), all: false, jobs };
}

/** The rows that have tests, from the tests themselves: none may be left without a mutant or a reason. */
function uncoveredRows(): readonly number[] {
  const covered = new Set([...ALL_MUTANTS, ...NOT_MUTABLE].map(({ row }) => row));
  const folder = join(ROOT, 'tests/attacks');
  const rows = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/describe[^']*'(\d+) ·/g)])
    .map((match) => Number(match[1]));
  return [...new Set(rows)].filter((row) => !covered.has(row));
}

async function judgeAll({ mutants, jobs }: Chosen, cache: string): Promise<readonly Outcome[]> {
  const rows = [...new Set(mutants.map(({ row }) => row))];
  const files = [...new Set(mutants.map(({ test }) => test))];
  const benign = await runVitest({ rows, files, cache });
  const outcomes: Outcome[] = [];
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const problem = benignProblem(mutant, benign);
      const run = { rows: [mutant.row], files: [mutant.test], mutantId: mutant.id, cache };
      const verdict =
        problem === undefined
          ? judgeMutant(mutant, await runVitest(run))
          : ({ kind: 'broken', evidence: problem } as const);
      const outcome = { mutant, verdict };
      outcomes.push(outcome);
      process.stdout.write(line(outcome));
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return outcomes;
}

function writeReport(outcomes: readonly Outcome[], seconds: number): void {
  const date = new Date().toISOString().slice(0, 10);
  mkdirSync(join(ROOT, 'docs/reports'), { recursive: true });
  writeFileSync(join(ROOT, REPORT), toMarkdown(outcomes, NOT_MUTABLE, { date, seconds }));
  const prettier = join(ROOT, 'node_modules/prettier/bin/prettier.cjs');
  spawnSync(process.execPath, [prettier, '--write', '--log-level', 'warn', REPORT], { cwd: ROOT });
  process.stdout.write(`Written to ${REPORT}.\n`);
}

const started = Date.now();
const choice = chosen();
for (const mutant of choice.mutants) {
  for (const place of placesOf(mutant)) {
    applyMutant(readFileSync(join(ROOT, place.file), 'utf8'), mutant.id, place);
  }
}
const cache = mkdtempSync(join(tmpdir(), 'fluxo-mutants-'));
const outcomes = await judgeAll(choice, cache).finally(() => rmSync(cache, { recursive: true, force: true }));
const bad = outcomes.filter(({ verdict }) => verdict.kind !== 'killed');
const uncovered = choice.all ? uncoveredRows() : [];
if (choice.all) writeReport(outcomes, Math.round((Date.now() - started) / 1000));
for (const row of uncovered)
  process.stdout.write(`Row ${row} has tests, and neither a mutant nor a reason.\n`);
process.stdout.write(`${outcomes.length - bad.length} of ${outcomes.length} mutants killed.\n`);
process.exitCode = bad.length + uncovered.length > 0 || outcomes.length === 0 ? 1 : 0;
