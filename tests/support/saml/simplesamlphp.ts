import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSigningKey } from '@fluxo/server';

const PROGRAM = '/usr/bin/php';
const PAGES = '/usr/share/simplesamlphp/www';
const NEEDED =
  'SimpleSAMLphp was not found: install it (Debian: apt-get install --no-install-recommends ' +
  'simplesamlphp php-cli php-xml php-mbstring micro-httpd).';

export const SIMPLESAML_PERSON = { username: 'student', password: 'studentpass' };

/** What a service provider's administrator hands over. */
export interface KnownServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly sloUrl: string;
  readonly certificatePem: string;
}

/** Debian's SimpleSAMLphp, served by PHP itself on loopback, with everything of its own in a folder of its own. */
export class SimpleSaml {
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, process: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#process = process;
  }

  /** @throws Error that says what to install */
  static async start(): Promise<SimpleSaml> {
    if (!existsSync(PROGRAM) || !existsSync(PAGES)) throw new Error(NEEDED);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const folder = mkdtempSync(join(tmpdir(), 'fluxo-simplesaml-'));
    await furnish(folder, url);
    // Its notices are for PHP 7; a page that begins with one is no page.
    const settings = ['display_errors=0', 'log_errors=0', `session.save_path=${folder}/sessions`];
    const child = spawn(
      PROGRAM,
      [...settings.flatMap((setting) => ['-d', setting]), '-S', `127.0.0.1:${port}`, '-t', PAGES],
      {
        env: { PATH: process.env['PATH'], SIMPLESAMLPHP_CONFIG_DIR: `${folder}/config` },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    await started(child);
    return new SimpleSaml(url, folder, child);
  }

  async metadata(): Promise<string> {
    const answer = await fetch(`${this.url}/saml2/idp/metadata.php`);
    if (!answer.ok) throw new Error(`SimpleSAMLphp answered ${answer.status}: ${await answer.text()}`);
    return answer.text();
  }

  /** Read anew with each request. */
  register({ entityId, acsUrl, sloUrl, certificatePem }: KnownServiceProvider): void {
    write(this.#folder, 'metadata/saml20-sp-remote.php', [
      `$metadata[${quote(entityId)}] = [`,
      `  'AssertionConsumerService' => ${quote(acsUrl)},`,
      `  'SingleLogoutService' => ${quote(sloUrl)},`,
      `  'certData' => ${quote(certificatePem.replace(/-----[A-Z ]+-----|\s/g, ''))},`,
      "  'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',",
      "  'simplesaml.nameidattribute' => 'uid',",
      "  'validate.authnrequest' => true, 'validate.logout' => true, 'sign.logout' => true,",
      '];',
    ]);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function furnish(folder: string, url: string): Promise<void> {
  for (const name of ['config', 'metadata', 'cert', 'data', 'log', 'sessions', 'temporary'])
    mkdirSync(join(folder, name), { mode: 0o700 });
  const key = await makeSigningKey({ commonName: 'SimpleSAMLphp', now: Date.now() });
  writeFileSync(join(folder, 'cert/idp.key'), key.privateKeyPem, { mode: 0o600 });
  writeFileSync(join(folder, 'cert/idp.crt'), key.certificatePem);
  write(folder, 'config/config.php', [
    `$config = ['baseurlpath' => ${quote(`${url}/`)}, 'timezone' => 'UTC',`,
    "  'secretsalt' => 'a salt for tests', 'auth.adminpassword' => 'a password for tests',",
    "  'admin.protectindexpage' => true, 'enable.saml20-idp' => true,",
    "  'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],",
    "  'store.type' => 'phpsession', 'session.cookie.secure' => false,",
    `  'session.phpsession.savepath' => ${quote(`${folder}/sessions`)},`,
    `  'certdir' => ${quote(`${folder}/cert/`)}, 'metadatadir' => ${quote(`${folder}/metadata/`)},`,
    `  'datadir' => ${quote(`${folder}/data/`)}, 'tempdir' => ${quote(`${folder}/temporary`)},`,
    `  'loggingdir' => ${quote(`${folder}/log/`)}, 'logging.handler' => 'file',`,
    "  'metadata.sources' => [['type' => 'flatfile']], 'production' => true];",
  ]);
  const { username, password } = SIMPLESAML_PERSON;
  write(folder, 'config/authsources.php', [
    "$config = ['admin' => ['core:AdminPassword'], 'example-userpass' => ['exampleauth:UserPass',",
    `  ${quote(`${username}:${password}`)} => [`,
    "    'uid' => ['student-1'], 'givenName' => ['Sol'], 'sn' => ['Lima'], 'mail' => ['sol@acme.example']]]];",
  ]);
  write(folder, 'metadata/saml20-idp-hosted.php', [
    `$metadata[${quote(`${url}/saml2/idp/metadata.php`)}] = [`,
    "  'host' => '__DEFAULT__', 'privatekey' => 'idp.key', 'certificate' => 'idp.crt',",
    "  'auth' => 'example-userpass', 'sign.logout' => true, 'validate.logout' => true];",
  ]);
}

function write(folder: string, name: string, lines: readonly string[]): void {
  writeFileSync(join(folder, name), `<?php\n${lines.join('\n')}\n`);
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** PHP says so in its log. */
function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`PHP ended: ${said}`)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-2_000);
      if (said.includes('started')) resolve();
    });
  });
}
