import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import {
  basic,
  credentials,
  PASSWORD,
  type HttpAnswer,
  type TestApplication,
  type TestTenant,
  type Tokens,
} from '../support/tenant.js';
import { authorizePath, flowTokenOf, hiddenValueOf, pageOf, type Visitor } from '../support/visitor.js';

const FAMILIES = ['/oauth2', '/integrations/oauth2/api/v1'];

let fluxo: TestFluxo;
/** Where everything is stolen. */
let acme: TestTenant;
let app: TestApplication;
/** Where it is tried: another organization, and another lane of the same one, with the same person and application. */
let elsewhere: readonly (readonly [TestTenant, TestApplication])[];

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application();
  const others = [await fluxo.environment('beta'), await fluxo.environment('acme', 'sb01')];
  elsewhere = await Promise.all(
    others.map(async (tenant) => {
      await tenant.user('ana');
      return [tenant, await tenant.application()] as const;
    }),
  );
});

afterAll(() => fluxo.close());

function expectRefused(answer: HttpAnswer, error: string): void {
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    error === 'invalid_client' ? 401 : 400,
    expect.objectContaining({ error }),
  ]);
}

/** The same browser at another tenant's host: cookies are host-only, so somebody must have copied them. */
function copyOf(visitor: Visitor, tenant: TestTenant): Visitor {
  const copy = tenant.visitor();
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
  return copy;
}

