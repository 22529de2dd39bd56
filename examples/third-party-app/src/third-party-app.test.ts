import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startThirdPartyApp, type ThirdPartyApp } from './index.js';

/** Fluxo as the test wants it: one person, one grant, and what may go wrong. */
const fluxo = {
  server: undefined as Server | undefined,
  origin: '',
  generation: 0,
  revoked: false,
  away: false,
};
let asked: string[] = [];
let projectName = 'Autumn campaign';
let dataDir: string;
let app: ThirdPartyApp;
let cookie = '';

const PATHS = '/integrations/oauth2/api/v1';

function fluxoAnswer(
  path: string,
  form: URLSearchParams,
  sessionId: unknown,
): [status: number, body: unknown] {
  const current = sessionId === `session${fluxo.generation}` && !fluxo.revoked;
  if (fluxo.away) return [503, {}];
  if (path === `${PATHS}/token`) {
    if (form.get('grant_type') === 'refresh_token' && fluxo.revoked) return [400, { error: 'invalid_grant' }];
    const n = ++fluxo.generation;
    const tokens = { access_token: `session${n}`, refresh_token: `refresh${n}`, token_type: 'sessionID' };
    return [200, { ...tokens, expires_in: 28_800, wid: 'a'.repeat(32) }];
  }
  if (path === `${PATHS}/revoke`) {
    fluxo.revoked = form.get('token') === `refresh${fluxo.generation}`;
    return [200, {}];
  }
  if (!current) return [401, { error: { message: 'You are not currently logged in.' } }];
  return [200, { data: [{ ID: 'p1', name: projectName, status: 'CUR', percentComplete: 40 }] }];
}

beforeEach(async () => {
  asked = [];
  cookie = '';
  projectName = 'Autumn campaign';
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname } = new URL(request.url ?? '/', 'http://fluxo.test');
      asked.push(`${request.method ?? ''} ${pathname}`);
      const [status, json] = fluxoAnswer(pathname, new URLSearchParams(body), request.headers['sessionid']);
      response.writeHead(status, { 'retry-after': '60' }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  Object.assign(fluxo, { server, origin, generation: 0, revoked: false, away: false });
  dataDir = await mkdtemp(join(tmpdir(), 'lapis-'));
  app = await start();
});

afterEach(async () => {
  await app.close();
  fluxo.server?.closeAllConnections();
  fluxo.server?.close();
  await rm(dataDir, { recursive: true });
});

function start(port = 0): Promise<ThirdPartyApp> {
  const registration = { fluxoOrigin: fluxo.origin, clientId: 'c'.repeat(32), clientSecret: 'thesecret' };
  const other = { ...registration, clientId: 'd'.repeat(32), invitation: 'Or Borealis' };
  return startThirdPartyApp({
    ...{ port, host: '127.0.0.1', dataDir, ...registration },
    otherOrganizations: [other],
  });
}

interface Visited {
  readonly status: number;
  readonly location: string;
  readonly page: string;
  readonly headers: Headers;
}

/** A browser: one cookie, redirects shown and not followed. */
async function visit(
  path: string,
  init: Pick<RequestInit, 'method'> & { headers?: Record<string, string> } = {},
): Promise<Visited> {
  const url = new URL(path, app.url);
  const response = await fetch(url, { redirect: 'manual', ...init, headers: { cookie, ...init.headers } });
  const set = response.headers.get('set-cookie');
  if (set !== null) cookie = set.split(';')[0] ?? '';
  const { status, headers } = response;
  return { status, headers, location: headers.get('location') ?? '', page: await response.text() };
}

function press(path: string): Promise<Visited> {
  return visit(path, { method: 'POST', headers: { origin: new URL(app.url).origin } });
}

async function connect(answer = 'code=thecode&domain=acme&lane=my'): Promise<Visited> {
  const { location } = await visit('/connect');
  return visit(`/callback?${answer}&state=${new URL(location).searchParams.get('state') ?? ''}`);
}

test('Connect leads to Fluxo with this app’s own redirect URL, and back to the list of projects', async () => {
  expect((await visit('/')).page).toMatch(/data-page="home"[\s\S]*href="\/connect">Connect</);
  const { location } = await visit('/connect');
  expect(location).toContain(`${fluxo.origin}/integrations/oauth2/authorize?response_type=code`);
  expect(new URL(location).searchParams.get('redirect_uri')).toBe(`${app.url}callback`);
  expect((await connect()).location).toBe('/projects');
  const { page } = await visit('/projects');
  expect(page).toMatch(
    /data-page="projects"[\s\S]*data-project="p1"[\s\S]*Autumn campaign[\s\S]*Current[\s\S]*40%/,
  );
  expect(page).toMatch(/Refresh now[\s\S]*Disconnect/);
});

