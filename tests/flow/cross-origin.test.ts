import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { codeForm, connectAs, pkce, refreshForm, signedIn, verdictOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { TestApplication } from '../support/tenant.js';
import { authorizePath, type Visitor } from '../support/visitor.js';

const ORIGIN = 'https://spa.example';
const TOKEN_PATHS = [
  '/oauth2/token',
  '/oauth2/revoke',
  '/integrations/oauth2/api/v1/token',
  '/integrations/oauth2/api/v1/revoke',
];
const SEARCH = '/attask/api/v14.0/proj/search';

const stage = useStage();
let spa: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  spa = await stage.acme.application({ kind: 'spa', redirectUrls: [`${ORIGIN}/callback`] });
  await stage.acme.application({ redirectUrls: ['https://web.example/callback'] });
  ana = await signedIn(stage.acme);
});

const allowed = async (path: string, origin: string, method: 'OPTIONS' | 'GET' | 'POST' = 'OPTIONS') =>
  (await stage.acme.send({ method, path, headers: { origin, 'access-control-request-method': 'POST' } }))
    .headers;

describe('browser apps across origins', () => {
  test.each([...TOKEN_PATHS, SEARCH])('a preflight of a spa’s origin at %s', async (path) => {
    const headers = await allowed(path, ORIGIN);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['access-control-allow-headers']).toMatch(/authorization/);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['vary']).toBe('Origin');
  });

  const strangers = [
    'null',
    'https://web.example',
    'https://spa.example.evil',
    'https://evilspa.example',
    'http://spa.example',
    'https://spa.example:8443',
    'https://sub.spa.example',
    'https://SPA.example',
    'https://spa.example/',
  ];
  test.each(strangers)('no other origin: %s', async (origin) => {
    for (const path of [...TOKEN_PATHS, SEARCH]) {
      expect((await allowed(path, origin))['access-control-allow-origin']).toBeUndefined();
      expect((await allowed(path, origin, 'POST'))['access-control-allow-origin']).toBeUndefined();
    }
    expect((await allowed(SEARCH, origin, 'GET'))['access-control-allow-origin']).toBeUndefined();
  });

  test('none at the authorization page, introspection and our pages', async () => {
    for (const path of [authorizePath(spa), '/account', '/oauth2/introspect', '/sign-in']) {
      for (const method of ['OPTIONS', 'GET', 'POST'] as const) {
        expect((await allowed(path, ORIGIN, method))['access-control-allow-origin']).toBeUndefined();
      }
    }
  });

  test('code, refresh, API and revocation, errors too, are readable for the app', async () => {
    const headers = { origin: ORIGIN };
    const { verifier, challenge } = pkce();
    const code = await ana.allow(spa, challenge);
    const form = { ...codeForm(code), redirect_uri: `${ORIGIN}/callback`, client_id: spa.clientId };
    const refused = await stage.acme.postForm('/oauth2/token', form, headers);
    expect(verdictOf(refused)).toBe('400 invalid_grant');
    const answer = await stage.acme.postForm('/oauth2/token', { ...form, code_verifier: verifier }, headers);
    const tokens = JSON.parse(answer.body) as {
      readonly access_token: string;
      readonly refresh_token: string;
    };
    const api = await stage.acme.send({
      path: SEARCH,
      headers: { ...headers, sessionid: tokens.access_token },
    });
    const unknown = await stage.acme.send({ path: SEARCH, headers: { ...headers, sessionid: 'x' } });
    const refreshed = await stage.acme.postForm(
      '/oauth2/token',
      { ...refreshForm(tokens.refresh_token), client_id: spa.clientId },
      headers,
    );
    const revoked = await stage.acme.postForm(
      '/oauth2/revoke',
      { token: tokens.refresh_token, client_id: spa.clientId },
      headers,
    );
    expect([answer, api, unknown, refreshed, revoked].map(({ status }) => status)).toEqual([
      200, 200, 401, 200, 200,
    ]);
    for (const each of [refused, answer, api, unknown, refreshed, revoked]) {
      expect(each.headers['access-control-allow-origin']).toBe(ORIGIN);
    }
  });

  test('a malformed request is refused readably, too', async () => {
    const twice = await stage.acme.send({
      method: 'POST',
      path: '/oauth2/token',
      headers: { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'code=a&code=b',
    });
    expect(verdictOf(twice)).toBe('400 invalid_request');
    expect(twice.headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  test('not for another environment’s app, nor when it is disabled', async () => {
    const beta = await stage.fluxo.environment('beta');
    const preflight = { method: 'OPTIONS' as const, path: '/oauth2/token', headers: { origin: ORIGIN } };
    expect((await beta.send(preflight)).headers['access-control-allow-origin']).toBeUndefined();
    const fleeting = await beta.application({ kind: 'spa', redirectUrls: [`${ORIGIN}/callback`] });
    expect((await beta.send(preflight)).headers['access-control-allow-origin']).toBe(ORIGIN);
    await new Administrator(beta).changeApplication(fleeting, { enabled: false });
    expect((await beta.send(preflight)).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a cookie never comes along: the API across origins needs the session in a header', async () => {
    const headers = { origin: ORIGIN, 'sec-fetch-site': 'cross-site' };
    expect((await ana.send({ path: SEARCH, headers })).status).toBe(401);
    const { access_token } = await connectAs(ana, await stage.acme.application());
    expect(
      (await stage.acme.send({ path: SEARCH, headers: { ...headers, sessionid: access_token } })).status,
    ).toBe(200);
  });
});
