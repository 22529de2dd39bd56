import { expect, test } from 'vitest';
import { benignProblem, judgeMutant } from './judge.js';
import type { Mutant } from './mutant.js';
import type { TestReport } from './run-vitest.js';

const MUTANT: Mutant = { id: 'x', row: 4, test: 'a.test.ts', file: 'x.ts', find: 'x', replace: 'y' };

function reportOf(
  results: readonly (readonly [fullName: string, status: string, failure?: string])[],
  message = '',
): TestReport {
  const assertionResults = results.map(([fullName, status, failure]) => ({
    ...{ fullName, status },
    failureMessages: failure === undefined ? [] : [failure],
  }));
  return { testResults: [{ name: '/repo/tests/attacks/a.test.ts', message, assertionResults }] };
}

test('a failed assertion of the row kills, whatever else failed', () => {
  const report = reportOf([
    ['4 · one', 'failed', 'TypeError: no code'],
    ['4 · two', 'failed', 'AssertionError: expected 200 to be 400'],
  ]);
  expect(judgeMutant(MUTANT, report)).toEqual({ kind: 'killed', evidence: '4 · two' });
});

test('so does what was to be refused and was not', () => {
  const report = reportOf([['4 · one', 'failed', 'Error: promise resolved "{}" instead of rejecting']]);
  expect(judgeMutant(MUTANT, report).kind).toBe('killed');
});

test('a row that passes lets the mutant survive', () => {
  expect(judgeMutant(MUTANT, reportOf([['4 · one', 'passed']])).kind).toBe('survived');
});

test.each([
  ['a test that failed without an assertion', reportOf([['4 · one', 'failed', 'TypeError: no code\n at x']])],
  ['a file that could not be loaded', reportOf([], 'SyntaxError: unexpected token')],
  ['only another row’s assertion', reportOf([['44 · one', 'failed', 'AssertionError: x']])],
  ['no report', undefined],
])('%s shows nothing', (_name, report) => {
  expect(judgeMutant(MUTANT, report).kind).toBe('broken');
});

test('without a mutant the row must be there and pass', () => {
  expect(benignProblem(MUTANT, reportOf([['4 · one', 'passed']]))).toBeUndefined();
  expect(benignProblem(MUTANT, reportOf([['4 · one', 'skipped']]))).toContain('no test');
  expect(benignProblem(MUTANT, reportOf([['4 · one', 'failed', 'AssertionError: x']]))).toContain('4 · one');
  expect(benignProblem(MUTANT, undefined)).toContain('without a report');
});