test('another organization has its own link, registration and connection; an unknown one is the first', async () => {
  const clientIdAfter = async (path: string): Promise<string | null> =>
    new URL((await visit(path)).location).searchParams.get('client_id');
  expect(await clientIdAfter('/connect?organization=nobody')).toBe('c'.repeat(32));
  const { page } = await visit('/');
  const path = /href="(\/connect\?organization=[^"]+)">Or Borealis/.exec(page)?.[1] ?? '';
  const { location } = await visit(path);
  expect(new URL(location).searchParams.get('client_id')).toBe('d'.repeat(32));
  const state = new URL(location).searchParams.get('state') ?? '';
  expect((await visit(`/callback?code=c&state=${state}`)).location).toBe('/projects');
  const sessions = await readFile(join(dataDir, 'planner-sessions.json'), 'utf8');
  expect(sessions).toContain('d'.repeat(32));
  expect(sessions).not.toContain('c'.repeat(32));
});

test('the cookie is HttpOnly and Lax, and its value changes when the connection is made', async () => {
  const begun = await visit('/connect');
  expect(begun.headers.get('set-cookie')).toMatch(
    /^planner-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax;/,
  );
  const before = cookie;
  await connect();
  expect(cookie).not.toBe(before);
  cookie = before;
  expect((await visit('/projects')).location).toBe('/');
});

test('a restart keeps the connection, in a file nobody else may read', async () => {
  await connect();
  const { port } = new URL(app.url);
  await app.close();
  app = await start(Number(port));
  expect((await visit('/projects')).page).toContain('Autumn campaign');
  const path = join(dataDir, 'planner-sessions.json');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).not.toContain('thesecret');
});

test('Refresh now gets a new session, which the page then uses', async () => {
  await connect();
  expect((await press('/refresh')).location).toBe('/projects');
  expect(fluxo.generation).toBe(2);
  expect((await visit('/projects')).page).toContain('data-session="expires"');
});

test('Disconnect revokes at Fluxo, forgets the tokens and the cookie, and says so', async () => {
  await connect();
  const { location } = await press('/disconnect');
  expect(fluxo.revoked).toBe(true);
  expect(cookie).toBe('planner-session=');
  expect((await visit(location)).page).toContain('data-notice="disconnected"');
  expect(await readFile(join(dataDir, 'planner-sessions.json'), 'utf8')).not.toContain('refresh1');
});

test('Disconnect while Fluxo is away keeps the connection and asks to try again', async () => {
  await connect();
  fluxo.away = true;
  const { status, page } = await press('/disconnect');
  expect([status, page.includes('data-problem="unavailable"')]).toEqual([503, true]);
  fluxo.away = false;
  await press('/disconnect');
  expect(fluxo.revoked).toBe(true);
});

test('access taken back at Fluxo is explained, and Connect offered again', async () => {
  await connect();
  fluxo.revoked = true;
  const { page } = await visit('/projects');
  expect(page).toMatch(
    /data-page="error"[\s\S]*data-problem="connection_ended"[\s\S]*href="\/connect">Connect</,
  );
  fluxo.revoked = false;
  expect((await connect()).location).toBe('/projects');
});

test('Cancel at Fluxo is respected in words, and no code is sent', async () => {
  const { page } = await connect('error=access_denied&domain=acme&lane=my');
  expect(page).toContain('data-problem="access_denied"');
  expect(asked).toEqual([]);
});

test('a Fluxo that is not there is told apart from one that refuses', async () => {
  await connect();
  fluxo.server?.closeAllConnections();
  await new Promise((resolve) => fluxo.server?.close(resolve));
  const { status, page } = await visit('/projects');
  expect([status, page.includes('data-problem="unavailable"')]).toEqual([503, true]);
});

test.each(['/callback?code=thecode&state=other', '/callback?code=thecode', '/callback'])(
  'the callback %s of another visit is refused, and its code never sent',
  async (path) => {
    expect((await visit(path)).page).toContain('data-problem="state_mismatch"');
    await visit('/connect');
    expect((await visit(path)).page).toContain('data-problem="state_mismatch"');
    expect(asked).toEqual([]);
  },
);

test('one callback counts once, however often it comes', async () => {
  const { location } = await visit('/connect');
  const path = `/callback?code=thecode&state=${new URL(location).searchParams.get('state') ?? ''}`;
  const before = { headers: { cookie } };
  const answers = await Promise.all([visit(path, before), visit(path, before), visit(path, before)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 400, 400]);
  expect(fluxo.generation).toBe(1);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['another program on this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:5000' }],
  ['an older browser on another site', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['nowhere', {}],
])('a POST from %s changes nothing', async (_, headers) => {
  await connect();
  for (const path of ['/disconnect', '/refresh']) {
    const { status, page } = await visit(path, { method: 'POST', headers });
    expect([status, page.includes('data-problem="cross_site"')]).toEqual([403, true]);
  }
  expect([fluxo.revoked, fluxo.generation]).toEqual([false, 1]);
});

test('another site cannot start a connection in a person’s browser', async () => {
  const { status } = await visit('/connect', { headers: { 'sec-fetch-site': 'cross-site' } });
  expect([status, cookie]).toEqual([403, '']);
});

test('a project’s name is shown as text, whatever is in it', async () => {
  projectName = `<script>alert(1)</script>"'&`;
  await connect();
  const { page, headers } = await visit('/projects');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  expect(page).not.toContain('<script');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});
