import { UnavailableError } from '@fluxo/core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { furnishedForAdmin, problemOf, type AdminClient } from '../support/admin-client.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { TestApplication, TestTenant } from '../support/tenant.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let admin: AdminClient;
let app: TestApplication;
let domains = 0;

beforeAll(async () => {
  fluxo = await startFluxo();
});
afterAll(() => fluxo.close());
beforeEach(async () => {
  ({ tenant: acme, admin } = await furnishedForAdmin(fluxo, `acme${(domains += 1)}`));
  app = await acme.application();
});
afterEach(() => vi.restoreAllMocks());

const path = () => `/applications/${app.clientId}`;
const GOOD = 'https://app.example/callback?tab=1';

/** At every place where an administrator names redirect URLs. */
async function expectUrlRefused(url: string, kind: 'web' | 'spa'): Promise<void> {
  const target = kind === 'web' ? app : await acme.application({ kind: 'spa' });
  const created = await admin.send('POST', '/applications', {
    body: { kind, name: 'A', redirect_urls: [GOOD, url] },
  });
  const changed = await admin.change(`/applications/${target.clientId}`, { redirect_urls: [GOOD, url] });
  for (const answer of [created, changed]) {
    expect([url, answer.status, answer.json['errors']]).toEqual([
      ...[url, 400],
      [expect.objectContaining({ field: 'redirect_urls.1' })],
    ]);
  }
  const { json } = await admin.send('POST', '/applications/check-redirect-url', { body: { kind, url } });
  expect([url, json['ok'], json['detail']]).toEqual([url, false, expect.stringMatching(/\w/)]);
}

describe('5 · registering a redirect URL that leads astray', () => {
  test.each(['web', 'spa'] as const)('as %s', async (kind) => {
    const fine = await admin.send('POST', '/applications', {
      body: { kind, name: 'A', redirect_urls: [GOOD] },
    });
    expect(fine.status).toBe(201);
    for (const url of [
      ...[
        'javascript:alert(1)',
        'data:text/html,x',
        'https://app.example/cb#x',
        'https://user:pw@app.example/cb',
      ],
      ...[
        'https://*.app.example/cb',
        'http://app.example/cb',
        '//app.example/cb',
        'app.example',
        'https://app.example\\cb',
      ],
      ...[
        'https://app.example/a/../cb',
        'https://APP.example/cb',
        'https://app.example/\u202ecb',
        `${acme.origin}/cb`,
      ],
    ]) {
      await expectUrlRefused(url, kind);
    }
  });
});

describe('7 · registering a redirect URL with the answer’s own parameters', () => {
  test('is refused', async () => {
    for (const name of ['code', 'state', 'iss', 'error', 'error_description', 'domain', 'lane']) {
      await expectUrlRefused(`https://app.example/cb?${name}=x`, 'web');
    }
  });
});

describe('26 · an application or a user that an administrator disables in mid-flow', () => {
  test('the code is worth nothing', async () => {
    await acme.user('ana');
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    expect((await acme.exchange(app, await visitor.allow(app))).status).toBe(200);
    const code = await visitor.allow(app);
    expect((await admin.change(path(), { enabled: false })).status).toBe(200);
    const refused = await acme.exchange(app, code);
    expect([refused.status, refused.body]).toEqual([400, expect.stringContaining('invalid_grant')]);
    await admin.change(path(), { enabled: true });
    const [second, ana] = [await visitor.allow(app), (await acme.storage.users.findByUsername('ana'))?.user];
    await admin.change(`/users/${ana?.id ?? ''}`, { enabled: false });
    const answer = await acme.exchange(app, second);
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('invalid_grant')]);
  });
});

describe('39 · disconnecting everybody while an application refreshes', () => {
  test('leaves nothing alive', async () => {
    await acme.user('ana');
    for (let round = 0; round < 5; round += 1) {
      const tokens = await acme.connect(app, 'ana');
      const [, ...refreshed] = await Promise.all([
        admin.send('POST', `${path()}/disconnect-all`),
        acme.refresh(app, tokens.refresh_token),
        acme.refresh(app, tokens.refresh_token),
      ]);
      const sessions = [tokens.access_token];
      for (const { status, body } of refreshed) {
        if (status === 200) sessions.push((JSON.parse(body) as { access_token: string }).access_token);
      }
      for (const session of sessions) expect((await acme.callApi(session)).status).toBe(401);
      expect((await acme.refresh(app, tokens.refresh_token)).status).toBe(400);
    }
  });
});

