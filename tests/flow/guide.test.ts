import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const REDIRECT_URI = 'http://127.0.0.1:4000/callback';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** The guide's shell examples, in order: the file that people read is the file that is run. */
const [register = '', ...curls] = Array.from(
  readFileSync(join(root, 'docs/guide/connect-an-app.md'), 'utf8').matchAll(/```sh\n([^]*?)```/g),
  (match) => match[1] ?? '',
);
const [jsonExchange = '', formExchange = '', callApi = '', jsonRefresh = '', formRefresh = '', revoke = ''] =
  curls;

const folder = mkdtempSync(join(tmpdir(), 'fluxo-guide-'));
let server: ChildProcess;
let variables: Record<string, string>;

async function shell(snippet: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const env = { ...process.env, ...variables, ...more };
  const { stdout } = await run('bash', ['-euc', snippet], { cwd: root, env });
  return stdout;
}

beforeAll(async () => {
  variables = { FLUXO_DATA: folder };
  const registered = await shell(register);
  const CLIENT_ID = /client_id: +(\S+)/.exec(registered)?.[1] ?? '';
  const CLIENT_SECRET = /client_secret: +(\S+)/.exec(registered)?.[1] ?? '';
  const port = await startServer();
  variables = { ...variables, FLUXO: `http://acme.my.localhost:${port}`, CLIENT_ID, CLIENT_SECRET };
});

afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

/** @returns the port that the server says it has */
async function startServer(): Promise<number> {
  server = spawn(
    process.execPath,
    ['packages/server/bin/fluxo.js', 'serve', '--port', '0', '--data', folder],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const port = /:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    server.once('exit', (code) => reject(new Error(`The server ended (${String(code)}): ${said}`)));
  });
}

/** Step 2, the person's part: cookies and forms, through curl as everything here. */
async function allowAccess(): Promise<string> {
  const jar = join(folder, 'cookies');
  rmSync(jar, { force: true });
  const request = async (
    path: string,
    form: Readonly<Record<string, string>> | undefined,
  ): Promise<string> => {
    const origin = variables['FLUXO'] ?? '';
    const data = Object.entries(form ?? {}).flatMap(([name, value]) => [
      '--data-urlencode',
      `${name}=${value}`,
    ]);
    const headers = form === undefined ? [] : ['-H', `Origin: ${origin}`];
    const { stdout } = await run('curl', [
      '-sS',
      '-i',
      '-b',
      jar,
      '-c',
      jar,
      ...headers,
      ...data,
      `${origin}${path}`,
    ]);
    return stdout;
  };
  const flowOf = (page: string): string => /name="flow"[^>]*value="([^"]*)"/.exec(page)?.[1] ?? '';
  const locationOf = (answer: string): string => /^location: (\S+)/im.exec(answer)?.[1] ?? '';
  const query = new URLSearchParams({
    client_id: variables['CLIENT_ID'] ?? '',
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    state: 'STATE',
  });
  const usernamePage = await request(`/integrations/oauth2/authorize?${query.toString()}`, undefined);
  const named = await request('/sign-in', { flow: flowOf(usernamePage), username: 'ana' });
  const passwordPage = await request(locationOf(named), undefined);
  const signedIn = await request('/sign-in/password', {
    flow: flowOf(passwordPage),
    password: 'a good password',
  });
  const consent = await request(locationOf(signedIn), undefined);
  const back = new URL(locationOf(await request('/consent', { flow: flowOf(consent), decision: 'allow' })));
  return back.searchParams.get('code') ?? '';
}

test('both exchanges, both refreshes, the call and the revocation of the guide work as they stand there', async () => {
  const first = JSON.parse(await shell(jsonExchange, { CODE: await allowAccess() })) as Tokens;
  expect(Object.keys(first)).toEqual(['token_type', 'access_token', 'refresh_token', 'expires_in', 'wid']);
  const second = JSON.parse(await shell(formExchange, { CODE: await allowAccess() })) as Tokens;
  expect(Object.keys(second)).toEqual(Object.keys(first));

  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: first.access_token }))).toEqual({ data: [] });
  const refreshed = JSON.parse(await shell(jsonRefresh, { REFRESH_TOKEN: first.refresh_token })) as Tokens;
  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: refreshed.access_token }))).toEqual({ data: [] });
  const again = JSON.parse(await shell(formRefresh, { REFRESH_TOKEN: refreshed.refresh_token })) as Tokens;

  expect(await shell(revoke, { REFRESH_TOKEN: again.refresh_token })).toBe('{}');
  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: again.access_token }))).toMatchObject({
    error: { message: 'You are not currently logged in.' },
  });
  // The other connection is another one.
  expect(JSON.parse(await shell(callApi, { ACCESS_TOKEN: second.access_token }))).toEqual({ data: [] });
});
