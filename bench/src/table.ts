import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Generator } from './load.js';
import type { Row } from './measure.js';
import type { RoundOptions } from './rounds.js';

const page = (path: string): string => fileURLToPath(new URL(`../../docs/${path}`, import.meta.url));
/** A part of a page that a run writes. */
export interface Block {
  readonly file: string;
  readonly begin: string;
}

const begin = '<!-- made by npm run bench -->';
export const PERFORMANCE: Block = { file: page('performance.md'), begin };
export const CAPACITY: Block = { file: page('guide/scale.md'), begin };
export const PIECES: Block = {
  file: page('performance.md'),
  begin: '<!-- pieces, made by npm run bench -->',
};
const END = '<!-- end -->';

/** As Prettier would write it, so that a run leaves nothing to format. */
export function tableOf(rows: readonly Row[], what: 'measure' | 'constant' | 'piece' = 'measure'): string {
  const cells =
    what === 'measure'
      ? [
          ['measure', 'median (lowest–highest); by processor time', 'must', 'aim'],
          ...rows.map(({ measure, value, must, aim }) => [measure, value, must, aim]),
        ]
      : [[what, 'value'], ...rows.map(({ measure, value }) => [measure, value])];
  const widths = (cells[0] ?? []).map((_title, column) =>
    Math.max(3, ...cells.map((line) => (line[column] ?? '').length)),
  );
  const lines = cells.map(
    (line) => `| ${line.map((cell, column) => pad(cell, widths[column])).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

const pad = (cell: string, width = 0): string => cell + ' '.repeat(width - cell.length);

interface Run {
  readonly options: RoundOptions;
  readonly generator: Generator;
  readonly begun: number;
  readonly args: readonly string[];
}

/** Which run made the figures: command, version, machine, how busy it was, how long it took. */
export function conditionsOf({ options, generator, begun, args }: Run): string {
  const command = `npm run bench${args.length === 0 ? '' : ` -- ${args.join(' ')}`}`;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const day = new Date(begun).toISOString().slice(0, 16).replace('T', ' ');
  const minutes = Math.max(1, Math.round((Date.now() - begun) / 60_000));
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`;
  return (
    `Made by \`${command}\` at ${commit}, ${day} UTC, in ${minutes} min: Node ${process.versions.node}, ${machine}, load ` +
    `${LOAD_AT_START} at its start. Rounds of ${options.seconds} s, ${options.rounds} in alternation, ` +
    `${options.connections} connections. Load: ${generator}.`
  );
}

const LOAD_AT_START = (loadavg()[0] ?? NaN).toFixed(1);

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Puts a text between the marks of a page. */
export function writeBlock({ file, begin }: Block, text: string): void {
  const document = readFileSync(file, 'utf8');
  const from = document.indexOf(begin) + begin.length;
  const after = document.slice(document.indexOf(END, from));
  writeFileSync(file, `${document.slice(0, from)}\n\n${text}\n\n${after}`);
}
