// `npm run pack:check`: the packages as strangers get them. Packs all, installs the tarballs in an empty folder
// outside the repository, starts the server there, and connects as an application would.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installIfNeeded, root } from './install.mjs';
import { says } from './says.mjs';

const PACKAGES = ['core', 'objects', 'storage', 'ui', 'server', 'client'];
/** Files for browsers, and nothing that a program imports. */
const CONSOLE = ['package.json', 'README.md', 'LICENSE', 'dist/app/index.html'];
const NEVER = /\.test\.|\.contract\.|tsbuildinfo|(^|\/)src\//;
const ALWAYS = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts'];

const folder = mkdtempSync(join(tmpdir(), 'fluxo-pack-'));
const tarballs = join(folder, 'tarballs');
const elsewhere = join(folder, 'elsewhere');
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(FLUXO_|PORT$|HOST$)/.test(name)),
);

function run(command, args, cwd = elsewhere) {
  const options = { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 };
  return execFileSync(command, args, { ...options, shell: process.platform === 'win32' });
}

function pack(name, always = ALWAYS) {
  const place = join(root, 'packages', name);
  const [{ filename, files }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', tarballs], place),
  );
  const paths = files.map(({ path }) => path);
  assert.deepEqual(
    always.filter((path) => !paths.includes(path)),
    [],
    `@fluxo/${name} lacks files`,
  );
  assert.deepEqual(
    paths.filter((path) => NEVER.test(path)),
    [],
    `@fluxo/${name} ships what only we need`,
  );
  process.stdout.write(`packed   ${filename}, ${paths.length} files\n`);
}

/** Only what a stranger's project would have: the tarballs, and a compiler to read their types with. */
function install() {
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  const project = {
    name: 'elsewhere',
    private: true,
    type: 'module',
    allowScripts: { 'better-sqlite3': true },
  };
  writeFileSync(join(elsewhere, 'package.json'), JSON.stringify(project));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...files]);
  process.stdout.write(`installed in ${elsewhere}\n`);
}

async function serve() {
  const server = spawn('npx', ['fluxo', 'serve', '--port', '0'], {
    cwd: elsewhere,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: npx, its shell and the server end together.
    detached: true,
  });
  const [, address] = await says(server, /listens on (http:\S+)/);
  return { server, address };
}

async function useServer(address) {
  const { origin } = JSON.parse(
    run('npx', ['fluxo', 'environment', 'create', 'acme.my', '--name', 'Acme', '--json']),
  );
  process.stdout.write(`created  ${origin}\n`);
  const ready = await fetch(`${address}/health/ready`);
  assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ready' }]);
  process.stdout.write(`ready    ${address}/health/ready\n`);
}

function useClient() {
  const script = `
    import * as client from '@fluxo/client';
    if (typeof client.createFluxoClient !== 'function') throw new Error('createFluxoClient is missing');
    process.stdout.write(Object.keys(client).join(', '));`;
  const exported = run(process.execPath, ['--input-type=module', '-e', script]);
  process.stdout.write(`imported @fluxo/client: ${exported}\n`);
}

/** A thread is started by its file, which nothing imports. */
function findThread() {
  run(process.execPath, ['-p', "require.resolve('@fluxo/storage/checkpoint-thread')"]);
  process.stdout.write('found    the thread that brings over the write-ahead log\n');
}

/** The types are found through `exports`, as another project's compiler looks for them. */
function checkTypes() {
  const imports = PACKAGES.map((name) => `export * as ${name} from '@fluxo/${name}';`);
  writeFileSync(join(elsewhere, 'uses.mts'), `${imports.join('\n')}\n`);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023'];
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
  run(process.execPath, [tsc, ...flags, ...types, 'uses.mts']);
  process.stdout.write('typed    all packages\n');
}

installIfNeeded();
let started;
try {
  mkdirSync(tarballs);
  mkdirSync(elsewhere);
  for (const name of PACKAGES) pack(name);
  pack('console', CONSOLE);
  install();
  useClient();
  findThread();
  checkTypes();
  started = await serve();
  await useServer(started.address);
  process.stdout.write('The packages install and run elsewhere.\n');
} catch (error) {
  process.stderr.write(`${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}\n`);
  process.exitCode = 1;
} finally {
  if (started !== undefined) {
    const ended = new Promise((resolve) => started.server.once('exit', resolve));
    process.kill(-started.server.pid, 'SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
