import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { connectAs, pkce, signedIn, verdictOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { REDIRECT_URI, type HttpAnswer, type TestApplication } from '../support/tenant.js';
import { flowTokenOf, pageOf } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;

beforeAll(async () => {
  app = await stage.acme.application();
});

/** The parameters of an answer that goes back to the application. */
function answerOf({ status, headers }: HttpAnswer): Readonly<Record<string, string | number>> {
  const { searchParams } = new URL(headers['location'] ?? 'about:blank');
  return { status, ...Object.fromEntries(searchParams) };
}

describe('prompt', () => {
  test('none, nobody signed in: login_required, without a page', async () => {
    const answer = await stage.acme.visitor().authorize(app, { prompt: 'none', state: 's' });
    expect(answerOf(answer)).toMatchObject({
      status: 302,
      error: 'login_required',
      state: 's',
      iss: stage.acme.origin,
    });
  });

  test('none, signed in: consent_required, or the code where the consent is remembered', async () => {
    const ana = await signedIn(stage.acme);
    const asked = await ana.authorize(app, { prompt: 'none' });
    expect(answerOf(asked)).toMatchObject({ status: 302, error: 'consent_required' });
    const remembering = await stage.acme.application({ rememberConsent: true });
    await ana.allow(remembering);
    const answer = answerOf(await ana.authorize(remembering, { prompt: 'none' }));
    expect(answer).toMatchObject({ status: 302, code: expect.any(String) as string });
  });

  test('none beside another value: invalid_request', async () => {
    const ana = await signedIn(stage.acme);
    const answer = await ana.authorize(app, { prompt: 'none login' });
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_request' });
  });

  test.each(['login', 'select_account', 'login consent'])(
    '%s: the sign-in page, although somebody is signed in',
    async (prompt) => {
      const ana = await signedIn(stage.acme);
      await stage.acme.user(`guest of ${prompt}`);
      const asked = await ana.authorize(app, { prompt });
      expect(pageOf(asked).page).toBe('sign-in-username');
      const after = await ana.signInWithin(asked, `guest of ${prompt}`);
      const consent = await ana.get(after.headers['location'] ?? '');
      expect(pageOf(consent).page).toBe('consent');
      expect(consent.body).toContain(`guest of ${prompt}`);
    },
  );

  test('consent: the screen, although the consent is remembered, also after a sign-in in between', async () => {
    const remembering = await stage.acme.application({ rememberConsent: true });
    const ana = await signedIn(stage.acme);
    await ana.allow(remembering);
    expect((await ana.authorize(remembering)).status).toBe(302);
    expect(pageOf(await ana.authorize(remembering, { prompt: 'consent' })).page).toBe('consent');
    const fresh = stage.acme.visitor();
    const after = await fresh.signInWithin(await fresh.authorize(remembering, { prompt: 'consent' }), 'ana');
    expect(pageOf(await fresh.get(after.headers['location'] ?? '')).page).toBe('consent');
  });

  test('unknown values are ignored', async () => {
    const ana = await signedIn(stage.acme);
    expect(pageOf(await ana.authorize(app, { prompt: 'create' })).page).toBe('consent');
  });
});

describe('login_hint and ui_locales', () => {
  test('login_hint fills the username in, as text', async () => {
    const asked = await stage.acme.visitor().authorize(app, { login_hint: 'ana"><script>' });
    expect(asked.body).toMatch(/<input[^>]*value="ana&quot;&gt;&lt;script&gt;"/);
  });

  test('ui_locales wins over Accept-Language, and stays for the whole flow', async () => {
    const visitor = stage.acme.visitor();
    const english = { 'accept-language': 'en' };
    const path = `/oauth2/authorize?client_id=${app.clientId}&response_type=code`;
    const asked = await visitor.get(`${path}&ui_locales=${encodeURIComponent('fr pt-BR')}`, english);
    expect(asked.body).toContain('<html lang="pt-BR"');
    const named = await visitor.post('/sign-in', { flow: flowTokenOf(asked), username: 'ana' }, english);
    const password = await visitor.get(named.headers['location'] ?? '', english);
    expect(password.body).toContain('<html lang="pt-BR"');
  });

  test('Accept-Language decides without it; what we don’t speak is English', async () => {
    for (const [accept, lang] of [
      ['pt-BR,pt;q=0.9', 'pt-BR'],
      ['pt', 'pt-BR'],
      ['de, fr;q=0.5', 'en'],
      ['*', 'en'],
      ['en;q=0.1, pt-BR;q=0.9', 'pt-BR'],
    ] as const) {
      const page = await stage.acme.visitor().get('/account', { 'accept-language': accept });
      expect([accept, /<html lang="([^"]+)"/.exec(page.body)?.[1]]).toEqual([accept, lang]);
    }
  });
});

describe('what the answer carries', () => {
  test('domain and lane on both paths, iss on the standard one, success and error alike', async () => {
    const ana = await signedIn(stage.acme);
    for (const [family, iss] of [
      ['dialect', undefined],
      ['standard', stage.acme.origin],
    ] as const) {
      const allowed = await ana.decide(await ana.authorize(app, {}, family), 'allow');
      expect(allowed.status).toBe(303);
      const faulty = await ana.authorize(app, { response_type: 'token' }, family);
      expect(faulty.status).toBe(302);
      for (const answer of [allowed, faulty]) {
        expect(answerOf(answer)).toMatchObject({ domain: 'acme', lane: 'my' });
        expect(answerOf(answer)['iss']).toBe(iss);
        expect(answerOf(answer)).not.toHaveProperty('state');
      }
    }
  });

  test('the query of the registered URL is kept', async () => {
    const url = 'https://app.example/callback?tenant=7&x=a%20b';
    const client = await stage.acme.application({ redirectUrls: [url] });
    const ana = await signedIn(stage.acme);
    const answer = await ana.decide(await ana.authorize(client), 'allow');
    expect(answer.headers['location']).toMatch(/^https:\/\/app\.example\/callback\?tenant=7&x=a%20b&code=/);
  });
});

describe('remembering the consent', () => {
  test('off: asked each time; on: asked once, then a code without a page', async () => {
    const ana = await signedIn(stage.acme);
    await ana.allow(app);
    expect(pageOf(await ana.authorize(app)).page).toBe('consent');

    const remembering = await stage.acme.application({ rememberConsent: true });
    const tokens = await connectAs(ana, remembering);
    const { code } = answerOf(await ana.authorize(remembering));
    expect(verdictOf(await stage.acme.exchange(remembering, String(code)))).toBe('200');
    const after = stage.acme.visitor();
    const signed = await after.signInWithin(await after.authorize(remembering), 'ana');
    expect(answerOf(await after.get(signed.headers['location'] ?? ''))).toHaveProperty('code');
    expect((await stage.acme.callApi(tokens.access_token)).status).toBe(200);
  });

  test('is bound to the redirect URL and to the person', async () => {
    const redirectUrls = [REDIRECT_URI, 'https://app.example/other'];
    const remembering = await stage.acme.application({ rememberConsent: true, redirectUrls });
    const ana = await signedIn(stage.acme);
    await ana.allow(remembering);
    const elsewhere = { redirect_uri: 'https://app.example/other' };
    expect(pageOf(await ana.authorize(remembering, elsewhere)).page).toBe('consent');
    await stage.acme.user('bea');
    expect(pageOf(await (await signedIn(stage.acme, 'bea')).authorize(remembering)).page).toBe('consent');
  });

  test('ends with Disconnect, and with the setting', async () => {
    const administrator = new Administrator(stage.acme);
    const remembering = await stage.acme.application({ rememberConsent: true });
    const ana = await signedIn(stage.acme);
    const { wid } = await connectAs(ana, remembering);
    await administrator.changeApplication(remembering, { rememberConsent: false });
    expect(pageOf(await ana.authorize(remembering)).page).toBe('consent');
    await administrator.changeApplication(remembering, { rememberConsent: true });
    expect((await ana.authorize(remembering)).status).toBe(302);

    const { grants, users } = stage.acme.storage;
    const user = (await users.list()).find(({ id }) => id === wid)!;
    const consents = await grants.listConsents(user.id);
    const consent = consents.find(({ application }) => application.clientId === remembering.clientId)!;
    await grants.revokeConsent(consent.consentId, user.id, stage.fluxo.clock.now());
    expect(pageOf(await ana.authorize(remembering)).page).toBe('consent');
  });

  test('is for web applications with https alone', async () => {
    const refused = [
      { kind: 'spa' as const },
      { redirectUrls: ['http://localhost:4000/callback'] },
      { redirectUrls: [REDIRECT_URI, 'http://127.0.0.1/callback'] },
    ];
    for (const input of refused) {
      await expect(stage.acme.application({ ...input, rememberConsent: true })).rejects.toThrow(/remember/);
    }
  });
});

describe('a spa', () => {
  test('connects with PKCE and without a secret', async () => {
    const spa = await stage.acme.application({
      kind: 'spa',
      redirectUrls: ['com.example.app:/cb', 'https://spa.example/cb'],
    });
    const ana = await signedIn(stage.acme);
    const { verifier, challenge } = pkce();
    const answer = await ana.decide(await ana.authorize(spa, challenge), 'allow');
    expect(answer.headers['location']).toMatch(/^com\.example\.app:\/cb\?code=/);
    const code = /code=([A-Za-z0-9]+)/.exec(answer.headers['location'] ?? '')?.[1] ?? '';
    const more = { code_verifier: verifier, redirect_uri: 'com.example.app:/cb' };
    expect(verdictOf(await stage.acme.exchange(spa, code, more))).toBe('200');
  });
});
