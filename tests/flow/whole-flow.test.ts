import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import {
  basic,
  REDIRECT_URI,
  type TestApplication,
  type TestTenant,
  type Tokens,
} from '../support/tenant.js';
import { pageOf } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application({ refreshPolicy: { rotation: true } });
});

afterAll(() => fluxo.close());

describe('a person connects an application', () => {
  test('sign-in, consent and code, in one flow', async () => {
    const visitor = acme.visitor();
    const asked = await visitor.authorize(app, { state: 'kept' }, 'dialect');
    expect(pageOf(asked).page).toBe('sign-in-username');

    const signedIn = await visitor.signInWithin(asked, 'Ana');
    expect(signedIn.status).toBe(303);
    const consent = await visitor.get(signedIn.headers['location'] ?? '');
    expect(pageOf(consent).page).toBe('consent');

    const answer = await visitor.decide(consent, 'allow');
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers['location'] ?? '');
    expect(back.origin + back.pathname).toBe(REDIRECT_URI);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      code: expect.stringMatching(/^[A-Za-z0-9]+$/) as string,
      domain: 'acme',
      lane: 'my',
      state: 'kept',
    });
  });

  test('who is signed in already goes straight to the consent screen', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    expect(pageOf(await visitor.authorize(app)).page).toBe('consent');
  });

  test('Cancel goes back with access_denied, and on the standard path with the issuer', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const answer = await visitor.decide(await visitor.authorize(app, { state: 'x' }), 'cancel');
    expect(Object.fromEntries(new URL(answer.headers['location'] ?? '').searchParams)).toEqual({
      error: 'access_denied',
      error_description: expect.any(String) as string,
      domain: 'acme',
      lane: 'my',
      iss: acme.origin,
      state: 'x',
    });
  });
});

describe('the token endpoint answers exactly', () => {
  const ways: readonly [string, (code: string) => Promise<{ status: number; body: string }>][] = [
    [
      'JSON with Basic',
      (code) =>
        acme.send({
          method: 'POST',
          path: '/integrations/oauth2/api/v1/token',
          headers: { 'content-type': 'application/json', authorization: basic(app) },
          body: JSON.stringify({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }),
        }),
    ],
    [
      'JSON with credentials in the body',
      (code) =>
        acme.send({
          method: 'POST',
          path: '/integrations/oauth2/api/v1/token',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            grant_type: 'authorization_code',
            code,
            redirect_uri: REDIRECT_URI,
            client_id: app.clientId,
            client_secret: app.clientSecret,
          }),
        }),
    ],
    [
      'form with Basic',
      (code) =>
        acme.postForm(
          '/integrations/oauth2/api/v1/token',
          { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI },
          { authorization: basic(app) },
        ),
    ],
    [
      'form with credentials in the body',
      (code) =>
        acme.postForm('/integrations/oauth2/api/v1/token', {
          grant_type: 'authorization_code',
          code,
          redirect_uri: REDIRECT_URI,
          client_id: app.clientId,
          client_secret: app.clientSecret,
        }),
    ],
  ];

  test.each(ways)('%s', async (_name, exchange) => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const answer = await exchange(await visitor.allow(app));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      token_type: 'sessionID',
      access_token: expect.stringMatching(/^[A-Za-z0-9]+$/) as string,
      refresh_token: expect.stringMatching(/^[A-Za-z0-9]+$/) as string,
      expires_in: 28_800,
      wid: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });

  test('the standard endpoint says Bearer; the application’s setting overrules both', async () => {
    const tokens = await acme.connect(app, 'ana');
    expect(tokens.token_type).toBe('Bearer');
    const fixed = await acme.application({ name: 'Fixed', tokenType: 'sessionID' });
    expect((await acme.connect(fixed, 'ana')).token_type).toBe('sessionID');
  });

  test('nothing of an answer may be kept by a cache', async () => {
    const tokens = await acme.connect(app, 'ana');
    const answer = await acme.refresh(app, tokens.refresh_token);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('what was allowed can be stopped', () => {
  test('revoking the refresh token ends every session of the grant, and no other grant', async () => {
    const [one, other] = [await acme.connect(app, 'ana'), await acme.connect(app, 'ana')];
    const refreshed = JSON.parse((await acme.refresh(app, one.refresh_token)).body) as Tokens;
    const form = { token: refreshed.refresh_token, client_id: app.clientId, client_secret: app.clientSecret };
    for (const path of ['/oauth2/revoke', '/integrations/oauth2/api/v1/revoke']) {
      const { status, body, headers } = await acme.postForm(path, form);
      // There are clients that read JSON and fail at an empty answer.
      expect([status, body, headers['content-type']]).toEqual([200, '{}', 'application/json; charset=utf-8']);
    }
    expect((await acme.callApi(one.access_token)).status).toBe(401);
    expect((await acme.callApi(refreshed.access_token)).status).toBe(401);
    expect((await acme.refresh(app, refreshed.refresh_token)).status).toBe(400);
    expect((await acme.callApi(other.access_token)).status).toBe(200);
  });

  test('Disconnect at /account: the next API call is 401', async () => {
    await acme.user('bea');
    const tokens = await acme.connect(app, 'bea');
    const visitor = acme.visitor();
    await visitor.signIn('bea');
    const account = await visitor.get('/account');
    expect(account.body).toContain('Planner');
    const consentId = /name="consent_id" value="([^"]+)"|value="([^"]+)" name="consent_id"/.exec(
      account.body,
    );
    const formToken = /name="form_token" value="([^"]+)"|value="([^"]+)" name="form_token"/.exec(
      account.body,
    );
    const answer = await visitor.post('/account/disconnect', {
      form_token: formToken?.[1] ?? formToken?.[2] ?? '',
      consent_id: consentId?.[1] ?? consentId?.[2] ?? '',
    });
    expect(pageOf(answer).page).toBe('account');
    expect((await acme.callApi(tokens.access_token)).status).toBe(401);
    expect((await acme.refresh(app, tokens.refresh_token)).status).toBe(400);
  });
});
