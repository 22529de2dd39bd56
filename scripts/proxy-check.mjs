// `npm run proxy:check`: deploy/nginx.conf in a real nginx, in front of a real server, with a certificate made here.
// Needs nginx, openssl and curl; where one is missing it says so and ends with 1.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installIfNeeded, root } from './install.mjs';
import { says } from './says.mjs';

const BASE = 'id.example.com';
const HOST = `acme.my.${BASE}`;

installIfNeeded();
for (const tool of ['nginx', 'openssl', 'curl']) {
  if (spawnSync(tool, [tool === 'openssl' ? 'version' : '--version']).error) {
    process.stderr.write(`Not run: ${tool} is missing (apt-get install nginx-light openssl curl).\n`);
    process.exit(1);
  }
}
const folder = mkdtempSync(join(tmpdir(), 'fluxo-proxy-'));
const started = [];
try {
  const port = await freePort();
  const address = await startFluxo(port);
  await startNginx(port, address);
  checkMetadata(port);
  checkCookies(port);
  checkForgedHeaders(port);
  process.stdout.write('Fluxo behind nginx: issuer, cookies and hosts are those of the outside.\n');
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  for (const child of started.reverse()) await stop(child);
  rmSync(folder, { recursive: true, force: true });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startFluxo(publicPort) {
  const env = {
    PATH: process.env.PATH,
    FLUXO_DATA: join(folder, 'data'),
    FLUXO_BASE_DOMAIN: BASE,
    FLUXO_PUBLIC_SCHEME: 'https',
    FLUXO_PUBLIC_PORT: String(publicPort),
    FLUXO_TRUSTED_PROXIES: '127.0.0.1',
    PORT: '0',
  };
  const bin = join(root, 'packages/server/bin/fluxo.js');
  execFileSync(process.execPath, [bin, 'environment', 'create', 'acme.my', '--name', 'Acme'], { env });
  const child = spawn(process.execPath, [bin, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  started.push(child);
  const [, address] = await says(child, /listens on http:\/\/(\S+)/);
  child.stderr.resume();
  return address;
}

/** The file that operators copy: only names, ports and places are put in. */
async function startNginx(port, fluxo) {
  const [key, certificate] = [join(folder, 'fluxo.key'), join(folder, 'fluxo.crt')];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:*.my.${BASE}`];
  execFileSync('openssl', [...request, '-days', '1', ...names, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const site = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('server 127.0.0.1:3000', `server ${fluxo}`)
    .replaceAll('/etc/nginx/', `${folder}/`)
    .replaceAll('/var/log/nginx/', `${folder}/`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/nginx.pid; error_log stderr notice; events {}
http { ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
${site} }`,
  );
  const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  started.push(nginx);
  await says(nginx, /start worker process \d/);
  nginx.stderr.resume();
}

/** As a browser does: the certificate is checked, the name is looked up where the test says. */
function ask(port, path, more = []) {
  const trust = ['--cacert', join(folder, 'fluxo.crt'), '--resolve', `${HOST}:${port}:127.0.0.1`];
  return execFileSync('curl', ['-sS', '-i', ...trust, ...more, `https://${HOST}:${port}${path}`], {
    encoding: 'utf8',
  });
}

function checkMetadata(port) {
  const answer = ask(port, '/.well-known/oauth-authorization-server');
  assert.match(answer, /^HTTP\/1\.1 200/);
  assert.equal(JSON.parse(answer.split('\r\n\r\n')[1]).issuer, `https://${HOST}:${port}`);
  process.stdout.write(`issuer   https://${HOST}:${port}\n`);
}

function checkCookies(port) {
  const answer = ask(port, '/account');
  const cookies = [...answer.matchAll(/^set-cookie: (.*)$/gim)].map(([, cookie]) => cookie.trim());
  assert.ok(cookies.length > 0, `no cookie in ${answer}`);
  for (const cookie of cookies) {
    assert.match(cookie, /^__Host-/);
    for (const attribute of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i]) {
      assert.match(cookie, attribute);
    }
    assert.doesNotMatch(cookie, /; Domain/i);
    process.stdout.write(`cookie   ${cookie.replace(/=[^;]*/, '=…')}\n`);
  }
  assert.match(answer, /^strict-transport-security: max-age=\d{7,}/im);
}

/** What a client claims of itself never gets through; a name that is nobody's is nobody's page. */
function checkForgedHeaders(port) {
  const forged = ['-H', 'X-Forwarded-Host: evil.example', '-H', 'X-Forwarded-Proto: http'];
  const answer = ask(port, '/.well-known/oauth-authorization-server', forged);
  assert.equal(JSON.parse(answer.split('\r\n\r\n')[1]).issuer, `https://${HOST}:${port}`);
  assert.match(ask(port, '/account', ['-H', `Host: nobody.my.${BASE}:${port}`]), /^HTTP\/1\.1 404/);
  assert.match(ask(port, '/metrics'), /^HTTP\/1\.1 404/);
  process.stdout.write('forged   X-Forwarded-Host and -Proto change nothing; /metrics is 404\n');
}

async function stop(child) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
