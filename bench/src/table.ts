import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Row } from './measures.js';

const DOCUMENT = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const BEGIN = '<!-- made by npm run bench -->';
const END = '<!-- end -->';

/** What this version can't be asked yet, said rather than left out. */
export function notRun(wanted: ReadonlySet<string>): readonly Row[] {
  const left = (measure: string, why: string, limits: readonly [string, string]): Row => {
    return { measure, value: `not run: ${why}`, must: limits[0], aim: limits[1] };
  };
  const only = ['refresh', 'session', 'grants'].filter((name) => !wanted.has(name));
  return [
    ...only.map((name) => left(name, 'left out by --only', ['', ''])),
    left('whole flow ÷ oidc-provider', 'the bench has no walk yet', ['≥ 5', '≥ 8']),
    left('PostgreSQL refresh ÷ the same SQL without HTTP', 'the bench has no PostgreSQL yet', [
      '≥ 0.5',
      '≥ 0.7',
    ]),
    left('2 nodes ÷ 1 node on PostgreSQL', 'the bench has no PostgreSQL yet', ['report', '']),
    left('p99 of a refresh at half of the top rate', 'the load has no fixed rate yet', ['report', '< 10 ms']),
    left('1,000 environments ÷ one environment', 'the bench makes one environment', ['≥ 0.9', '']),
    left('better-auth', 'not among the contestants yet', ['report', '']),
  ];
}

/** Prints the table and puts it between the marks of docs/performance.md. */
export function writeTable({ rows, conditions }: { rows: readonly Row[]; conditions: string }): void {
  const lines = rows.map(({ measure, value, must, aim }) => `| ${measure} | ${value} | ${must} | ${aim} |`);
  const table = [
    '| measure | median (lowest–highest); by processor time | must | aim |',
    '| --- | --- | --- | --- |',
    ...lines,
  ];
  const text = `${conditions}\n\n${table.join('\n')}`;
  process.stdout.write(`${text}\n`);
  const document = readFileSync(DOCUMENT, 'utf8');
  const before = document.slice(0, document.indexOf(BEGIN) + BEGIN.length);
  const after = document.slice(document.indexOf(END));
  writeFileSync(DOCUMENT, `${before}\n\n${text}\n\n${after}`);
}
