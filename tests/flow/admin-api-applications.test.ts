import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { furnishedForAdmin, problemOf, type AdminClient } from '../support/admin-client.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { TestTenant } from '../support/tenant.js';

let fluxo: TestFluxo;
let domains = 0;
let acme: TestTenant;
let admin: AdminClient;

beforeAll(async () => {
  fluxo = await startFluxo();
});
afterAll(() => fluxo.close());
beforeEach(async () => {
  ({ tenant: acme, admin } = await furnishedForAdmin(fluxo, `acme${(domains += 1)}`));
});

const NEW = { kind: 'web', name: 'Planner', redirect_urls: ['https://app.example/callback'] };

describe('applications at /api/v1', () => {
  test('one that is registered can connect at once, and its secret is shown this once', async () => {
    const made = await admin.send('POST', '/applications', { body: NEW });
    expect([made.status, made.json['client_secret']]).toEqual([201, expect.stringMatching(/^fxk/)]);
    expect(made.headers['location']).toBe(`/api/v1/applications/${String(made.json['client_id'])}`);
    expect(made.headers['etag']).toBe('"1"');
    const shown = await admin.get(`/applications/${String(made.json['client_id'])}`);
    expect({ ...shown.json, client_secret: made.json['client_secret'] }).toEqual(made.json);
    expect(shown.headers['cache-control']).toBe('no-store');
  });

  test('each kind has its defaults, and what it may not have is refused with the member’s name', async () => {
    const spa = await admin.send('POST', '/applications', { body: { ...NEW, kind: 'spa' } });
    expect(spa.json).toMatchObject({
      client_secret: null,
      refresh_policy: { rotation: true, absolute_days: 30 },
    });
    const machine = await admin.send('POST', '/applications', {
      body: { kind: 'machine', name: 'Nightly', admin_api: true },
    });
    expect([machine.status, machine.json['redirect_urls']]).toEqual([201, []]);
    for (const [body, field] of [
      [{ ...NEW, admin_api: true }, 'admin_api'],
      [{ ...NEW, redirect_urls: [] }, 'redirect_urls'],
      [{ ...NEW, redirect_urls: ['javascript:alert(1)'] }, 'redirect_urls.0'],
      [{ ...NEW, refresh_policy: { absolute_days: 0 } }, 'refresh_policy.absolute_days'],
      [{ ...NEW, developer_email: 'nobody' }, 'developer_email'],
      [{ ...NEW, surprise: 1 }, 'surprise'],
      [{ ...NEW, refresh_policy: { surprise: 1 } }, 'refresh_policy.surprise'],
      [{ kind: 'web', redirect_urls: [] }, 'name'],
      [{ ...NEW, name: 7 }, 'name'],
    ] as const) {
      const answer = await admin.send('POST', '/applications', { body });
      expect([answer.status, problemOf(answer), answer.json['errors']]).toEqual([
        400,
        'invalid-input',
        expect.arrayContaining([expect.objectContaining({ field })]),
      ]);
    }
  });

  test('what a change leaves out stays', async () => {
    const { json } = await admin.send('POST', '/applications', {
      body: { ...NEW, description: 'Plans', refresh_policy: { rotation: true, inactivity_days: 9 } },
    });
    const path = `/applications/${String(json['client_id'])}`;
    const changed = await admin.change(path, { enabled: false, refresh_policy: { absolute_days: 5 } });
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
    expect(changed.json).toMatchObject({
      ...{ name: 'Planner', description: 'Plans', enabled: false, revision: 2 },
      refresh_policy: { rotation: true, inactivity_days: 9, absolute_days: 5 },
    });
    expect((await admin.change(path, { description: null })).json['description']).toBeNull();
  });

  test('of two who read the same, one changes it and the other is told', async () => {
    const { json } = await admin.send('POST', '/applications', { body: NEW });
    const path = `/applications/${String(json['client_id'])}`;
    const etag = (await admin.get(path)).headers['etag'] ?? '';
    const rename = (name: string) =>
      admin.send('PATCH', path, { body: { name }, headers: { 'if-match': etag } });
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map(rename));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const end = await admin.send('DELETE', path, { headers: { 'if-match': etag } });
    expect([end.status, problemOf(end)]).toEqual([412, 'precondition-failed']);
    const without = await admin.send('PATCH', path, { body: { name: 'E' } });
    expect([without.status, problemOf(without)]).toEqual([428, 'precondition-required']);
    expect((await admin.send('DELETE', path, { headers: { 'if-match': '*' } })).status).toBe(204);
    expect((await admin.get(path)).status).toBe(404);
  });

  test('a list is read page by page without a gap or a repetition, also while rows go', async () => {
    const names = Array.from({ length: 7 }, (_none, index) => `App ${index}`);
    for (const name of names) await acme.application({ name });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = await admin.get(`/applications?limit=3${query}`);
      seen.push(...(page.json.items ?? []).map(({ name }) => String(name)));
      cursor = page.json['next_cursor'] as string | null;
      if (seen.length === 3) {
        const first = (await admin.get('/applications?q=App 2')).json.items?.[0];
        await admin.send('DELETE', `/applications/${String(first?.['client_id'])}`, {
          headers: { 'if-match': '*' },
        });
      }
    } while (cursor !== null);
    expect(seen).toEqual(names);
  });

  test('a list is filtered by text, kind and state, and a cursor is good for its filter only', async () => {
    for (const [name, kind] of [
      ['Alpha', 'web'],
      ['alphabet', 'spa'],
      ['100%_done', 'web'],
    ] as const) {
      await acme.application({ name, kind, enabled: name !== 'alphabet' });
    }
    const namesOf = async (query: string) =>
      ((await admin.get(`/applications?${query}`)).json.items ?? []).map(({ name }) => name);
    expect(await namesOf('q=ALPHA')).toEqual(['Alpha', 'alphabet']);
    expect(await namesOf('q=%25_')).toEqual(['100%_done']);
    expect(await namesOf('kind=spa')).toEqual(['alphabet']);
    expect(await namesOf('state=disabled')).toEqual(['alphabet']);
    const first = await admin.get('/applications?limit=1');
    const cursor = String(first.json['next_cursor']);
    for (const query of [
      `cursor=${cursor}&q=a`,
      `cursor=${cursor}x`,
      'cursor=%2F',
      `cursor=${cursor.slice(0, -6)}`,
    ]) {
      const answer = await admin.get(`/applications?${query}`);
      expect([answer.status, answer.json['errors']]).toEqual([
        400,
        [expect.objectContaining({ field: 'cursor' })],
      ]);
    }
    const users = await admin.get(`/users?cursor=${cursor}`);
    expect(users.status).toBe(400);
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'surprise=1', 'kind=native', 'q=a&q=b', 'q=']) {
      expect([query, (await admin.get(`/applications?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await admin.get('/applications?surprise=1')).json['errors']).toEqual([
      { field: 'surprise', detail: 'There is no such member here.' },
    ]);
  });

  test('a list tells who is connected, and when it was last used', async () => {
    const app = await acme.application();
    for (const username of ['ana', 'ben']) {
      await acme.user(username);
      await acme.connect(app, username);
      await acme.connect(app, username);
    }
    await acme.callApi((await acme.connect(app, 'ana')).access_token);
    await fluxo.server.flushUsage();
    const item = (await admin.get('/applications')).json.items?.[0];
    expect(item).toMatchObject({ connected_users: 2, last_used_at: expect.stringMatching(/Z$/) as unknown });
  });

  test('says of a redirect URL what registering it would say, in words and by the reason’s name', async () => {
    const check = async (url: string, kind = 'web') =>
      (await admin.send('POST', '/applications/check-redirect-url', { body: { kind, url } })).json;
    const fine = { ok: true, detail: null, reason: null, values: {} };
    expect(await check('https://app.example/callback')).toEqual(fine);
    expect(await check('com.example.app:/cb', 'spa')).toEqual(fine);
    const path = `/applications/${(await acme.application()).clientId}`;
    for (const [url, reason, more] of [
      ['http://app.example/', 'http', {}],
      [`${acme.origin.replace('http:', 'https:')}/x`, 'own-host', {}],
      ['ftp://app.example/', 'scheme', { scheme: 'ftp:' }],
      ['https://APP.example/cb', 'not-normal', { normal: 'https://app.example/cb' }],
      ['https://app.example/cb?code=1', 'answer-parameter', { parameter: 'code' }],
      [`https://app.example/${'x'.repeat(2000)}`, 'too-long', { most: 2000 }],
    ] as const) {
      const { detail, ...verdict } = await check(url);
      const values = { url: url.slice(0, 200), ...more };
      expect(verdict).toEqual({ ok: false, reason, values });
      const redirect_urls = [...NEW.redirect_urls, url];
      for (const refused of [
        await admin.send('POST', '/applications', { body: { ...NEW, redirect_urls } }),
        await admin.change(path, { redirect_urls }),
      ]) {
        const errors = [{ field: 'redirect_urls.1', detail, reason, values }];
        expect([refused.status, refused.json['errors']]).toEqual([400, errors]);
      }
    }
    const none = await admin.send('POST', '/applications', { body: { ...NEW, redirect_urls: [] } });
    expect(none.json['errors']).toEqual([
      expect.objectContaining({ field: 'redirect_urls', reason: 'missing', values: {} }),
    ]);
    const other = await admin.send('POST', '/applications', { body: { ...NEW, developer_email: 'nobody' } });
    expect(other.json['errors']).toEqual([
      { field: 'developer_email', detail: expect.stringContaining('nobody') as unknown },
    ]);
  });

  test('secrets are added, listed without their text, and refused once deleted', async () => {
    const app = await acme.application();
    const url = `/applications/${app.clientId}/secrets`;
    const added = await admin.send('POST', url, { body: { note: 'from October' } });
    expect(added.json).toMatchObject({
      note: 'from October',
      client_secret: expect.stringMatching(/^fxk/) as unknown,
    });
    const listed = (await admin.get(url)).json.items ?? [];
    expect(listed.map((secret) => Object.keys(secret).includes('client_secret'))).toEqual([false, false]);
    const secretId = String(added.json['secret_id']);
    expect((await admin.send('DELETE', `${url}/${secretId}`)).status).toBe(204);
    expect((await admin.send('DELETE', `${url}/${secretId}`)).status).toBe(404);
    const tried = await acme.postForm('/oauth2/introspect', {
      ...{ token: 'x', client_id: app.clientId, client_secret: String(added.json['client_secret']) },
    });
    expect(tried.status).toBe(401);
    for (let index = 1; index < 10; index += 1) await admin.send('POST', url, { body: {} });
    const tooMany = await admin.send('POST', url, { body: {} });
    expect([tooMany.status, problemOf(tooMany)]).toEqual([409, 'conflict']);
    const spa = await acme.application({ kind: 'spa' });
    expect((await admin.send('POST', `/applications/${spa.clientId}/secrets`, { body: {} })).status).toBe(
      409,
    );
  });

  test('keys are made or pasted for machine applications, and never the private half is kept', async () => {
    const { json } = await admin.send('POST', '/applications', {
      body: { kind: 'machine', name: 'Nightly' },
    });
    const url = `/applications/${String(json['client_id'])}/keys`;
    const made = await admin.send('POST', url, { body: { generate: 'ES256', note: 'laptop' } });
    expect([made.status, made.json]).toEqual([
      201,
      expect.objectContaining({
        algorithm: 'ES256',
        private_key: expect.stringContaining('PRIVATE KEY') as unknown,
      }),
    ]);
    const again = await admin.send('POST', url, { body: { public_key: made.json['public_key_pem'] } });
    expect([again.status, problemOf(again)]).toEqual([409, 'conflict']);
    const leaked = await admin.send('POST', url, { body: { public_key: made.json['private_key'] } });
    expect([leaked.status, leaked.json['errors']]).toEqual([
      400,
      [expect.objectContaining({ field: 'public_key' })],
    ]);
    for (const body of [{}, { generate: 'RS256', public_key: 'x' }]) {
      expect((await admin.send('POST', url, { body })).status).toBe(400);
    }
    const [listed] = (await admin.get(url)).json.items ?? [];
    expect(listed).toMatchObject({ registered_by: { username: 'root' }, note: 'laptop', deleted_at: null });
    expect(listed).not.toHaveProperty('private_key');
    expect((await admin.send('DELETE', `${url}/${String(made.json['key_id'])}`)).status).toBe(204);
    expect((await admin.send('DELETE', `${url}/${String(made.json['key_id'])}`)).status).toBe(404);
  });

  test('people are disconnected one by one, or all at once, and their tokens are dead', async () => {
    const app = await acme.application();
    const tokens = new Map<string, string>();
    for (const username of ['ana', 'ben', 'cleo']) {
      await acme.user(username);
      tokens.set(username, (await acme.connect(app, username)).access_token);
    }
    const url = `/applications/${app.clientId}/connections`;
    const alive = async () =>
      (await Promise.all([...tokens].map(async ([, token]) => (await acme.callApi(token)).status))).join(' ');
    const first = await admin.get(`${url}?limit=2`);
    expect((first.json.items ?? []).map(({ user }) => (user as { username: string }).username)).toEqual([
      'cleo',
      'ben',
    ]);
    const second = await admin.get(`${url}?limit=2&cursor=${String(first.json['next_cursor'])}`);
    expect(second.json).toMatchObject({ next_cursor: null, items: [{ user: { username: 'ana' } }] });
    const consentId = String(second.json.items?.[0]?.['consent_id']);
    expect((await admin.send('DELETE', `${url}/${consentId}`)).status).toBe(204);
    expect((await admin.send('DELETE', `${url}/${consentId}`)).status).toBe(404);
    expect(await alive()).toBe('401 200 200');
    const all = await admin.send('POST', `/applications/${app.clientId}/disconnect-all`);
    expect([all.json, await alive()]).toEqual([{ disconnected: 2 }, '401 401 401']);
    expect((await admin.get(url)).json).toEqual({ items: [], next_cursor: null });
  });

  test('a logo is taken as a picture and given back as our own', async () => {
    const app = await acme.application();
    const picture = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#0a6352' } })
      .jpeg()
      .toBuffer();
    const url = `/applications/${app.clientId}/logo`;
    const set = await admin.send('PUT', url, { body: picture, headers: { 'content-type': 'image/jpeg' } });
    expect([set.status, set.json['logo_url']]).toEqual([200, expect.stringContaining('/logo?v=')]);
    const served = await acme.send({ path: String(set.json['logo_url']) });
    expect([served.status, served.headers['content-type']]).toEqual([200, 'image/png']);
    expect((await admin.get(`/applications/${app.clientId}`)).json['revision']).toBe(2);
    expect((await admin.send('DELETE', url)).status).toBe(204);
    expect((await admin.get(`/applications/${app.clientId}`)).json['logo_url']).toBeNull();
  });

  test('no more applications are registered than the environment may have', async () => {
    await admin.change('/environment', { max_applications: 1 });
    const answers = await Promise.all(
      [1, 2, 3].map(() => admin.send('POST', '/applications', { body: NEW })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(problemOf(answers.find(({ status }) => status === 409) ?? answers[0]!)).toBe('conflict');
  });
});
