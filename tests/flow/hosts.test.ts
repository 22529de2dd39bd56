import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import {
  codeForm,
  connectAs,
  FAMILIES,
  refreshForm,
  signedIn,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { basic, credentials, type TestApplication, type TestTenant } from '../support/tenant.js';
import { authorizePath, pageOf, type Visitor } from '../support/visitor.js';

const HTML = { accept: 'text/html' };

let fluxo: TestFluxo;
/** `acme.my` with a host of its own, its copy `acme.preview`, and the default environment. */
let acme: TestTenant;
let preview: TestTenant;
let home: TestTenant;
let app: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  fluxo = await startFluxo({
    settings: { FLUXO_DEFAULT_ENVIRONMENT: 'home.my', FLUXO_DEFAULT_HOSTS: '127.0.0.1, laptop.lan' },
  });
  acme = await fluxo.environment('acme');
  preview = await fluxo.environment('acme', 'preview');
  home = await fluxo.environment('home');
  for (const tenant of [acme, preview, home]) await tenant.user('ana');
  app = await acme.application();
  ana = await signedIn(acme);
});

afterAll(() => fluxo.close());

describe('environments by host', () => {
  test('each has its own origin', () => {
    expect([acme.origin, preview.origin, home.origin]).toEqual([
      'http://acme.my.localhost:3000',
      'http://acme.preview.localhost:3000',
      'http://localhost:3000',
    ]);
  });

  test('lanes are apart: users, applications and tokens of one are nothing in the other', async () => {
    const tokens = await connectAs(ana, app);
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
    expect((await preview.callApi(tokens.access_token)).status).toBe(401);
    expect(verdictOf(await preview.refresh(app, tokens.refresh_token))).toBe('401 invalid_client');
    expect(pageOf(await preview.visitor().authorize(app)).problem).toBe('client-unknown');
    const [cookie] = [...ana.cookies].map(([name, value]) => `${name}=${value}`);
    const asked = await preview.send({ path: '/account', headers: { cookie: cookie ?? '' } });
    expect(pageOf(asked).page).toBe('sign-in-username');
  });

  test('the flow names its lane and domain, and the origin as its issuer', async () => {
    const client = await preview.application();
    const visitor = await signedIn(preview);
    const answer = await visitor.decide(await visitor.authorize(client), 'allow');
    const back = new URL(answer.headers['location'] ?? '');
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      domain: 'acme',
      lane: 'preview',
      iss: 'http://acme.preview.localhost:3000',
    });
  });

  test('the host is found in any case and with any port', async () => {
    for (const host of ['ACME.my.localhost:3000', 'acme.my.localhost', 'acme.my.localhost:8080']) {
      expect((await acme.send({ path: '/account', headers: { host } })).status).toBe(200);
    }
  });

  const unknown = [
    'nobody.my.localhost:3000',
    'acme.sb01.localhost:3000',
    'my.localhost',
    'acme.localhost',
    'a.acme.my.localhost',
    'evil.example',
    '10.0.0.1',
    'acme.my.localhost.',
    'acme_my_localhost',
    'acme.my.localhost:3000:1',
    '[::1]',
  ];
  test.each(unknown)('unknown host %s: 404 everywhere, nobody’s page', async (host) => {
    for (const path of [
      '/',
      '/account',
      authorizePath(app),
      '/.well-known/oauth-authorization-server',
      '/attask/api/v14.0/proj/search',
    ]) {
      const answer = await acme.send({ path, headers: { host, ...HTML } });
      expect([path, answer.status, answer.setCookies]).toEqual([path, 404, []]);
      expect(answer.body).not.toMatch(/acme|home|ana/i);
    }
    const token = await acme.postForm('/oauth2/token', { ...codeForm('x'), ...credentials(app) }, { host });
    expect(token.status).toBe(404);
  });
});

describe('the default environment', () => {
  test.each(['127.0.0.1:3000', 'laptop.lan:3000', 'home.my.localhost:3000'])(
    'an alias (%s) sends pages to the origin, query unchanged, and answers token requests itself',
    async (host) => {
      const client = await home.application();
      const path = authorizePath(client, { state: 'a/b c' });
      const page = await home.send({ path, headers: { host } });
      expect([page.status, page.headers['location'], page.setCookies]).toEqual([
        302,
        `http://localhost:3000${path}`,
        [],
      ]);

      const visitor = await signedIn(home);
      const exchanged = await home.postForm(
        '/oauth2/token',
        { ...codeForm(await visitor.allow(client)), ...credentials(client) },
        { host },
      );
      const tokens = tokensOf(exchanged);
      const search = {
        path: '/attask/api/v14.0/proj/search',
        headers: { host, sessionid: tokens.access_token },
      };
      expect((await home.send(search)).status).toBe(200);
      const metadata = await home.send({
        path: '/.well-known/oauth-authorization-server',
        headers: { host },
      });
      expect(JSON.parse(metadata.body)).toMatchObject({ issuer: 'http://localhost:3000' });
    },
  );

  test('its origin answers itself; a form posted to an alias is refused', async () => {
    expect((await home.send({ path: '/account' })).status).toBe(200);
    const posted = await home.postForm(
      '/sign-in',
      { flow: 'x', username: 'ana' },
      { host: '127.0.0.1:3000', 'sec-fetch-site': 'same-origin' },
    );
    expect(posted.status).toBe(403);
  });

  test('an origin of its own may be configured', async () => {
    const other = await startFluxo({
      settings: { FLUXO_DEFAULT_ENVIRONMENT: 'home.my', FLUXO_DEFAULT_ORIGIN: 'https://id.example' },
    });
    const tenant = await other.environment('home');
    expect(tenant.origin).toBe('https://id.example');
    expect((await tenant.send({ path: '/account' })).status).toBe(200);
    expect((await tenant.send({ path: '/account', headers: { host: 'localhost:3000' } })).status).toBe(404);
    await other.close();
  });
});

