import { createOperatorKey } from '@fluxo/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AdminClient, problemOf, withJson } from '../support/admin-client.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { HttpCall, TestTenant } from '../support/tenant.js';
import { pageOf } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let admin: AdminClient;
let domains = 0;

beforeAll(async () => {
  fluxo = await startFluxo();
});
afterAll(() => fluxo.close());
beforeEach(async () => {
  acme = await fluxo.environment(`house${(domains += 1)}`);
  await acme.user('root', { administrator: true });
  admin = await AdminClient.signIn(acme, 'root');
});

const OIDC = {
  ...{ kind: 'oidc', name: 'Company', issuer: 'https://login.example', client_id: 'fluxo' },
  client_secret: 'a secret of theirs',
};

describe('the environment at /api/v1', () => {
  test('says who asks and where', async () => {
    const { json } = await admin.get('/me');
    expect(json).toEqual({
      user: { wid: expect.any(String) as unknown, username: 'root', name: expect.any(String) as unknown },
      environment: {
        ...{ id: acme.environment.id, domain: acme.environment.domain, lane: 'my' },
        ...{ name: acme.environment.name, origin: acme.origin },
      },
      csrf_token: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      version: expect.any(String) as unknown,
    });
  });

  test('its settings are changed one by one, within their bounds', async () => {
    const before = (await admin.get('/environment')).json;
    const changed = await admin.change('/environment', {
      session_idle_timeout_minutes: 30,
      appearance: { accent_color: '#7A1FA2' },
    });
    expect(changed.json).toEqual({
      ...before,
      ...{ session_idle_timeout_minutes: 30, revision: 3 },
      appearance: { accent_color: '#7a1fa2', logo_url: null },
    });
    for (const [body, field] of [
      [{ session_idle_timeout_minutes: 1 }, 'session_idle_timeout_minutes'],
      [{ session_total_age_minutes: 5 }, 'session_total_age_minutes'],
      [{ max_applications: 0 }, 'max_applications'],
      [{ appearance: { accent_color: 'red' } }, 'appearance.accent_color'],
      [{ appearance: { font: 'x' } }, 'appearance.font'],
      [{ domain: 'other' }, 'domain'],
    ] as const) {
      const answer = await admin.change('/environment', body);
      expect([answer.status, answer.json['errors']]).toEqual([400, [expect.objectContaining({ field })]]);
    }
    const locked = await admin.change('/environment', { single_sign_on: 'required' });
    expect([locked.status, problemOf(locked), locked.json['detail']]).toEqual([
      ...[409, 'conflict'],
      'No identity provider is enabled here, so nobody could sign in. Make and enable one first.',
    ]);
  });

  test('of many who change one setting each, nobody’s change is lost or undone', async () => {
    const headers = { 'if-match': '*' };
    const changes = [
      { session_id_in_query: true },
      { administrators_exempt: true },
      { second_factor: 'required' },
    ];
    const answers = await Promise.all(
      changes.map((body) => admin.send('PATCH', '/environment', { body, headers })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await admin.get('/environment')).json).toMatchObject(Object.assign({}, ...changes) as object);
  });

  test('identity providers are added, shown without their secret, changed and deleted', async () => {
    const made = await admin.send('POST', '/identity-providers', { body: OIDC });
    expect([made.status, made.json]).toEqual([
      201,
      expect.objectContaining({ enabled: true, has_client_secret: true, entity_id: null, revision: 1 }),
    ]);
    expect(JSON.stringify(made.json)).not.toContain('a secret of theirs');
    const path = `/identity-providers/${String(made.json['id'])}`;
    expect((await admin.change('/environment', { single_sign_on: 'required' })).status).toBe(200);
    for (const answer of [await admin.change(path, { enabled: false }), await admin.remove(path)]) {
      expect([answer.status, problemOf(answer), answer.json['detail']]).toEqual([
        ...[409, 'conflict'],
        'Single sign-on is required here, and this is the only provider that is enabled: nobody could sign in.',
      ]);
    }
    await admin.change('/environment', { single_sign_on: 'offered' });
    const changed = await admin.change(path, {
      email_domains: ['Acme.Example'],
      client_secret: null,
      enabled: false,
    });
    expect(changed.json).toMatchObject({
      email_domains: ['acme.example'],
      has_client_secret: false,
      enabled: false,
    });
    const wrong = await admin.change(path, { entity_id: 'x' });
    expect([wrong.status, wrong.json['errors']]).toEqual([
      400,
      [expect.objectContaining({ field: 'entity_id' })],
    ]);
    const test = await admin.send('POST', `${path}/test`);
    expect(String(test.json['url'])).toContain(`${acme.origin}/`);
    expect((await admin.get('/identity-providers')).json.items).toHaveLength(1);
    expect((await admin.remove(path)).status).toBe(204);
    const saml = await admin.send('POST', '/identity-providers', { body: { kind: 'saml', name: 'SAML' } });
    expect([saml.status, saml.json['addresses']]).toEqual([
      201,
      {
        acs_url: expect.any(String) as unknown,
        slo_url: `${acme.origin}/sign-in/saml/${String(saml.json['id'])}/slo`,
        metadata_url: expect.any(String) as unknown,
        service_provider_entity_id: expect.any(String) as unknown,
      },
    ]);
  });

  test('where a provider takes sign-outs is set, read back, refused where it is no address, and taken away', async () => {
    const oidc = await admin.send('POST', '/identity-providers', { body: OIDC });
    expect(oidc.json).toMatchObject({
      ...{ sign_out_url: null, sign_out_answer_url: null },
      addresses: {
        callback_url: `${acme.origin}/sign-in/oidc/${String(oidc.json['id'])}/callback`,
        post_logout_redirect_url: `${acme.origin}/signed-out`,
      },
    });
    const addresses = {
      ...{ sign_out_url: 'https://login.example/slo', sign_out_answer_url: 'https://login.example/slo-done' },
    };
    const wrongKind = await admin.change(`/identity-providers/${String(oidc.json['id'])}`, addresses);
    expect([wrongKind.status, wrongKind.json['errors']]).toEqual([
      400,
      [expect.objectContaining({ field: 'sign_out_url' })],
    ]);
    const body = { ...{ kind: 'saml', name: 'SAML' }, ...addresses };
    const saml = await admin.send('POST', '/identity-providers', { body });
    expect([saml.status, saml.json]).toEqual([201, expect.objectContaining(addresses)]);
    const path = `/identity-providers/${String(saml.json['id'])}`;
    for (const field of ['sign_out_url', 'sign_out_answer_url']) {
      const wrong = await admin.change(path, { [field]: 'javascript:alert(1)' });
      expect([wrong.status, wrong.json['errors']]).toEqual([400, [expect.objectContaining({ field })]]);
    }
    expect((await admin.get(path)).json).toMatchObject(addresses);
    const one = await admin.change(path, { sign_out_answer_url: null });
    expect(one.json).toMatchObject({ ...addresses, sign_out_answer_url: null });
    const none = await admin.change(path, { sign_out_url: null });
    expect([none.status, none.json]).toEqual([
      200,
      expect.objectContaining({ sign_out_url: null, sign_out_answer_url: null }),
    ]);
  });

  test('the activity is filtered, paged, exported, and proven to be whole', async () => {
    for (let index = 0; index < 5; index += 1) await admin.change('/environment', { name: `House ${index}` });
    const first = await admin.get('/activity?limit=2&type=environment.updated&type=user.');
    expect(first.json.items).toHaveLength(2);
    const second = await admin.get(
      `/activity?limit=2&type=environment.updated&type=user.&cursor=${String(first.json['next_cursor'])}`,
    );
    expect(second.json.items).toHaveLength(2);
    const ids = [...(first.json.items ?? []), ...(second.json.items ?? [])].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    const csv = await admin.get('/activity.csv?type=environment.updated');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body.trimEnd().split('\r\n')).toHaveLength(7);
    expect(
      (await admin.get('/activity?from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00Z')).json.items,
    ).toEqual([]);
    expect((await admin.get('/activity?from=yesterday')).status).toBe(400);
    expect((await admin.get('/activity/seal')).json).toMatchObject({ intact: true, first_broken: null });
  });

  test('a lane is made with these settings, compared, and applications are copied to it', async () => {
    await admin.change('/environment', { session_idle_timeout_minutes: 45, max_applications: 50 });
    const app = await acme.application({ name: 'Planner' });
    const made = await admin.send('POST', '/lanes', { body: { lane: 'sb01' } });
    expect(made.status).toBe(201);
    const link = new URL(String(made.json['link']));
    expect(link.origin).toBe(made.json['origin']);
    expect((await admin.get('/lanes')).json.items).toEqual([
      expect.objectContaining({ lane: 'my', current: true, applications: 1 }),
      expect.objectContaining({ lane: 'sb01', current: false, applications: 0 }),
    ]);
    const missing = await admin.get('/lanes/sb01/comparison');
    expect(missing.json.items).toEqual([
      expect.objectContaining({ client_id: app.clientId, state: 'missing' }),
    ]);
    const copied = await admin.send('POST', '/lanes/sb01/copy', { body: { client_ids: [app.clientId] } });
    expect(copied.json).toEqual({
      copied: [
        expect.objectContaining({
          action: 'created',
          client_secret: expect.stringMatching(/^fxk/) as unknown,
        }),
      ],
    });
    expect((await admin.get('/lanes/sb01/comparison')).json.items).toEqual([
      expect.objectContaining({ state: 'same', differences: [] }),
    ]);
    expect((await admin.send('POST', '/lanes', { body: { lane: 'sb01' } })).status).toBe(409);
    expect((await admin.get('/lanes/sb44/comparison')).status).toBe(404);
    expect((await admin.send('POST', '/lanes', { body: { lane: 'moon' } })).status).toBe(400);
  });

  test('nobody reaches a lane that they don’t administer, nor production from a test lane', async () => {
    const there = await fluxo.environment(acme.environment.domain, 'preview');
    const refused = await admin.get('/lanes/preview/comparison');
    expect([refused.status, problemOf(refused)]).toEqual([403, 'not-allowed']);
    await there.user('root', { administrator: true });
    expect((await admin.get('/lanes/preview/comparison')).status).toBe(200);
    const tester = await AdminClient.signIn(there, 'root');
    const upwards = await tester.send('POST', '/lanes/my/copy', { body: { client_ids: ['0'.repeat(32)] } });
    expect([upwards.status, problemOf(upwards)]).toEqual([403, 'not-allowed']);
  });

  test('an operator founds an environment, whose administrator gets in by the link, and ends it', async () => {
    const { storage, essentials } = fluxo.server.services;
    const { text } = await createOperatorKey(null, { store: storage.operatorKeys, essentials });
    const call = async (method: NonNullable<HttpCall['method']>, path: string, body?: object) =>
      withJson(
        await acme.send({
          ...{ method, path: `/api/v1/environments${path}` },
          headers: {
            authorization: `Bearer ${text}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    const body = {
      domain: 'founded',
      lane: 'my',
      name: 'Founded',
      administrator: { username: 'ana', name: 'Ana' },
    };
    const made = await call('POST', '', body);
    expect([made.status, made.json]).toEqual([
      201,
      expect.objectContaining({ domain: 'founded', lane: 'my' }),
    ]);
    const link = new URL(String(made.json['link']));
    const page = await acme.send({ path: link.pathname + link.search, headers: { host: link.host } });
    expect(pageOf(page).page).toBe('new-password');
    expect((await call('POST', '', body)).status).toBe(409);
    expect((await call('POST', '', { ...body, domain: 'oauth' })).status).toBe(400);
    const path = `/${String(made.json['id'])}`;
    expect((await call('GET', path)).json['name']).toBe('Founded');
    expect([(await call('DELETE', path)).status, (await call('DELETE', path)).status]).toEqual([204, 404]);
  });
});
