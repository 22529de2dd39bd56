import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Application, Connection, Family, Walk } from './walk.js';

/** Clients in other languages, from Debian's packages. */
export interface Toolchain {
  readonly walks: readonly Walk[];
  /** What has to be there, or nothing of it is run: once it is there, it has to work. */
  readonly needs: readonly string[];
  readonly version: () => string;
}

const CLIENTS = join(import.meta.dirname, 'clients');
const PYTHON = '/usr/bin/python3';
const PYTHON_PACKAGES = '/usr/lib/python3/dist-packages';
const GO = '/usr/bin/go';
const GO_PACKAGES = '/usr/share/gocode';
const CURL = '/usr/bin/curl';

/** For plain http on loopback, and for Go without the network: its packages are those of the distribution. */
const ENVIRONMENT = { OAUTHLIB_INSECURE_TRANSPORT: '1', GO111MODULE: 'off', GOPATH: GO_PACKAGES };

type Way = readonly [Application, Family, string, readonly string[]];

function of(client: string, command: readonly string[], ways: readonly Way[]): readonly Walk[] {
  return ways.map(([application, family, how, more]) => ({
    client,
    application,
    family,
    how,
    run: (connection) => runProcess([...command, ...more], connection),
  }));
}

export const TOOLCHAINS: readonly Toolchain[] = [
  {
    walks: of(
      'requests-oauthlib (Python)',
      [PYTHON, '-B', join(CLIENTS, 'requests-oauthlib.py')],
      [
        ['web', 'standard', 'PKCE, secret by Basic', ['basic']],
        ['web', 'standard', 'PKCE, secret in the body', ['body']],
        ['bearer', 'dialect', 'PKCE, secret by Basic', ['basic']],
        ['spa', 'standard', 'PKCE', ['none']],
      ],
    ),
    needs: [PYTHON, join(PYTHON_PACKAGES, 'requests_oauthlib')],
    version: () => say(PYTHON, ['-c', 'import requests_oauthlib as m; print(m.__version__)']),
  },
  {
    walks: of(
      'Authlib (Python)',
      [PYTHON, '-B', join(CLIENTS, 'authlib-session.py')],
      [
        ['web', 'standard', 'PKCE, secret by Basic', ['client_secret_basic']],
        ['web', 'standard', 'PKCE, secret in the body', ['client_secret_post']],
        ['bearer', 'dialect', 'PKCE, secret by Basic', ['client_secret_basic']],
        ['spa', 'standard', 'PKCE', ['none']],
      ],
    ),
    needs: [PYTHON, join(PYTHON_PACKAGES, 'authlib')],
    version: () => say(PYTHON, ['-c', 'import authlib as m; print(m.__version__)']),
  },
  {
    walks: of(
      'x/oauth2 (Go)',
      [GO, 'run', join(CLIENTS, 'go-x-oauth2', 'main.go')],
      [
        ['web', 'standard', 'PKCE, no `AuthStyle`: secret by Basic', []],
        ['web', 'standard', 'PKCE, secret in the body', ['body']],
        ['web', 'dialect', 'PKCE, `Authorization: sessionID …`', []],
        ['bearer', 'dialect', 'PKCE, no `AuthStyle`: secret by Basic', []],
        ['spa', 'standard', 'PKCE, no `AuthStyle`: Basic with an empty secret', []],
        ['spa', 'dialect', 'PKCE, `client_id` in the body', ['body']],
      ],
    ),
    needs: [GO, join(GO_PACKAGES, 'src/golang.org/x/oauth2')],
    version: () => `${debianVersion('golang-golang-x-oauth2-dev')}, ${goVersion()}`,
  },
  {
    walks: of(
      'curl',
      ['bash', join(CLIENTS, 'curl.sh')],
      [
        ['web', 'dialect', 'JSON, secret in the body', ['json']],
        ['web', 'dialect', 'forms, secret by Basic', ['basic']],
        ['web', 'standard', 'forms, secret by Basic', ['basic']],
        ['spa', 'standard', 'forms, PKCE', ['public']],
        ['spa', 'dialect', 'forms, PKCE', ['public']],
      ],
    ),
    needs: [CURL],
    version: () => say(CURL, ['--version']).split(' ')[1] ?? '',
  },
];

/** The needed path that isn't there. */
export function missing({ needs }: Toolchain): string | undefined {
  return needs.find((path) => !existsSync(path));
}

function say(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' }).trim();
}

function goVersion(): string {
  return say(GO, ['env', 'GOVERSION']);
}

function debianVersion(name: string): string {
  return say('dpkg-query', ['-W', '-f', '${Version}', name]);
}

/** The process tells its walk in lines, and gets on standard input where the person's browser was sent. */
async function runProcess(command: readonly string[], connection: Connection): Promise<void> {
  const { endpoints, api, clientId, clientSecret, redirectUri } = connection;
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...ENVIRONMENT,
      AUTHORIZE_URL: endpoints.authorize,
      TOKEN_URL: endpoints.token,
      REVOKE_URL: endpoints.revoke,
      API: api,
      CLIENT_ID: clientId,
      REDIRECT_URI: redirectUri,
      ...(clientSecret === undefined ? {} : { CLIENT_SECRET: clientSecret }),
    },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  // It may be gone before its line is written; its exit code says so.
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close') as Promise<[number | null]>;
  for await (const line of createInterface({ input: child.stdout })) {
    const answer = await note(line, connection);
    if (answer !== undefined) child.stdin.end(`${answer}\n`);
  }
  const [code] = await closed;
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${complaints.trim()}`);
}

/** @returns what to write back */
async function note(line: string, { diary, visit }: Connection): Promise<string | undefined> {
  const [word, ...rest] = line.split(' ');
  const [first = '', access_token, refresh_token] = rest;
  if (word === 'OPEN') return (await visit(first)).href;
  if (word === 'TOKENS') diary.tokens({ token_type: first, access_token, refresh_token });
  else if (word === 'CALLED') diary.called(Number(first));
  else if (word === 'REVOKED') diary.revoked();
  else if (word === 'REFUSED') diary.refused(first);
  else throw new Error(`The client said: ${line}`);
  return undefined;
}