describe('oauth.my.localhost names no organization', () => {
  const host = 'oauth.my.localhost:3000';

  test.each(['dialect', 'standard'] as const)(
    'authorize (%s): 302 to the application’s origin, query unchanged',
    async (family) => {
      const path = `${authorizePath(app, { prompt: 'login' }, family)}&state=a%2Fb+c&state2=%C3%A4&scope=`;
      const answer = await acme.send({ path, headers: { host } });
      expect([answer.status, answer.headers['location']]).toEqual([302, `${acme.origin}${path}`]);
      expect(answer.setCookies).toEqual([]);
    },
  );

  test('authorize with a client that is unknown, of another lane, doubled, missing: a page, no redirect', async () => {
    const foreign = await preview.application();
    for (const query of [
      `client_id=${'0'.repeat(32)}`,
      `client_id=${foreign.clientId}`,
      `client_id=${app.clientId}&client_id=${app.clientId}`,
      'client_id=x',
      '',
    ]) {
      const answer = await acme.send({
        path: `/oauth2/authorize?response_type=code&${query}`,
        headers: { host },
      });
      expect([query, answer.status, answer.headers['location'], pageOf(answer).page]).toEqual([
        query,
        400,
        undefined,
        'error',
      ]);
    }
    const right = await preview.send({
      path: authorizePath(foreign),
      headers: { host: 'oauth.preview.localhost' },
    });
    expect(right.headers['location']).toBe(`${preview.origin}${authorizePath(foreign)}`);
  });

  test.each(FAMILIES)(
    'token, introspect, revoke (%s) are answered directly, by Basic and by body',
    async (_family, prefix) => {
      for (const authenticate of ['basic', 'body'] as const) {
        const call = (path: string, form: Readonly<Record<string, string>>) =>
          authenticate === 'basic'
            ? acme.postForm(prefix + path, form, { host, authorization: basic(app) })
            : acme.postForm(prefix + path, { ...form, ...credentials(app) }, { host });
        const tokens = tokensOf(await call('/token', codeForm(await ana.allow(app))));
        const refreshed = await call('/token', refreshForm(tokens.refresh_token));
        expect(verdictOf(refreshed)).toBe('200');
        const introspected = await call('/introspect', { token: tokens.access_token });
        expect(JSON.parse(introspected.body)).toMatchObject({ active: true, iss: acme.origin });
        expect((await call('/revoke', { token: tokens.refresh_token })).status).toBe(200);
        expect((await acme.callApi(tokens.access_token)).status).toBe(401);
        for (const answer of [refreshed, introspected]) expect(answer.setCookies).toEqual([]);
      }
    },
  );

  test('a client of another lane or nobody’s: invalid_client', async () => {
    const foreign = await preview.application();
    for (const client of [foreign, { ...app, clientId: '0'.repeat(32) }, { ...app, clientId: 'x' }]) {
      const answer = await acme.postForm(
        '/oauth2/token',
        { ...codeForm('x'), ...credentials(client) },
        { host },
      );
      expect(verdictOf(answer)).toBe('401 invalid_client');
    }
    expect(verdictOf(await acme.postForm('/oauth2/token', codeForm('x'), { host }))).toBe(
      '401 invalid_client',
    );
  });

  test('no page, no API, no cookie, no metadata', async () => {
    const tokens = await connectAs(ana, app);
    for (const path of [
      '/',
      '/account',
      '/sign-in',
      '/consent',
      '/signed-out',
      '/.well-known/oauth-authorization-server',
      '/attask/api/v14.0/proj/search',
    ]) {
      const answer = await ana.send({ path, headers: { host, sessionid: tokens.access_token } });
      expect([path, [302, 404].includes(answer.status), answer.setCookies]).toEqual([path, true, []]);
      if (answer.status === 302) expect(answer.headers['location']).toBe('/account');
    }
  });
});
