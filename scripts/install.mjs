// Node built-ins only: runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

const stamp = join(root, 'node_modules', '.fluxo-installed');

/** The lock file, and the Node that the native modules were compiled for. */
function wantedInstall() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.versions.modules)
    .digest('hex');
}

/** Says that what is in node_modules is what the lock file wants; `prepare` knows it after any `npm ci`. */
export function noteInstalled() {
  writeFileSync(stamp, wantedInstall());
}

/** Installs when the lock file, or the Node that compiled the native modules, is another one than last time. */
export function installIfNeeded() {
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Fluxo needs Node.js 20.19 or later; this is ${process.versions.node}.`);
  }
  // docs/adr/0010-node-versions.md; once something is built, opening SQLite asks the same.
  if (major === 24 && minor >= 19) {
    fail(
      `Fluxo can't run on Node.js ${process.versions.node}: from 24.19 on, garbage collection aborts in better-sqlite3 12. ` +
        'Use Node.js 24.18, or 20.19 or later of the 20 line.',
    );
  }
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedInstall()) {
    return runNode('scripts/build.mjs');
  }
  process.stderr.write('Installing what is missing (npm ci), once…\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Runs a command in the repository's root and ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    // Standard output belongs to what the person asked for; installing and building talk on standard error.
    stdio: ['inherit', options.output === 'inherit' ? 'inherit' : 2, 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...options.env },
  });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function runNode(script, args = [], options = {}) {
  run(process.execPath, [join(root, script), ...args], options);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