describe('64 · what belongs to one environment, at another', () => {
  let visitor: Visitor;
  let tokens: Tokens;
  beforeEach(async () => {
    visitor = acme.visitor();
    await visitor.signIn('ana');
    tokens = JSON.parse((await acme.exchange(app, await visitor.allow(app))).body) as Tokens;
  });

  test('a client, at the authorization page', async () => {
    expect(pageOf(await visitor.get(authorizePath(app))).page).toBe('consent');
    for (const [other] of elsewhere) {
      for (const family of ['standard', 'dialect'] as const) {
        const answer = await other.visitor().authorize(app, {}, family);
        expect([answer.status, pageOf(answer).problem]).toEqual([400, 'client-unknown']);
      }
    }
  });

  test('a client, at every endpoint for applications', async () => {
    for (const family of FAMILIES) {
      for (const [endpoint, form] of [
        ['token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }],
        ['introspect', { token: tokens.access_token }],
        ['revoke', { token: 'fxs' }],
      ] as const) {
        const path = `${family}/${endpoint}`;
        expect((await acme.postForm(path, { ...form, ...credentials(app) })).status).toBe(200);
        for (const [other] of elsewhere) {
          expectRefused(await other.postForm(path, { ...form, ...credentials(app) }), 'invalid_client');
          expectRefused(await other.postForm(path, form, { authorization: basic(app) }), 'invalid_client');
        }
      }
    }
  });

  test('a code', async () => {
    const code = await visitor.allow(app);
    for (const [other, otherApp] of elsewhere) {
      expectRefused(await other.exchange(app, code), 'invalid_client');
      expectRefused(await other.exchange(otherApp, code), 'invalid_grant');
      expectRefused(await acme.exchange(otherApp, code), 'invalid_client');
    }
    expect((await acme.exchange(app, code)).status).toBe(200);
  });

  test('a refresh token', async () => {
    for (const [other, otherApp] of elsewhere) {
      expectRefused(await other.refresh(otherApp, tokens.refresh_token), 'invalid_grant');
      for (const family of FAMILIES) {
        const form = { token: tokens.refresh_token, ...credentials(otherApp) };
        expect(JSON.parse((await other.postForm(`${family}/introspect`, form)).body)).toEqual({
          active: false,
        });
        expect((await other.postForm(`${family}/revoke`, form)).status).toBe(200);
      }
    }
    expect((await acme.refresh(app, tokens.refresh_token)).status).toBe(200);
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
  });

  test('an access token', async () => {
    const bearer = { authorization: `Bearer ${tokens.access_token}` };
    const projects = '/attask/api/v14.0/proj/search';
    expect((await acme.send({ path: projects, headers: bearer })).status).toBe(200);
    for (const [other, otherApp] of elsewhere) {
      expect((await other.callApi(tokens.access_token)).status).toBe(401);
      expect((await other.send({ path: projects, headers: bearer })).status).toBe(401);
      for (const family of FAMILIES) {
        const form = { token: tokens.access_token, ...credentials(otherApp) };
        expect(JSON.parse((await other.postForm(`${family}/introspect`, form)).body)).toEqual({
          active: false,
        });
        expect((await other.postForm(`${family}/revoke`, form)).status).toBe(200);
      }
    }
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
  });

  test('the cookies of a browser', async () => {
    expect(pageOf(await visitor.get('/account')).page).toBe('account');
    const own = { 'sec-fetch-site': 'same-origin' };
    const projects = '/attask/api/v14.0/proj/search';
    expect((await visitor.get(projects, own)).status).toBe(200);
    for (const [other, otherApp] of elsewhere) {
      const copy = copyOf(visitor, other);
      expect(pageOf(await copy.get('/account')).page).toBe('sign-in-username');
      expect(pageOf(await copy.authorize(otherApp)).page).toBe('sign-in-username');
      expect((await copy.get(projects, own)).status).toBe(401);
      const silent = await copy.authorize(otherApp, { prompt: 'none' });
      expect(silent.headers['location']).toContain('error=login_required');
    }
  });

  test('signing in elsewhere with a stolen cookie ends nothing here', async () => {
    for (const [other] of elsewhere) await copyOf(visitor, other).signIn('ana');
    expect(pageOf(await visitor.get('/account')).page).toBe('account');
  });

  test('the form token and the identifiers of an account page', async () => {
    const account = await visitor.get('/account');
    const stolen = {
      form_token: hiddenValueOf(account, 'form_token'),
      consent_id: hiddenValueOf(account, 'consent_id'),
      session_id: hiddenValueOf(account, 'session_id'),
    };
    for (const [other] of elsewhere) {
      const there = other.visitor();
      await there.signIn('ana');
      const own = { form_token: hiddenValueOf(await there.get('/account'), 'form_token') };
      for (const path of ['/account/disconnect', '/account/end-session', '/account/sign-out-everywhere']) {
        expect((await there.post(path, stolen)).status).toBe(403);
        expect((await copyOf(visitor, other).post(path, stolen)).status).toBe(403);
      }
      expect((await there.post('/account/disconnect', { ...stolen, ...own })).status).toBe(303);
      expect((await there.post('/account/end-session', { ...stolen, ...own })).status).toBe(200);
    }
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
    expect(pageOf(await visitor.post('/account/disconnect', stolen)).page).toBe('account');
    expect((await acme.callApi(tokens.access_token)).status).toBe(401);
  });

  test('a flow, with the cookies that belong to it', async () => {
    const consent = await visitor.authorize(app);
    const flow = flowTokenOf(consent);
    for (const [other] of elsewhere) {
      const copy = copyOf(visitor, other);
      for (const path of ['/consent', '/sign-in', '/sign-in/password']) {
        const shown = await copy.get(`${path}?flow=${flow}`);
        expect([shown.status, pageOf(shown).problem]).toEqual([403, 'flow-not-yours']);
      }
      const forms = { username: 'ana', password: PASSWORD, decision: 'allow', flow };
      for (const path of ['/consent', '/sign-in', '/sign-in/password', '/sign-in/switch']) {
        expect((await copy.post(path, forms)).status).toBe(403);
      }
      // A session of one's own there doesn't help.
      await copy.signIn('ana');
      copy.cookies.set('fluxo-browser', visitor.cookies.get('fluxo-browser')!);
      expect((await copy.post('/consent', forms)).status).toBe(403);
    }
    expect((await visitor.decide(consent, 'allow')).headers['location']).toContain('code=');
  });

  test('a password, and the picture of an application', async () => {
    await acme.storage.applications.setLogo(app.application.clientId, {
      png: new Uint8Array([1]),
      version: 'v1',
    });
    const logo = `/applications/${app.clientId}/logo`;
    expect((await acme.send({ path: logo })).status).toBe(200);
    await acme.user('only-here');
    expect((await acme.visitor().signIn('only-here')).status).toBe(303);
    for (const [other] of elsewhere) {
      expect((await other.send({ path: logo })).status).toBe(404);
      expect((await other.visitor().signIn('only-here')).status).toBe(422);
    }
  });

  test('a client of another lane, at the host that finds the organization by it', async () => {
    const finder = (lane: string): Record<string, string> => ({ host: `oauth.${lane}.localhost:3000` });
    const path = authorizePath(app);
    const found = await acme.send({ path, headers: finder('my') });
    expect([found.status, found.headers['location']]).toEqual([302, `${acme.origin}${path}`]);
    expect(found.setCookies).toEqual([]);
    const lost = await acme.send({ path, headers: finder('sb01') });
    expect([lost.status, pageOf(lost).problem]).toEqual([400, 'client-unknown']);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...credentials(app) };
    expect((await acme.postForm('/oauth2/token', form, finder('my'))).status).toBe(200);
    expectRefused(await acme.postForm('/oauth2/token', form, finder('sb01')), 'invalid_client');
    const session = { sessionid: tokens.access_token };
    const api = await acme.send({
      path: '/attask/api/v14.0/proj/search',
      headers: { ...session, ...finder('my') },
    });
    expect(api.status).toBe(404);
    for (const page of ['/account', '/sign-in', '/consent']) {
      expect((await visitor.get(page, finder('my'))).status).toBe(404);
    }
  });
});

