import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { sendRaw } from '../support/raw-http.js';
import {
  credentials,
  REDIRECT_URI,
  type HttpAnswer,
  type TestApplication,
  type TestTenant,
} from '../support/tenant.js';
import { authorizePath, pageOf } from '../support/visitor.js';

const METADATA = '/.well-known/oauth-authorization-server';
const PROXY = '10.0.0.1';

/** A server on a socket, whose default environment is acme.my: `localhost`, and `127.0.0.1` as an alias. */
let fluxo: TestFluxo;
let port: number;
let acme: TestTenant;
let sister: TestTenant;
let app: TestApplication;
/** A server behind TLS and a proxy at 10.0.0.1. */
let proxied: TestFluxo;
let behind: TestTenant;

beforeAll(async () => {
  fluxo = await startFluxo({
    settings: {
      PORT: '0',
      FLUXO_DEFAULT_ENVIRONMENT: 'acme.my',
      FLUXO_DEFAULT_HOSTS: 'localhost,127.0.0.1',
    },
  });
  port = await fluxo.server.listen();
  acme = await fluxo.environment('acme');
  sister = await fluxo.environment('sister');
  await acme.user('ana');
  app = await acme.application();
  proxied = await startFluxo({
    settings: {
      FLUXO_BASE_DOMAIN: 'example.com',
      FLUXO_PUBLIC_SCHEME: 'https',
      FLUXO_PUBLIC_PORT: '443',
      FLUXO_TRUSTED_PROXIES: '10.0.0.0/8',
    },
  });
  behind = await proxied.environment('acme');
});

afterAll(async () => {
  await fluxo.close();
  await proxied.close();
});

async function issuerAt(tenant: TestTenant, headers: Record<string, string>): Promise<string | undefined> {
  const answer = await tenant.send({ path: METADATA, headers });
  return answer.status === 200 ? (JSON.parse(answer.body) as { issuer: string }).issuer : undefined;
}