describe('40 · what an administrator ends', () => {
  test.each([
    ['disable', 400],
    ['delete', 400],
    ['disconnect', 400],
    ['delete application', 401],
  ] as const)('%s: everything is dead at once', async (how, refused) => {
    const ana = await acme.user('ana');
    const tokens = await acme.connect(app, 'ana');
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
    const user = `/users/${ana.id}`;
    if (how === 'disable') await admin.change(user, { enabled: false });
    if (how === 'delete') await admin.remove(user);
    if (how === 'disconnect') {
      const [connection] = (await admin.get(`${user}/connections`)).json.items ?? [];
      await admin.send('DELETE', `${path()}/connections/${String(connection?.['consent_id'])}`);
    }
    if (how === 'delete application') await admin.remove(path());
    expect((await acme.callApi(tokens.access_token)).status).toBe(401);
    expect((await acme.refresh(app, tokens.refresh_token)).status).toBe(refused);
    // Enabled again, the old tokens stay dead.
    if (how === 'disable') {
      await admin.change(user, { enabled: true });
      expect((await acme.callApi(tokens.access_token)).status).toBe(401);
    }
  });
});

describe('41 · a database that fails', () => {
  test('an end that was not written is no 204', async () => {
    const ana = await acme.user('ana');
    const tokens = await acme.connect(app, 'ana');
    const [connection] = (await admin.get(`${path()}/connections`)).json.items ?? [];
    const ends: readonly (readonly [
      port: keyof typeof acme.storage,
      method: string,
      end: () => ReturnType<AdminClient['get']>,
    ])[] = [
      [
        'grants',
        'disconnect',
        () => admin.send('DELETE', `${path()}/connections/${String(connection?.['consent_id'])}`),
      ],
      ['grants', 'disconnect', () => admin.send('POST', `${path()}/disconnect-all`)],
      ['applications', 'delete', () => admin.remove(path())],
      ['users', 'update', () => admin.change(`/users/${ana.id}`, { enabled: false })],
      ['sessions', 'endAllOfUser', () => admin.send('POST', `/users/${ana.id}/sign-out`)],
    ];
    const { storage } = fluxo.server.services;
    const bound = storage.forEnvironment.bind(storage);
    for (const [port, method, end] of ends) {
      vi.spyOn(storage, 'forEnvironment').mockImplementation((id, acting) => {
        const ports = bound(id, acting);
        const broken = () => Promise.reject(new UnavailableError('away'));
        return { ...ports, [port]: { ...ports[port], [method]: broken } };
      });
      const answer = await end();
      expect([port, method, answer.status, problemOf(answer)]).toEqual([port, method, 503, 'unavailable']);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      vi.restoreAllMocks();
    }
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
  });
});

describe('43 · letting an application introspect what is not its own', () => {
  test('is an administrator’s word, never a spa’s power, and ends at once', async () => {
    await acme.user('ana');
    const other = await acme.application({ name: 'Other' });
    const { access_token: token } = await acme.connect(other, 'ana');
    const asked = async () => {
      const form = { token, client_id: app.clientId, client_secret: app.clientSecret };
      return (JSON.parse((await acme.postForm('/oauth2/introspect', form)).body) as { active: boolean })
        .active;
    };
    expect(await asked()).toBe(false);
    await admin.change(path(), { introspect_environment: true });
    expect(await asked()).toBe(true);
    await admin.change(path(), { introspect_environment: false });
    expect(await asked()).toBe(false);
    const spa = await acme.application({ kind: 'spa' });
    const refused = await admin.change(`/applications/${spa.clientId}`, { introspect_environment: true });
    expect([refused.status, refused.json['errors']]).toEqual([
      400,
      [expect.objectContaining({ field: 'introspect_environment' })],
    ]);
  });
});

