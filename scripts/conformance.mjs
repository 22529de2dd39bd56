// `npm run conformance` writes docs/conformance.md from docs/conformance/*.json; with --check it only compares.
// Either way it fails when a row names a file, a symbol or a test that is not there.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarationLine, hasTestTitle } from './documents/symbols.mjs';
import { root } from './install.mjs';

const SOURCES = 'docs/conformance';
const TARGET = 'docs/conformance.md';
const ROOMS = { core: 'packages/core/src', server: 'packages/server/src', storage: 'packages/storage/src' };
const STATES = ['kept', 'not applicable', 'not done'];

const faults = [];

const files = new Map();
function read(path) {
  if (!files.has(path)) {
    files.set(path, existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
  }
  return files.get(path);
}

/** `core/token/x.ts` is short for `packages/core/src/token/x.ts`. */
function fullPath(short) {
  const [first = '', ...rest] = short.split('/');
  return first in ROOMS ? [ROOMS[first], ...rest].join('/') : short;
}

function codeLink(reference, at) {
  const [short = '', symbol = ''] = reference.split('#');
  const path = fullPath(short);
  const source = read(path);
  if (source === undefined) faults.push(`${at}: there is no file ${path}`);
  else if (declarationLine(source, symbol) === undefined) {
    faults.push(`${at}: ${path} declares no ${symbol || 'symbol (write file#symbol)'}`);
  }
  return `[\`${symbol}\`](../${path})`;
}

function testLink(reference, at) {
  const [short = '', ...titles] = reference.split(' › ');
  const path = fullPath(short);
  const source = read(path);
  if (source === undefined) faults.push(`${at}: there is no file ${path}`);
  if (titles.length === 0) faults.push(`${at}: no title of a test is named (write file › title)`);
  for (const title of titles) {
    if (source !== undefined && !hasTestTitle(source, title))
      faults.push(`${at}: ${path} has no test “${title}”`);
  }
  return `[${path.slice(path.lastIndexOf('/') + 1)}](../${path}): ${titles.map(escapeCell).join(' › ')}`;
}

function escapeCell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}

function rowOf(row, rfc) {
  const at = `${rfc} §${row.section} (${row.says.slice(0, 50)}…)`;
  const { state = 'kept', reason, code = [], tests = [] } = row;
  if (!STATES.includes(state)) faults.push(`${at}: unknown state ${state}`);
  if (!['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT'].includes(row.demand))
    faults.push(`${at}: unknown demand`);
  if (state === 'kept' && (code.length === 0 || tests.length === 0)) {
    faults.push(`${at}: what is kept needs the check in the code and a test`);
  }
  if (state !== 'kept' && reason === undefined) faults.push(`${at}: ${state} needs its reason`);
  const cells = [
    row.section,
    row.demand,
    escapeCell(row.says),
    reason === undefined ? state : `**${state}**: ${escapeCell(reason)}`,
    code.map((reference) => codeLink(reference, at)).join('<br>'),
    tests.map((reference) => testLink(reference, at)).join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function sectionOf({ rfc, title, about, rows }) {
  const head = ['| § | | what it asks for | state | check | test |', '| --- | --- | --- | --- | --- | --- |'];
  return [`## ${rfc}: ${title}`, '', about, '', ...head, ...rows.map((row) => rowOf(row, rfc)), ''].join(
    '\n',
  );
}

function summaryOf(documents) {
  const count = (rows, wanted) => rows.filter(({ state = 'kept' }) => state === wanted).length;
  return [
    `| | ${STATES.join(' | ')} |`,
    '| --- | --- | --- | --- |',
    ...documents.map(
      ({ rfc, rows }) => `| ${rfc} | ${STATES.map((state) => count(rows, state)).join(' | ')} |`,
    ),
  ].join('\n');
}

const names = readdirSync(join(root, SOURCES)).filter((name) => name.endsWith('.json'));
const documents = names.sort().map((name) => JSON.parse(readFileSync(join(root, SOURCES, name), 'utf8')));
const text = `<!-- Written by \`npm run conformance\` from docs/conformance/*.json. Change those, not this. -->

# Conformance

What the RFCs demand of an authorization server like this one, in our own words: each MUST, MUST NOT, SHOULD and
SHOULD NOT that concerns it, whether it is kept, where it is checked, and which test would fail. Demands on clients,
on resource servers of others, and on grant types that this server doesn't have are left out, unless a reader would
look for them here; then they say why they don't apply.

**Kept** means that the check and the test stand beside it; \`npm run check\` fails when one of them is gone. **Not
applicable** and **not done** have their reason. What is not done is not promised anywhere else either.

${summaryOf(documents)}

${documents.map(sectionOf).join('\n')}`;

for (const fault of faults) process.stdout.write(`${fault}\n`);
if (process.argv.includes('--check')) {
  const stale = read(TARGET) !== text;
  if (stale) process.stdout.write(`${TARGET} is not what its sources say: npm run conformance\n`);
  process.exitCode = stale || faults.length > 0 ? 1 : 0;
} else {
  writeFileSync(join(root, TARGET), text);
  const total = documents.reduce((sum, { rows }) => sum + rows.length, 0);
  process.stdout.write(`${TARGET}: ${total} demands of ${documents.length} documents\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
