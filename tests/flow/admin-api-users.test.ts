import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AdminClient, problemOf } from '../support/admin-client.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { TestTenant } from '../support/tenant.js';
import { pageOf } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let admin: AdminClient;
let rootPath: string;
let domains = 0;

beforeAll(async () => {
  fluxo = await startFluxo();
});
afterAll(() => fluxo.close());
beforeEach(async () => {
  acme = await fluxo.environment(`people${(domains += 1)}`);
  const root = await acme.user('root', { administrator: true });
  rootPath = `/users/${root.id}`;
  admin = await AdminClient.signIn(acme, 'root');
});

async function newUser(body: object): Promise<{ readonly path: string; readonly wid: string }> {
  const { json, status } = await admin.send('POST', '/users', { body });
  expect(status).toBe(201);
  const wid = String(json['wid']);
  return { path: `/users/${wid}`, wid };
}

describe('people at /api/v1', () => {
  test('somebody with a password signs in with it', async () => {
    const body = { username: 'Ana@acme.example', name: 'Ana', password: 'correct horse' };
    const made = await admin.send('POST', '/users', { body });
    expect([made.status, made.json]).toEqual([
      201,
      expect.objectContaining({
        administrator: false,
        enabled: true,
        second_factor: false,
        link: null,
        revision: 1,
      }),
    ]);
    expect(JSON.stringify(made.json)).not.toContain('correct horse');
    expect((await acme.visitor().signIn('ana@acme.example', 'correct horse')).status).toBe(303);
    const again = await admin.send('POST', '/users', { body });
    expect([again.status, problemOf(again), again.json['errors']]).toEqual([
      ...[409, 'conflict'],
      [expect.objectContaining({ field: 'username' })],
    ]);
  });

  test('who is invited gets in by the link, which the answer has where no mail leaves this machine', async () => {
    const made = await admin.send('POST', '/users', {
      body: { username: 'ben', name: 'Ben', email: 'ben@acme.example', invite: true },
    });
    const link = new URL(String(made.json['link']));
    expect([made.status, link.origin]).toEqual([201, acme.origin]);
    expect(pageOf(await acme.visitor().get(link.pathname + link.search)).page).toBe('new-password');
    const sent = await admin.send('POST', `/users/${String(made.json['wid'])}/password-link`);
    expect(sent.json).toEqual({
      sent_to: null,
      link: expect.stringContaining('/new-password?link=') as unknown,
    });
    expect((await acme.visitor().get(link.pathname + link.search)).status).toBe(410);
  });

  test('exactly one way in is said', async () => {
    const named = { username: 'cleo', name: 'Cleo' };
    for (const body of [
      named,
      { ...named, password: 'correct horse', invite: true },
      { ...named, only_single_sign_on: true, password: 'correct horse' },
      { ...named, password: 'short' },
      { ...named, username: '  ', password: 'correct horse' },
      { ...named, email: 'nobody', password: 'correct horse' },
    ]) {
      const answer = await admin.send('POST', '/users', { body });
      expect([answer.status, problemOf(answer)]).toEqual([400, 'invalid-input']);
    }
    const only = await newUser({ ...named, only_single_sign_on: true });
    const link = await admin.send('POST', `${only.path}/password-link`);
    expect([link.status, problemOf(link)]).toEqual([409, 'conflict']);
  });

  test('what a change leaves out stays, and a disabled user’s everything is dead at once', async () => {
    const ana = await acme.user('ana', { email: 'ana@acme.example' });
    const tokens = await acme.connect(await acme.application(), 'ana');
    const path = `/users/${ana.id}`;
    const renamed = await admin.change(path, { name: 'Ana Souza' });
    expect(renamed.json).toMatchObject({
      name: 'Ana Souza',
      email: 'ana@acme.example',
      revision: 2,
      connected_applications: 1,
    });
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
    expect((await admin.change(path, { enabled: false })).json).toMatchObject({
      enabled: false,
      connected_applications: 0,
    });
    expect((await acme.callApi(tokens.access_token)).status).toBe(401);
    expect((await admin.get('/users?state=disabled')).json.items).toHaveLength(1);
    expect((await admin.get('/users?q=SOUZA')).json.items).toHaveLength(1);
    expect((await admin.remove(path)).status).toBe(204);
    expect((await admin.get(path)).status).toBe(404);
  });

  test('nobody takes themselves out, and the answer says why', async () => {
    for (const change of [{ administrator: false }, { enabled: false }]) {
      const answer = await admin.change(rootPath, change);
      expect([answer.status, problemOf(answer), String(answer.json['detail'])]).toEqual([
        ...[409, 'conflict'],
        expect.stringContaining('another administrator'),
      ]);
    }
    expect([(await admin.remove(rootPath)).status, (await admin.get('/me')).status]).toEqual([409, 200]);
    expect((await admin.change(rootPath, { name: 'Root' })).status).toBe(200);
  });

  test('of two administrators who take each other out at once, one stays', async () => {
    for (const how of ['demote', 'disable', 'delete']) {
      const name = `other-${how}`;
      const { path } = await newUser({
        username: name,
        name,
        password: 'correct horse',
        administrator: true,
      });
      const other = await AdminClient.signIn(acme, name);
      const end = (by: AdminClient, target: string) => {
        const headers = { 'if-match': '*' };
        if (how === 'delete') return by.send('DELETE', target, { headers });
        const body = how === 'demote' ? { administrator: false } : { enabled: false };
        return by.send('PATCH', target, { body, headers });
      };
      const answers = await Promise.all([end(admin, path), end(other, rootPath)]);
      const administrators = (await acme.storage.users.list()).filter(
        (user) => user.administrator && user.disabledAt === null,
      );
      expect([how, administrators.length]).toEqual([how, 1]);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      // Whoever is left makes the next round possible.
      const left = administrators[0];
      if (left === undefined) return;
      rootPath = `/users/${left.id}`;
      admin =
        left.username === 'root' || left.username.startsWith('other')
          ? left.username === name
            ? other
            : admin
          : admin;
    }
  });

  test('browser sessions end, a lost second factor goes, an application is disconnected', async () => {
    const ana = await acme.user('ana');
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const tokens = await acme.connect(await acme.application(), 'ana');
    const path = `/users/${ana.id}`;
    expect((await admin.send('POST', `${path}/sign-out`)).status).toBe(204);
    expect(pageOf(await visitor.get('/account')).page).toBe('sign-in-username');
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
    const [connection] = (await admin.get(`${path}/connections`)).json.items ?? [];
    expect(connection).toMatchObject({ application: { name: 'Planner', logo_url: null } });
    const url = `${path}/connections/${String(connection?.['consent_id'])}`;
    expect((await admin.send('DELETE', url)).status).toBe(204);
    expect([
      (await admin.send('DELETE', url)).status,
      (await acme.callApi(tokens.access_token)).status,
    ]).toEqual([404, 401]);
    expect((await admin.send('DELETE', `${path}/second-factor`)).status).toBe(404);
  });

  test('what is done here is recorded as done by the administrator, through the API', async () => {
    const { wid } = await newUser({ username: 'dan', name: 'Dan', password: 'correct horse' });
    await admin.change(`/users/${wid}`, { name: 'Daniel' });
    const { json } = await admin.get(`/activity?type=user.&wid=${wid}`);
    expect(
      (json.items ?? []).map(({ type, via, actor }) => [type, via, (actor as { username: string }).username]),
    ).toEqual([
      ['user.updated', 'api', 'root'],
      ['user.created', 'api', 'root'],
    ]);
  });
});
