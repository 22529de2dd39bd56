import { beforeAll, describe, expect, test } from 'vitest';
import { JWT_BEARER } from '../support/machine.js';
import {
  DIALECT_TOKEN,
  codeForm,
  HOUR,
  MINUTE,
  pkce,
  postJson,
  refreshForm,
  signedIn,
  tokensOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { basic, credentials, PASSWORD, REDIRECT_URI, type TestApplication } from '../support/tenant.js';
import { flowTokenOf, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;

beforeAll(async () => {
  app = await stage.acme.application({ refreshPolicy: { rotation: true } });
});

describe('metadata', () => {
  test('names the standard endpoints of the origin, each of which is there', async () => {
    const answer = await stage.acme.send({ path: '/.well-known/oauth-authorization-server' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const metadata = JSON.parse(answer.body) as Readonly<Record<string, string>>;
    expect(metadata).toMatchObject({
      issuer: stage.acme.origin,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', JWT_BEARER],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
    const { issuer = '', ...endpoints } = metadata;
    for (const [name, url] of Object.entries(endpoints).filter(([name]) => name.endsWith('_endpoint'))) {
      expect([name, url.startsWith(`${issuer}/oauth2/`)]).toEqual([name, true]);
      const path = url.slice(issuer.length);
      const found =
        name === 'authorization_endpoint'
          ? await stage.acme.send({ path })
          : await stage.acme.postForm(path, {});
      expect([name, found.status]).not.toEqual([name, 404]);
    }
  });

  test('openid-configuration is 404 in JSON, whatever is accepted', async () => {
    for (const accept of ['application/json', 'text/html', undefined]) {
      const answer = await stage.acme.send({
        path: '/.well-known/openid-configuration',
        headers: accept === undefined ? {} : { accept },
      });
      expect([answer.status, answer.headers['content-type']]).toEqual([
        404,
        'application/json; charset=utf-8',
      ]);
      expect(JSON.parse(answer.body)).toMatchObject({ error: 'not_found' });
    }
  });

  test('what is nowhere is 404: a page for a person, JSON for a program', async () => {
    const page = await stage.acme.send({ path: '/nowhere', headers: { accept: 'text/html' } });
    expect([page.status, pageOf(page).problem]).toEqual([404, 'not-found']);
    const json = await stage.acme.send({ path: '/nowhere' });
    expect([json.status, (JSON.parse(json.body) as { error: string }).error]).toEqual([404, 'not_found']);
  });
});

describe('health', () => {
  test.each(['acme.my.localhost', 'oauth.my.localhost', '10.0.0.7:3000', 'anything.example', 'bad host'])(
    'live and ready on any host (%s)',
    async (host) => {
      for (const [path, status] of [
        ['/health/live', 'live'],
        ['/health/ready', 'ready'],
      ] as const) {
        const answer = await stage.acme.send({ path, headers: { host } });
        expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { status }]);
        expect(answer.setCookies).toEqual([]);
      }
      expect((await stage.acme.send({ path: '/health/other', headers: { host } })).status).toBe(404);
    },
  );
});

describe('the throttle on sign-in', () => {
  const attempt = async (visitor: Visitor, username: string, password: string) =>
    visitor.signInWithin(await visitor.get('/account'), username, password);

  test('after ten wrong passwords 429 with Retry-After, for that account; later it opens again', async () => {
    // The environment's time isn't the machine's, and the page counts from the environment's.
    stage.fluxo.clock.advance(3 * HOUR);
    await stage.acme.user('bea');
    const open = await signedIn(stage.acme, 'bea');
    for (let guess = 0; guess < 10; guess += 1) {
      const wrong = await attempt(stage.acme.visitor(), 'bea', `wrong ${guess}`);
      expect([wrong.status, pageOf(wrong).page]).toEqual([422, 'sign-in-password']);
    }
    for (const password of ['wrong again', PASSWORD]) {
      const throttled = await attempt(stage.acme.visitor(), 'BEA', password);
      expect(throttled.status).toBe(429);
      const seconds = Number(throttled.headers['retry-after']);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(15 * 60);
      expect(throttled.body).toContain('in 15 minutes');
      expect(throttled.setCookies.join()).not.toContain('fluxo-session');
    }
    expect(pageOf(await open.get('/account')).page).toBe('account');
    expect((await attempt(stage.acme.visitor(), 'ana', PASSWORD)).status).toBe(303);
    stage.fluxo.clock.advance(15 * MINUTE);
    expect((await attempt(stage.acme.visitor(), 'bea', PASSWORD)).status).toBe(303);
  });

  test('right passwords never count: a person may sign in as often as they like', async () => {
    for (let round = 0; round < 12; round += 1) {
      expect((await attempt(stage.acme.visitor(), 'ana', PASSWORD)).status).toBe(303);
    }
  });

  test('a user who is not there is throttled like one who is', async () => {
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await attempt(stage.acme.visitor(), 'nobody', 'wrong pass')).status).toBe(422);
    }
    expect((await attempt(stage.acme.visitor(), 'nobody', 'wrong pass')).status).toBe(429);
  });
});

describe('the log', () => {
  test('has a line with the request’s id for each request, and no secret in any line', async () => {
    const secrets = new Set<string>([PASSWORD, app.clientSecret, 'Pa$$w0rd-typed-as-username']);
    const remember = (...values: readonly string[]): void => values.forEach((value) => secrets.add(value));
    const { verifier, challenge } = pkce();
    const state = 'STATEstateSTATE0123';
    const visitor = stage.acme.visitor();
    const asked = await visitor.authorize(app, { ...challenge, state, login_hint: 'HINThint' });
    remember(state, flowTokenOf(asked), verifier);
    await visitor.signInWithin(asked, 'Pa$$w0rd-typed-as-username', 'WRONGwrongWRONG');
    remember('WRONGwrongWRONG');
    const signed = await visitor.signInWithin(await visitor.authorize(app, { ...challenge, state }), 'ana');
    const consent = await visitor.get(signed.headers['location'] ?? '');
    remember(flowTokenOf(consent), ...visitor.cookies.values());
    const answer = await visitor.decide(consent, 'allow');
    const code = new URL(answer.headers['location'] ?? '').searchParams.get('code') ?? '';
    const tokens = tokensOf(await stage.acme.exchange(app, code, { code_verifier: verifier }));
    const next = tokensOf(await stage.acme.refresh(app, tokens.refresh_token));
    remember(code, tokens.access_token, tokens.refresh_token, next.access_token, next.refresh_token);

    // The same in wrong places: where a fault is looked into, nothing of it may be written down.
    const wrong = { redirect_uri: `${REDIRECT_URI}?leak=${code}` };
    await visitor.authorize(app, wrong);
    for (const value of [...secrets]) {
      await stage.acme.postForm(DIALECT_TOKEN, { ...codeForm(value), ...credentials(app) });
      await stage.acme.postForm(DIALECT_TOKEN, {
        ...refreshForm(value),
        client_id: value,
        client_secret: value,
      });
      await stage.acme.postForm(DIALECT_TOKEN, { grant_type: value, ...credentials(app) });
      await stage.acme.postForm(
        DIALECT_TOKEN,
        { ...codeForm(value), [value]: value },
        { authorization: `Basic ${value}` },
      );
      await stage.acme.postForm(DIALECT_TOKEN, codeForm('x'), {
        authorization: basic({ ...app, clientId: value, clientSecret: value }),
      });
      await stage.acme.postForm(`${DIALECT_TOKEN}?${new URLSearchParams({ code: value }).toString()}`, {});
      await postJson(stage.acme, `{"code":"${value}","code":"${value}","${value}":1}`);
      await stage.acme.send({ path: `/attask/api/v14.0/proj/search?sessionID=${encodeURIComponent(value)}` });
      await stage.acme.send({
        path: '/attask/api/v14.0/proj/search',
        headers: { sessionid: value, 'x-request-id': value, 'user-agent': value },
      });
      await visitor.get(
        `/oauth2/authorize?client_id=${encodeURIComponent(value)}&state=${encodeURIComponent(value)}`,
      );
      await visitor.authorize(app, { response_type: value, scope: value });
      await visitor.authorize(app, { code_challenge: value, code_challenge_method: value, prompt: value });
      await visitor.get(`/consent?flow=${encodeURIComponent(value)}`);
      await visitor.post('/sign-in', { flow: value, username: value });
      await stage.acme.postForm('/oauth2/revoke', { token: value, ...credentials(app) });
      await stage.acme.postForm('/oauth2/introspect', { token: value, client_id: value });
    }
    stage.fluxo.clock.advance(9 * HOUR);
    await stage.acme.callApi(next.access_token);

    const log = stage.fluxo.log.join('');
    const lines = log.trim().split('\n');
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
    const { headers } = await stage.acme.send({ path: '/account' });
    expect(stage.fluxo.log.join('')).toContain(headers['x-request-id']);
    const found = [...secrets].filter((secret) => secret.length > 3 && log.includes(secret));
    expect(found).toEqual([]);
    expect(lines.filter((line) => [...secrets].some((secret) => line.includes(secret.slice(0, 24))))).toEqual(
      [],
    );
  });
});
