import { createOperatorKey } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdminClient, problemOf, withJson } from '../support/admin-client.js';
import {
  adminOperations,
  callOf,
  everythingIn,
  furnishAdmin,
  type AdminOperation,
  type Artefacts,
} from '../support/admin-operations.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { newMachine } from '../support/machine.js';
import type { HttpCall, TestTenant, Tokens } from '../support/tenant.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let beta: TestTenant;
let admin: AdminClient;
let ordinary: AdminClient;
let neighbour: AdminClient;
let own: Artefacts;
let foreign: Artefacts;
let operations: readonly AdminOperation[];
let operatorKey: string;
/** Sessions of applications, all of them for the administrator `root`. */
const sessions = { web: '', machine: '', adminMachine: '', ordinaryMachine: '' };

async function machineSession(tenant: TestTenant, username: string, adminApi: boolean): Promise<string> {
  const user = (await tenant.storage.users.findByUsername(username))?.user;
  if (user === undefined) throw new Error(`There is no ${username}.`);
  const app = await tenant.application({ kind: 'machine', name: 'Script', redirectUrls: [], adminApi });
  const machine = await newMachine(tenant, user, { app });
  const { body } = await machine.exchange(await machine.sign());
  return (JSON.parse(body) as Tokens).access_token;
}

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme', 'my', { maxApplications: 100 });
  beta = await fluxo.environment('beta', 'my', { maxApplications: 100 });
  for (const tenant of [acme, beta]) await tenant.user('root', { administrator: true });
  await acme.user('ben');
  admin = await AdminClient.signIn(acme, 'root');
  neighbour = await AdminClient.signIn(beta, 'root');
  ordinary = await AdminClient.signIn(acme, 'ben');
  own = await furnishAdmin(acme, admin);
  foreign = await furnishAdmin(beta, neighbour);
  operations = await adminOperations(acme);
  sessions.web = (await acme.connect(await acme.application(), 'root')).access_token;
  sessions.machine = await machineSession(acme, 'root', false);
  sessions.adminMachine = await machineSession(acme, 'root', true);
  sessions.ordinaryMachine = await machineSession(acme, 'ben', true);
  const { storage, essentials } = fluxo.server.services;
  operatorKey = (await createOperatorKey(null, { store: storage.operatorKeys, essentials })).text;
});
afterAll(() => fluxo.close());