describe('57 · names that deceive, pictures that do more', () => {
  test('a name with what nobody sees is refused wherever an administrator writes one', async () => {
    for (const bad of ['Pay\u202eroll', 'Pay\u200broll', 'Pay\u0000roll', '\u2066Payroll', '\u3164', ' ']) {
      for (const answer of [
        await admin.change(path(), { name: bad }),
        await admin.change(path(), { developer_name: bad }),
        await admin.send('POST', '/users', { body: { username: 'x', name: bad, password: 'correct horse' } }),
        await admin.send('POST', '/users', { body: { username: bad, name: 'x', password: 'correct horse' } }),
        await admin.change('/environment', { name: bad }),
        await admin.send('POST', `${path()}/secrets`, { body: { note: `a${bad}b` } }),
      ].slice(0, bad === ' ' ? 5 : 6)) {
        expect([bad, answer.status, problemOf(answer)]).toEqual([bad, 400, 'invalid-input']);
      }
    }
  });

  test('HTML comes back as JSON, which no browser takes for a page', async () => {
    const name = '<script>alert(1)</script>';
    const answer = await admin.change(path(), { name });
    expect([
      answer.json['name'],
      answer.headers['content-type'],
      answer.headers['x-content-type-options'],
    ]).toEqual([...[name, 'application/json; charset=utf-8', 'nosniff']]);
  });

  test('of a logo only its pixels are served; SVG, what is no picture, and 10 MB are refused', async () => {
    const url = `${path()}/logo`;
    const put = (body: Uint8Array, type: string) =>
      admin.send('PUT', url, { body, headers: { 'content-type': type } });
    const marker = Buffer.from('<script>alert(1)</script>');
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const set = await put(Buffer.concat([png, marker]), 'image/png');
    expect(set.status).toBe(200);
    const stored = await acme.storage.applications.findLogo(app.application.clientId);
    expect(Buffer.from(stored?.png ?? []).includes(marker)).toBe(false);
    const svg = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/>${marker.toString()}</svg>`,
    );
    const asSvg = await put(svg, 'image/svg+xml');
    expect([asSvg.status, problemOf(asSvg), asSvg.json['detail']]).toEqual([
      415,
      'unsupported-media-type',
      expect.stringContaining('SVG'),
    ]);
    for (const body of [svg, Buffer.from('GIF89a'), Buffer.alloc(0), png.subarray(0, 40)]) {
      const answer = await put(body, 'image/png');
      expect([answer.status, answer.json['errors']]).toEqual([
        400,
        [expect.objectContaining({ field: 'logo' })],
      ]);
    }
    const large = await put(Buffer.alloc(10_000_000, png), 'image/png');
    expect([large.status, problemOf(large)]).toEqual([413, 'too-large']);
    expect((await acme.storage.applications.findLogo(app.application.clientId))?.version).toBe(
      stored?.version,
    );
  });
});

describe('80 · a key that must not be registered', () => {
  test('is refused with its reason', async () => {
    const { json } = await admin.send('POST', '/applications', {
      body: { kind: 'machine', name: 'Nightly' },
    });
    const url = `/applications/${String(json['client_id'])}/keys`;
    const { private_key: privateKey, public_key_pem: publicKey } = (
      await admin.send('POST', url, { body: { generate: 'EdDSA' } })
    ).json;
    expect(publicKey).toContain('PUBLIC KEY');
    for (const text of [privateKey, 'x', '{"kty":"oct","k":"AAAA"}', '']) {
      const answer = await admin.send('POST', url, { body: { public_key: text } });
      expect([answer.status, answer.json['errors']]).toEqual([
        400,
        [expect.objectContaining({ field: 'public_key' })],
      ]);
    }
    expect((await admin.send('POST', `${path()}/keys`, { body: { generate: 'EdDSA' } })).status).toBe(409);
  });
});

describe('84 · bodies that are too much', () => {
  test('are refused at once', async () => {
    const body = { name: 'x'.repeat(70_000) };
    const large = await admin.change(path(), body);
    expect([large.status, problemOf(large)]).toEqual([413, 'too-large']);
    const headers = { ...admin.proof(), 'content-type': 'application/json', 'if-match': '*' };
    const send = (text: string | Uint8Array) =>
      admin.visitor.send({ method: 'PATCH', path: `/api/v1${path()}`, headers, body: text });
    for (const text of [
      ...['{', '[]', '"x"', '7', 'null', '', '{"name":"a",}', '['.repeat(30_000)],
      ...['{"__proto__":{"name":"x"}}', '{"constructor":{"prototype":{}}}', Buffer.from([0x7b, 0xff, 0x7d])],
    ]) {
      expect([String(text).slice(0, 20), (await send(text)).status]).toEqual([
        String(text).slice(0, 20),
        400,
      ]);
    }
  });
});