/** Everything that a page or an answer calls by its full address. */
function hostsNamed(answer: HttpAnswer): readonly string[] {
  const text = `${answer.headers['location'] ?? ''} ${answer.body}`;
  return [...text.matchAll(/https?:\/\/[^/"'\s<>]+/g)].map(([address]) => new URL(address).host);
}

describe('63 · the Host header in links', () => {
  const hosts = (): readonly string[] => [
    'localhost:9999',
    'LOCALHOST',
    `acme.my.localhost:${port}`,
    '127.0.0.1:80',
  ];

  test('whatever the port, the case or the alias: only the origin is named', async () => {
    expect(await issuerAt(acme, {})).toBe(acme.origin);
    const own = new URL(acme.origin).host;
    for (const host of hosts()) {
      expect(await issuerAt(acme, { host })).toBe(acme.origin);
      for (const path of [
        '/account',
        '/',
        '/nothing',
        authorizePath(app),
        authorizePath(app, { client_id: 'x' }),
      ]) {
        const answer = await acme.send({ path, headers: { host, accept: 'text/html' } });
        expect(hostsNamed(answer).filter((named) => ![own, 'app.example'].includes(named))).toEqual([]);
      }
      const visitor = acme.visitor();
      const refused = await visitor.get(authorizePath(app, { response_type: 'x' }), { host });
      expect([own, 'app.example']).toContain(new URL(refused.headers['location'] ?? '').host);
    }
  });

  test('an alias leads pages to the origin and sets no cookie, takes no form, and answers token requests', async () => {
    const host = `127.0.0.1:${port}`;
    const page = await acme.send({ path: '/account?a=1', headers: { host } });
    expect([page.status, page.headers['location']]).toEqual([302, `${acme.origin}/account?a=1`]);
    expect(page.setCookies).toEqual([]);
    const evil = await acme.send({ path: '//evil.example/account', headers: { host, accept: 'text/html' } });
    expect(new URL(evil.headers['location'] ?? acme.origin).origin).toBe(acme.origin);
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    for (const origin of [acme.origin, `http://${host}`]) {
      const form = await visitor.post('/sign-in', { flow: 'x', username: 'ana' }, { host, origin });
      expect([form.status, pageOf(form).problem]).toEqual([403, 'request-refused']);
    }
    const code = await visitor.allow(app);
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...credentials(app) };
    expect((await acme.postForm('/oauth2/token', form, { host })).status).toBe(200);
  });
});

describe('65 · X-Forwarded-*, semicolons, absolute-form request lines, unknown hosts', () => {
  const forged = (host: string): readonly Record<string, string>[] => [
    { 'x-forwarded-host': host },
    { 'x-forwarded-host': host, 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
    { forwarded: `host=${host};proto=https` },
    { 'x-host': host, 'x-original-host': host, 'x-forwarded-server': host },
    { 'x-original-url': '/nothing', 'x-rewrite-url': '/nothing', 'x-forwarded-prefix': '/evil' },
  ];

  test('no proxy is listed: they change nothing', async () => {
    expect(await issuerAt(acme, {})).toBe(acme.origin);
    for (const headers of forged(new URL(sister.origin).host)) {
      expect(await issuerAt(acme, headers)).toBe(acme.origin);
      expect(await issuerAt(acme, { ...headers, host: 'evil.example' })).toBeUndefined();
      const visitor = acme.visitor();
      const answer = await visitor.get(authorizePath(app, { response_type: 'x' }), headers);
      expect(new URL(answer.headers['location'] ?? '').searchParams.get('iss')).toBe(acme.origin);
    }
  });

  test('a listed proxy says which host it was; nobody else does', async () => {
    const said = { host: 'node-1.internal', 'x-forwarded-host': new URL(behind.origin).host };
    const through = await behind.send({ path: METADATA, headers: said, remoteAddress: PROXY });
    expect([through.status, through.body]).toEqual([200, expect.stringContaining(`"${behind.origin}"`)]);
    for (const remoteAddress of ['203.0.113.9', '127.0.0.1', '::1', '::ffff:203.0.113.9']) {
      expect((await behind.send({ path: METADATA, headers: said, remoteAddress })).status).toBe(404);
    }
  });

  test('a scheme that came with the request takes neither Secure nor the issuer away', async () => {
    for (const remoteAddress of [PROXY, '203.0.113.9']) {
      const headers = { 'x-forwarded-proto': 'http' };
      const page = await behind.send({ path: '/account', headers, remoteAddress });
      expect([page.status, page.setCookies.length]).toEqual([200, 1]);
      expect(page.setCookies[0]).toMatch(/^__Host-.*; Secure/);
      const answer = await behind.send({ path: METADATA, headers, remoteAddress });
      expect(answer.body).toContain(`"issuer":"${behind.origin}"`);
    }
  });

  test.each([
    '/account;x',
    '/account;x=/../sign-in',
    '/;/account',
    '/oauth2/authorize;jsessionid=1',
    '/oauth2;/token',
    '/.;/account',
    '/account%3bx',
    '/attask;x/api/v14.0/proj/search',
    '/ACCOUNT',
    '/account/',
    '//account',
    '/x/../account',
    '/%2e%2e/account',
    '/account%2f',
    '/account%00',
  ])('%s is nothing', async (path) => {
    const host = new URL(acme.origin).host;
    const ask = (target: string): Promise<HttpAnswer> =>
      sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect((await ask('/account')).status).toBe(200);
    expect((await ask(path)).status).toBe(404);
    const query = new URL(authorizePath(app), acme.origin).search;
    expect((await ask(`${path}${query}`)).status).toBe(404);
  });

  test('the target of a request is a path: an absolute one names its own host beside the one that was checked', async () => {
    const host = new URL(acme.origin).host;
    const ask = (line: string, more = ''): Promise<HttpAnswer> =>
      sendRaw(port, `${line} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);
    expect((await ask('GET /account')).status).toBe(200);
    for (const target of [
      `http://${host}/account`,
      'http://evil.example/account',
      `http://${new URL(sister.origin).host}/account`,
      'https:///account',
      'account',
      '*',
      '?/account',
      'evil.example:443',
    ]) {
      const answer = await ask(`GET ${target}`);
      expect([400, 404]).toContain(answer.status);
      expect(answer.body).not.toContain('data-page="sign-in');
      expect(answer.setCookies).toEqual([]);
    }
    expect([400, 404]).toContain((await ask('OPTIONS *')).status);
    expect((await ask('CONNECT evil.example:443')).status).not.toBe(200);
  });

  test('two hosts, or none', async () => {
    const host = new URL(acme.origin).host;
    const ask = (lines: string): Promise<HttpAnswer> =>
      sendRaw(port, `GET /account HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
    expect((await ask(`Host: ${host}\r\n`)).status).toBe(200);
    for (const lines of [
      '',
      'Host:\r\n',
      `Host: ${host}, evil.example\r\n`,
      `Host: evil.example\r\nHost: ${host}\r\n`,
      `Host: ${host}/x\r\n`,
      `Host: user@${host}\r\n`,
      `Host: ${host}:80:80\r\n`,
    ]) {
      const answer = await ask(lines);
      expect([400, 404]).toContain(answer.status);
      expect(answer.setCookies).toEqual([]);
    }
  });
});

describe('93 · DNS rebinding: a host that is not listed, also on the default environment', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.localhost',
    'acme.my.localhost.evil.example',
    'acme.my.localhost.',
    'x.acme.my.localhost',
    'acme.my.x.localhost',
    'acme.localhost',
    'acme.sb01.localhost',
    'nobody.my.localhost',
    'my.localhost',
    '[::1]',
    '0.0.0.0',
    '127.0.0.2',
    '127.1',
    'localhost.',
    '_acme.my.localhost',
    'xn--acm-dma.my.localhost',
  ])('%s: 404 for every kind of request, and no cookie', async (name) => {
    const host = `${name}:${port}`;
    expect((await acme.send({ path: '/account' })).status).toBe(200);
    const form = { grant_type: 'refresh_token', refresh_token: 'x', ...credentials(app) };
    expect((await acme.postForm('/oauth2/token', form)).status).toBe(400);
    const answers = [
      await acme.send({ path: METADATA, headers: { host } }),
      await acme.send({ path: '/account', headers: { host, accept: 'text/html' } }),
      await acme.send({ path: authorizePath(app), headers: { host } }),
      await acme.postForm('/oauth2/token', form, { host }),
      await acme.send({ path: '/attask/api/v14.0/proj/search', headers: { host } }),
      await acme.send({
        method: 'OPTIONS',
        path: '/oauth2/token',
        headers: { host, origin: `http://${host}` },
      }),
      await acme.visitor().post('/sign-in', { flow: 'x' }, { host, origin: `http://${host}` }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.setCookies).toEqual([]);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.body).toContain('There is nothing at this address.');
    }
  });

  test('health alone answers everybody, since a load balancer asks by address', async () => {
    const answer = await acme.send({ path: '/health/live', headers: { host: 'evil.example' } });
    expect([answer.status, answer.body]).toEqual([200, '{"status":"live"}']);
    const around = await acme.send({ path: '/health/../account', headers: { host: 'evil.example' } });
    expect(around.status).toBe(404);
    const raw = await sendRaw(
      port,
      'GET /health/../account HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(raw.status).toBe(404);
  });
});