const cookieOf = ({ visitor }: AdminClient): string =>
  [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Calls everything so; nothing may answer otherwise, and nothing may have changed. */
async function expectRefused(
  headers: HttpCall['headers'],
  status: number,
  which: (operation: AdminOperation) => boolean = () => true,
): Promise<void> {
  const before = await everythingIn(fluxo);
  const called = operations.filter(which);
  expect(called.length).toBeGreaterThan(10);
  for (const operation of called) {
    const call = callOf(operation, own);
    const answer = withJson(await acme.send({ ...call, headers: { ...call.headers, ...headers } }));
    expect([operation.id, answer.status]).toEqual([operation.id, operation.forOperators ? 401 : status]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  }
  expect(await everythingIn(fluxo)).toEqual(before);
}

const changes = ({ method, forOperators }: AdminOperation): boolean => method !== 'GET' && !forOperators;
const reads = ({ method, forOperators }: AdminOperation): boolean => method === 'GET' && !forOperators;

describe('66 · whoever is no administrator, at every call of the administrators’ API', () => {
  test('an administrator reads, by cookie or through a machine application that was let in', async () => {
    for (const operation of operations.filter(reads)) {
      if (operation.id === 'compareLane') continue;
      const call = callOf(operation, own);
      expect([operation.id, (await admin.visitor.send(call)).status]).toEqual([operation.id, 200]);
      for (const headers of [
        { authorization: `Bearer ${sessions.adminMachine}` },
        { sessionid: sessions.adminMachine },
      ]) {
        const answer = await acme.send({ ...call, headers });
        expect([operation.id, answer.status]).toEqual([operation.id, 200]);
      }
    }
    const bearer = { authorization: `Bearer ${sessions.adminMachine}`, 'content-type': 'application/json' };
    const made = await acme.send({
      ...{ method: 'POST', path: '/api/v1/applications/check-redirect-url', headers: bearer },
      body: JSON.stringify({ kind: 'web', url: 'https://app.example/' }),
    });
    expect(made.status).toBe(200);
  });

  test('nobody', () => expectRefused({}, 401));

  test('an ordinary user, with everything that a page of ours adds', () =>
    expectRefused({ ...ordinary.proof(), cookie: cookieOf(ordinary) }, 403));

  test('a web application’s session, although an administrator’s', async () => {
    expect((await acme.callApi(sessions.web)).status).toBe(200);
    await expectRefused({ authorization: `Bearer ${sessions.web}` }, 403);
    await expectRefused({ sessionid: sessions.web }, 403);
  });

  test('a machine application that was not let in', () =>
    expectRefused({ authorization: `Bearer ${sessions.machine}` }, 403));

  test('a machine application that was let in, for a user who is no administrator', () =>
    expectRefused({ authorization: `Bearer ${sessions.ordinaryMachine}` }, 403));

  test('an application’s session in the cookie, a browser’s in a header', async () => {
    await expectRefused({ ...admin.proof(), cookie: `fluxo-session=${sessions.adminMachine}` }, 401);
    const value = admin.visitor.cookies.get('fluxo-session') ?? '';
    expect(value).toMatch(/^fxs/);
    await expectRefused({ authorization: `Bearer ${value}` }, 401);
    await expectRefused({ sessionid: value }, 401);
  });

  test('a header that proves nothing, beside an administrator’s cookie', async () => {
    const cookie = { ...admin.proof(), cookie: cookieOf(admin) };
    await expectRefused({ ...cookie, authorization: 'Bearer nothing' }, 401);
    await expectRefused({ ...cookie, authorization: 'Basic cm9vdDpyb290' }, 401);
    await expectRefused({ ...cookie, sessionid: sessions.machine }, 403);
    await expectRefused(
      { sessionid: sessions.machine, authorization: `Bearer ${sessions.adminMachine}` },
      401,
    );
  });

  test('an operator’s key opens environments and nothing else; nothing else opens those', async () => {
    await expectRefused({ authorization: `Bearer ${operatorKey}` }, 401, ({ forOperators }) => !forOperators);
    const call = { path: '/api/v1/environments' };
    expect((await acme.send({ ...call, headers: { authorization: `Bearer ${operatorKey}` } })).status).toBe(
      200,
    );
    expect((await admin.get('/environments')).status).toBe(401);
    expect(
      (await acme.send({ ...call, headers: { authorization: `Bearer ${sessions.adminMachine}` } })).status,
    ).toBe(401);
  });

  test('who was an administrator a moment ago', async () => {
    await acme.user('cleo', { administrator: true });
    const cleo = await AdminClient.signIn(acme, 'cleo');
    const session = await machineSession(acme, 'cleo', true);
    const bearer = { authorization: `Bearer ${session}` };
    expect([
      (await cleo.get('/me')).status,
      (await acme.send({ path: '/api/v1/me', headers: bearer })).status,
    ]).toEqual([200, 200]);
    const wid = String(
      (await cleo.get('/me')).json['user'] && ((await cleo.get('/me')).json['user'] as { wid: string }).wid,
    );
    await admin.change(`/users/${wid}`, { administrator: false });
    await expectRefused({ ...cleo.proof(), cookie: cookieOf(cleo) }, 403);
    await expectRefused(bearer, 403);
  });
});

describe('51 · a change that no page of this origin asked for', () => {
  const proven = (): Record<string, string> => ({ ...admin.proof(), cookie: cookieOf(admin) });
  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(proven()).filter(([key]) => key !== name));

  test('a page of this origin may', async () => {
    const call = {
      ...callOf(
        operations.find(({ id }) => id === 'checkRedirectUrl')!,
        own,
      ),
    };
    const answer = await acme.send({ ...call, headers: { ...call.headers, ...proven() } });
    expect(answer.status).toBe(200);
  });

  test('without the token, or with another session’s', async () => {
    await expectRefused(without('x-csrf-token'), 403, changes);
    for (const token of [
      '',
      'x',
      ordinary.csrfToken,
      neighbour.csrfToken,
      `${admin.csrfToken}0`,
      admin.csrfToken.toUpperCase(),
    ]) {
      await expectRefused({ ...proven(), 'x-csrf-token': token }, 403, changes);
    }
  });

  test('from elsewhere, a sister tenant’s page above all, or without a word of where from', async () => {
    for (const from of [
      { 'sec-fetch-site': 'same-site', origin: beta.origin },
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { origin: beta.origin, 'sec-fetch-site': 'same-origin' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none', origin: acme.origin },
    ]) {
      await expectRefused({ ...proven(), ...from }, 403, changes);
    }
    const silent = { cookie: cookieOf(admin), 'x-csrf-token': admin.csrfToken };
    await expectRefused(silent, 403, changes);
  });

  test('a form, which any page can send, is no JSON', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
    ]) {
      for (const operation of operations.filter((one) => one.takesBody && !one.forOperators)) {
        const call = callOf(operation, own);
        const answer = await acme.send({
          ...call,
          headers: { ...call.headers, ...proven(), 'content-type': type },
        });
        expect([operation.id, answer.status]).toEqual([operation.id, 415]);
      }
    }
  });
});

