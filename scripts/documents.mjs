// Every relative link and anchor in every Markdown file leads somewhere. A link to a line of a source file,
// [`name`](file.ts#L12), leads to the line that declares the name; with --fix the number is mended.
// The rows of docs/threats.md are those that are tested.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { declarationLine } from './documents/symbols.mjs';
import { threatFaults } from './documents/threat-rows.mjs';
import { root } from './install.mjs';

const fix = process.argv.includes('--fix');
const faults = [];

const LINK = /(!?)\[((?:[^\]\\`]|\\.|`[^`]*`)*)\]\(([^()\s]+(?:\([^()\s]*\))?)(?:\s+"[^"]*")?\)/g;

function markdownFiles() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'];
  const { stdout, status } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error('git ls-files failed: this check needs the repository.');
  return [...new Set(stdout.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
}

/** The text without fenced code, line by line in the same places. */
function withoutFences(text) {
  let fence = '';
  return text
    .split('\n')
    .map((line) => {
      const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
      if (fence === '' && mark === '') return line;
      if (fence === '') fence = mark;
      else if (mark.startsWith(fence)) fence = '';
      return '';
    })
    .join('\n');
}

/** The anchors that GitHub makes of a file's headings. */
function anchorsOf(text) {
  const seen = new Map();
  const anchors = new Set();
  for (const [, heading] of withoutFences(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

/** @returns the line number to write instead, when it is another one */
function checkLine({ label, anchor, target, at }) {
  const name = /^`([A-Za-z_$][\w$]*)(?:\(\))?`$/.exec(label)?.[1];
  if (name === undefined)
    return void faults.push(`${at}: a link to a line must be named like its \`symbol\``);
  const line = declarationLine(readFileSync(join(root, target), 'utf8'), name);
  if (line === undefined) return void faults.push(`${at}: ${target} declares no ${name}`);
  if (`L${line}` === anchor) return undefined;
  if (!fix) faults.push(`${at}: ${name} is on line ${line} of ${target}, not ${anchor}: npm run documents`);
  return line;
}

function checkLink(file, label, address) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return undefined;
  const at = `${file}: (${address})`;
  const [path = '', anchor] = address.split('#');
  const target = path === '' ? file : normalize(join(dirname(file), decodeURIComponent(path)));
  if (path.startsWith('/') || relative('.', target).startsWith('..')) {
    return void faults.push(`${at}: leads out of the repository`);
  }
  if (!existsSync(join(root, target))) return void faults.push(`${at}: there is no ${target}`);
  if (anchor === undefined) return undefined;
  if (/^L\d+$/.test(anchor)) return checkLine({ label, anchor, target, at });
  if (!target.endsWith('.md')) return void faults.push(`${at}: only Markdown files have anchors`);
  if (!anchorsOf(readFileSync(join(root, target), 'utf8')).has(anchor)) {
    faults.push(`${at}: ${target} has no heading for #${anchor}`);
  }
  return undefined;
}

function checkFile(file) {
  const text = readFileSync(join(root, file), 'utf8');
  let mended = text;
  for (const [whole, , label = '', address = ''] of withoutFences(text).matchAll(LINK)) {
    const line = checkLink(file, label, address);
    if (line === undefined || !fix) continue;
    mended = mended.replaceAll(whole, whole.replace(/#L\d+/, `#L${line}`));
  }
  if (mended !== text) writeFileSync(join(root, file), mended);
}

const checked = markdownFiles();
for (const file of checked) checkFile(file);
faults.push(...threatFaults(root));
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${checked.length} Markdown files, ${faults.length} faults\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
