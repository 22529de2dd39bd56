import type { User } from '@fluxo/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { exchangeJwt } from '../../packages/client/src/index.js';
import { Administrator } from '../support/administrator.js';
import { newMachine } from '../support/machine.js';
import { introspect, postJson, statusOf, tokensOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { basic, type TestTenant } from '../support/tenant.js';

const stage = useStage();
let ana: User;

beforeAll(async () => {
  ana = await stage.acme.user('ana-of-the-import');
});

/** The platform's `fetch`, without a socket. */
function fetchAt(tenant: TestTenant) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init);
    const headers: Record<string, string> = {};
    request.headers.forEach((value, name) => {
      headers[name] = value;
    });
    const { status, body } = await tenant.send({
      method: 'POST',
      path: new URL(request.url).pathname,
      headers,
      body: await request.text(),
    });
    return new Response(body, { status });
  };
}

describe('a machine application', () => {
  test.each([
    ['RS256', 'RS256'],
    ['RS256', 'PS256'],
    ['ES256', 'ES256'],
    ['EdDSA', 'EdDSA'],
  ] as const)(
    'with a key for %s, our client signs %s and gets a session of its user',
    async (kind, algorithm) => {
      const machine = await newMachine(stage.acme, ana, { algorithm: kind });
      const session = await exchangeJwt({
        origin: stage.acme.origin,
        ...{ clientId: machine.app.clientId, clientSecret: machine.app.clientSecret },
        ...{ environmentId: stage.acme.environment.id, wid: ana.id, algorithm },
        privateKeyPem: machine.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
        fetch: fetchAt(stage.acme),
        now: () => stage.fluxo.clock.now(),
      });
      expect(session).toMatchObject({ wid: ana.id, tokenType: 'Bearer' });
      expect(await statusOf(stage.acme, { access_token: session.accessToken })).toBe('alive');
    },
  );

  test('sends its secret in a form, in JSON or by Basic, as at the token endpoint', async () => {
    const machine = await newMachine(stage.acme, ana);
    const path = '/integrations/oauth2/api/v1/jwt/exchange';
    const { clientId: client_id, clientSecret: client_secret } = machine.app;
    const json = { client_id, client_secret, jwt_token: await machine.sign() };
    expect((await postJson(stage.acme, json, { path })).status).toBe(200);
    const headers = { authorization: basic(machine.app) };
    expect((await postJson(stage.acme, { jwt_token: await machine.sign() }, { path, headers })).status).toBe(
      200,
    );
    const form = { jwt_token: await machine.sign() };
    expect((await stage.acme.postForm(path, form, headers)).status).toBe(200);
    const query = await stage.acme.postForm(`${path}?jwt_token=x`, form, headers);
    expect([query.status, query.body]).toEqual([400, expect.stringContaining('never into the URL')]);
    expect((await stage.acme.send({ path })).status).toBe(405);
  });

  test('at the host that names no organization it is found by its client_id', async () => {
    const machine = await newMachine(stage.acme, ana);
    const answer = await stage.acme.postForm(
      '/integrations/oauth2/api/v1/jwt/exchange',
      {
        client_id: machine.app.clientId,
        client_secret: machine.app.clientSecret,
        jwt_token: await machine.sign(),
      },
      { host: 'oauth.my.localhost:3000' },
    );
    expect(answer.status).toBe(200);
    expect(await statusOf(stage.acme, tokensOf(answer))).toBe('alive');
  });

  test('its session is introspected and revoked like any other, and is used up by idleness', async () => {
    const machine = await newMachine(stage.acme, ana);
    const first = tokensOf(await machine.exchange(await machine.sign()));
    expect(await introspect(stage.acme, machine.app, first.access_token)).toMatchObject({
      ...{ active: true, sub: ana.id, client_id: machine.app.clientId },
    });
    const form = { token: first.access_token };
    await stage.acme.postForm('/oauth2/revoke', form, { authorization: basic(machine.app) });
    expect(await statusOf(stage.acme, first)).toBe('dead');
    const second = tokensOf(await machine.exchange(await machine.sign()));
    stage.fluxo.clock.advance(8 * 3_600_000);
    expect(await statusOf(stage.acme, second)).toBe('dead');
  });

  test('its settings say no redirect URL and no refresh policy; what says nothing is taken', async () => {
    const machine = await newMachine(stage.acme, ana);
    const administrator = new Administrator(stage.acme);
    const nothing = {
      redirectUrls: [],
      refreshPolicy: { rotation: false, absoluteDays: null, inactivityDays: null },
    };
    await administrator.changeApplication(machine.app, nothing);
    const change = (input: Parameters<Administrator['changeApplication']>[1]) =>
      administrator.changeApplication(machine.app, input);
    await expect(change({ redirectUrls: ['https://import.example/cb'] })).rejects.toThrow('no redirect URLs');
    await expect(change({ refreshPolicy: { rotation: true } })).rejects.toThrow('no refresh tokens');
    await expect(change({ rememberConsent: true })).rejects.toThrow('Only a web application');
  });
});

describe('an environment’s limit of applications', () => {
  test('of many registered at once exactly as many succeed as there is room for, and the others hear why', async () => {
    const small = await stage.fluxo.environment('small', 'my', { maxApplications: 2 });
    await small.application();
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => small.application()));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(5);
    for (const outcome of refused) {
      expect((outcome as PromiseRejectedResult).reason).toMatchObject({
        ...{ name: 'InputError', field: 'maxApplications' },
      });
    }
  });
});