describe('54 · a planted cookie', () => {
  test('beside the real one neither counts', async () => {
    const cookie = cookieOf(admin);
    const planted = `fluxo-session=${neighbour.visitor.cookies.get('fluxo-session') ?? ''}`;
    expect((await acme.send({ path: '/api/v1/me', headers: { cookie } })).status).toBe(200);
    await expectRefused({ ...admin.proof(), cookie: `${planted}; ${cookie}` }, 401);
    await expectRefused({ ...admin.proof(), cookie: `${cookie}; ${planted}` }, 401);
  });
});

describe('56 · another origin', () => {
  test('hears nothing, not even a preflight’s yes, also where a spa application lives', async () => {
    await acme.application({ kind: 'spa', name: 'Spa', redirectUrls: ['https://spa.example/cb'] });
    const preflight = {
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const objects = await acme.send({
      ...{ method: 'OPTIONS', path: '/attask/api/v14.0/proj/search' },
      headers: { origin: 'https://spa.example', ...preflight },
    });
    expect(objects.headers['access-control-allow-origin']).toBe('https://spa.example');
    for (const origin of [
      'https://spa.example',
      'null',
      'https://evil.example',
      `${acme.origin}.evil.example`,
    ]) {
      for (const path of new Set(operations.map((operation) => callOf(operation, own).path))) {
        const asked = await acme.send({ method: 'OPTIONS', path, headers: { origin, ...preflight } });
        expect([path, asked.status]).toEqual([path, 405]);
        const read = await acme.send({ path, headers: { origin, cookie: cookieOf(admin) } });
        for (const { headers } of [asked, read]) {
          expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
        }
      }
    }
  });
});

describe('64 · what belongs to another environment, at every call', () => {
  test('a cookie, and a machine application’s session', async () => {
    expect((await neighbour.get('/me')).status).toBe(200);
    await expectRefused({ ...admin.proof(), cookie: cookieOf(neighbour) }, 401);
    const session = await machineSession(beta, 'root', true);
    expect((await beta.send({ path: '/api/v1/me', headers: { sessionid: session } })).status).toBe(200);
    await expectRefused({ authorization: `Bearer ${session}` }, 401);
  });

  test('an identifier is as if it did not exist', async () => {
    const before = await everythingIn(fluxo);
    const withIds = operations.filter(
      ({ parameters, forOperators }) => !forOperators && parameters.some((name) => name !== 'lane'),
    );
    expect(withIds.length).toBeGreaterThan(15);
    for (const operation of withIds) {
      const call = callOf(operation, foreign);
      const answer = withJson(
        await admin.visitor.send({ ...call, headers: { ...call.headers, ...admin.proof() } }),
      );
      expect([operation.id, answer.status, problemOf(answer)]).toEqual([operation.id, 404, 'not-found']);
      // The identifier of an application of here, with what hangs on one of there.
      const mixed = callOf(operation, {
        ...foreign,
        client_id: own['client_id'] ?? '',
        wid: own['wid'] ?? '',
      });
      if (operation.parameters.length < 2) continue;
      const crossed = await admin.visitor.send({ ...mixed, headers: { ...mixed.headers, ...admin.proof() } });
      expect([operation.id, crossed.status]).toEqual([operation.id, 404]);
    }
    expect(await everythingIn(fluxo)).toEqual(before);
  });

  test('a filter finds nothing of it, and a cursor is no cursor here', async () => {
    const { client_id: clientId = '', wid = '' } = foreign;
    for (const path of [
      ...[`/activity?client_id=${clientId}`, `/activity?wid=${wid}`],
      ...[`/users?q=${wid}`, `/applications?q=${clientId}`],
    ]) {
      expect([path, (await neighbour.get(path)).json.items?.length]).not.toEqual([path, 0]);
      expect([path, (await admin.get(path)).json.items]).toEqual([path, []]);
    }
    const cursor = String((await neighbour.get('/users?limit=1')).json['next_cursor']);
    expect((await neighbour.get(`/users?limit=1&cursor=${cursor}`)).status).toBe(200);
    expect((await admin.get(`/users?limit=1&cursor=${cursor}`)).status).toBe(400);
  });

  test('the host that names no organization opens environments to operators, and nothing else', async () => {
    const at = (path: string, headers: HttpCall['headers']) =>
      acme.send({ path: `/api/v1${path}`, headers: { ...headers, host: 'oauth.my.localhost:3000' } });
    expect((await at('/environments', { authorization: `Bearer ${operatorKey}` })).status).toBe(200);
    expect((await at('/me', { authorization: `Bearer ${sessions.adminMachine}` })).status).toBe(404);
    expect((await at('/applications', { cookie: cookieOf(admin) })).status).toBe(404);
  });
});
