// `npm run image:check`: what deploy/Dockerfile does, without Docker. Its build commands run in a fresh clone, what it
// copies goes into an empty folder, and what it starts must become ready there, and stop when it is told to.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './install.mjs';
import { says } from './says.mjs';

const folder = mkdtempSync(join(tmpdir(), 'fluxo-image-'));
const [source, image, data] = ['src', 'image', 'data'].map((name) => join(folder, name));
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(FLUXO_|PORT$|HOST$)/.test(name)),
);
const [build, final] = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8')
  .split(/^FROM .*$/m)
  .slice(1);

/** All that stands behind an instruction in a stage. */
function instructions(stage, pattern) {
  const found = [...stage.matchAll(pattern)];
  assert.notEqual(found.length, 0, `deploy/Dockerfile has no ${pattern}`);
  return found;
}

function buildImage() {
  execFileSync('git', ['clone', '--quiet', root, source]);
  for (const [, command] of instructions(build, /^RUN (.*)$/gm)) {
    process.stdout.write(`runs     ${command}\n`);
    execFileSync('sh', ['-c', command], { cwd: source, env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  mkdirSync(image);
  for (const [, from, to] of instructions(final, /^COPY --from=build \/src\/(\S+) \.\/(\S*)$/gm)) {
    cpSync(join(source, from), join(image, to || from), { recursive: true, verbatimSymlinks: true });
    process.stdout.write(`copied   ${from}\n`);
  }
  // Nothing may reach back into what the image hasn't got.
  rmSync(source, { recursive: true });
}

async function start() {
  const [[, entry], [, args]] = [/^ENTRYPOINT (.*)$/gm, /^CMD (.*)$/gm].map((p) => instructions(final, p)[0]);
  const [program, ...rest] = [...JSON.parse(entry), ...JSON.parse(args)];
  const settings = { NODE_ENV: 'production', FLUXO_DATA: data, PORT: '0' };
  const server = spawn(program === 'node' ? process.execPath : program, rest, {
    ...{ cwd: image, env: { ...env, ...settings }, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  const [, address] = await says(server, /listens on (http:\S+)/);
  return { server, address };
}

let server;
try {
  buildImage();
  const started = await start();
  server = started.server;
  const ready = await fetch(`${started.address}/health/ready`);
  assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ready' }]);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  assert.equal(await ended, 0);
  process.stdout.write('What the Dockerfile makes starts, is ready, and stops.\n');
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
  server?.kill('SIGKILL');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