describe('66 · an application’s session where only a browser’s counts, and the other way round', () => {
  test('in the cookie, in the headers: as signed out', async () => {
    const browser = acme.visitor();
    await browser.signIn('ana');
    const tokens = JSON.parse((await acme.exchange(app, await browser.allow(app))).body) as Tokens;
    const carriers: readonly Record<string, string>[] = [
      { cookie: `fluxo-session=${tokens.access_token}` },
      { sessionid: tokens.access_token },
      { authorization: `Bearer ${tokens.access_token}` },
      { authorization: `sessionID ${tokens.access_token}` },
    ];
    expect(pageOf(await browser.get('/account')).page).toBe('account');
    expect(pageOf(await browser.authorize(app)).page).toBe('consent');
    const consent = await browser.authorize(app);
    const flow = flowTokenOf(consent);
    const browserCookie = `fluxo-browser=${browser.cookies.get('fluxo-browser') ?? ''}`;
    for (const headers of carriers) {
      const pages = ['/account', `/account?sessionID=${tokens.access_token}`, '/console', authorizePath(app)];
      for (const path of pages) {
        const page = await acme.send({ path, headers });
        expect([page.status, pageOf(page).page]).toEqual([200, 'sign-in-username']);
      }
      const cookie = [browserCookie, headers['cookie']].filter((text) => text !== undefined).join('; ');
      const decided = await acme
        .visitor()
        .post('/consent', { flow, decision: 'allow' }, { ...headers, cookie });
      expect([decided.status, pageOf(decided).problem]).toEqual([403, 'flow-not-yours']);
      for (const path of ['/account/sign-out-everywhere', '/sign-out']) {
        expect((await acme.visitor().post(path, { form_token: '' }, headers)).status).toBe(403);
      }
      // In the cookie it is nobody's; in a header it is known for what it is, except to what only operators may.
      const refused = headers['cookie'] === undefined ? 403 : 401;
      for (const [path, status] of [
        ...([
          ['/api/v1/me', refused],
          ['/api/v1/users', refused],
        ] as const),
        ['/api/v1/environments', 401],
      ] as const) {
        expect([path, (await acme.send({ path, headers })).status]).toEqual([path, status]);
      }
    }
    const inCookie = { cookie: `fluxo-session=${tokens.access_token}`, 'sec-fetch-site': 'same-origin' };
    const projects = '/attask/api/v14.0/proj/search';
    expect((await browser.get(projects, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await acme.send({ path: projects, headers: inCookie })).status).toBe(401);
    expect((await browser.decide(consent, 'allow')).headers['location']).toContain('code=');
  });

  test('a browser’s session is no access token', async () => {
    const browser = acme.visitor();
    await browser.signIn('ana');
    const session = browser.cookies.get('fluxo-session')!;
    expect((await acme.callApi(session)).status).toBe(401);
    const bearer = { authorization: `Bearer ${session}` };
    expect((await acme.send({ path: '/attask/api/v14.0/proj/search', headers: bearer })).status).toBe(401);
    const form = { token: session, ...credentials(app) };
    expect(JSON.parse((await acme.postForm('/oauth2/introspect', form)).body)).toEqual({ active: false });
    expect((await acme.postForm('/oauth2/revoke', form)).status).toBe(200);
    expect(pageOf(await browser.get('/account')).page).toBe('account');
    const { access_token } = await acme.connect(app, 'ana');
    expect((await acme.callApi(access_token)).status).toBe(200);
  });

  test('the browser’s cookie reads the API for our own pages only, and writes nothing', async () => {
    const browser = acme.visitor();
    await browser.signIn('ana');
    const projects = '/attask/api/v14.0/proj/search';
    expect((await browser.get(projects, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await browser.get(projects, { origin: acme.origin })).status).toBe(200);
    const foreign: readonly Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: acme.origin },
      { 'sec-fetch-site': 'none' },
      { origin: elsewhere[0]![0].origin },
      { origin: 'null' },
    ];
    for (const headers of foreign) expect((await browser.get(projects, headers)).status).toBe(401);
  });
});
