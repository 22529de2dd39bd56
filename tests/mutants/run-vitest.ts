import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As much of vitest's JSON report as is looked at. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly TestResult[];
  }[];
}

export interface TestResult {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

export interface TestRun {
  readonly rows: readonly number[];
  readonly files: readonly string[];
  /** Undefined: the sources as they are. */
  readonly mutantId?: string;
  /** Where vitest keeps what it made of the files, for the runs that follow. */
  readonly cache: string;
}

const ROOT = join(import.meta.dirname, '../..');
/** A mutant may make a test wait for what never comes; then it is ended and counts as broken. */
const LIMIT_MS = 180_000;

/** Undefined where vitest ended without a report: it could not even start. */
export async function runVitest(run: TestRun): Promise<TestReport | undefined> {
  const { rows, files, mutantId } = run;
  const folder = await mkdtemp(join(tmpdir(), 'fluxo-mutant-'));
  const outputFile = join(folder, 'report.json');
  const paths = files.map((file) => `tests/attacks/${file}`);
  const workers = mutantId === undefined ? [] : ['--maxWorkers=1'];
  const report = ['--reporter=json', `--outputFile=${outputFile}`];
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', ...paths, '-t', `^(?:${rows.join('|')}) ·`, ...report, ...workers];
  try {
    await ended(args, run);
    return JSON.parse(await readFile(outputFile, 'utf8')) as TestReport;
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ended(args: readonly string[], { mutantId, cache }: TestRun): Promise<void> {
  const mutant = mutantId === undefined ? {} : { FLUXO_MUTANT: mutantId };
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...mutant, FLUXO_MUTANT_CACHE: cache },
    stdio: 'ignore',
    ...(mutantId === undefined ? {} : { timeout: LIMIT_MS }),
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      resolve();
    });
  });
}
