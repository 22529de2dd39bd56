import type { Mutant } from './mutant.js';
import type { TestReport, TestResult } from './run-vitest.js';

/**
 * `killed`: a promise of the row was seen broken. `survived`: nobody noticed. `broken`: the tests failed, but not
 * because of what they promise, which shows nothing.
 */
export interface Verdict {
  readonly kind: 'killed' | 'survived' | 'broken';
  readonly evidence: string;
}

export function judgeMutant(mutant: Mutant, report: TestReport | undefined): Verdict {
  if (report === undefined) return { kind: 'broken', evidence: 'vitest ended without a report' };
  const results = resultsOf(mutant, report);
  const failed = results.filter(({ status }) => status === 'failed');
  const asserted = failed.find(({ failureMessages }) => failureMessages.some(isAssertion));
  if (asserted !== undefined) {
    return { kind: 'killed', evidence: asserted.fullName };
  }
  const [first] = failed;
  const message =
    first?.failureMessages[0] ?? report.testResults.find((file) => file.message !== '')?.message;
  if (message !== undefined) return { kind: 'broken', evidence: message.split('\n', 1)[0] ?? '' };
  return results.some(({ status }) => status === 'passed')
    ? { kind: 'survived', evidence: 'every test of the row passed' }
    : { kind: 'broken', evidence: 'no test of the row ran' };
}

/** Why the row can't bear witness: it must have tests, and without a mutant they must pass. */
export function benignProblem(mutant: Mutant, report: TestReport | undefined): string | undefined {
  if (report === undefined) return 'vitest ended without a report';
  const results = resultsOf(mutant, report);
  const failed = results.find(({ status }) => status === 'failed');
  if (failed !== undefined) return `fails without a mutant: ${failed.fullName}`;
  return results.some(({ status }) => status === 'passed') ? undefined : 'the row has no test in this file';
}

function resultsOf({ row, test }: Mutant, report: TestReport): readonly TestResult[] {
  return report.testResults
    .filter(({ name }) => name.replaceAll('\\', '/').endsWith(`tests/attacks/${test}`))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName, status }) => fullName.startsWith(`${row} ·`) && status !== 'skipped');
}

/** An "expect" that failed; of `rejects` and `resolves` vitest makes an Error of its own. */
function isAssertion(message: string): boolean {
  return /^(?:AssertionError|Error: promise (?:resolved|rejected) )/.test(message);
}
