import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { sendRaw } from '../support/raw-http.js';
import {
  basic,
  credentials,
  PASSWORD,
  type HttpAnswer,
  type HttpCall,
  type TestApplication,
  type TestTenant,
} from '../support/tenant.js';
import { authorizePath, flowTokenOf, hiddenValueOf, pageOf } from '../support/visitor.js';

const FORM = 'application/x-www-form-urlencoded';
const SECURE = {
  FLUXO_BASE_DOMAIN: 'example.com',
  FLUXO_PUBLIC_SCHEME: 'https',
  FLUXO_PUBLIC_PORT: '443',
};

let fluxo: TestFluxo;
let port: number;
let acme: TestTenant;
let app: TestApplication;
let overTls: TestFluxo;
let secure: TestTenant;

beforeAll(async () => {
  fluxo = await startFluxo({ settings: { PORT: '0' } });
  port = await fluxo.server.listen();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application();
  overTls = await startFluxo({ settings: SECURE });
  secure = await overTls.environment('acme');
  await secure.user('ana');
});

afterAll(async () => {
  await fluxo.close();
  await overTls.close();
});

afterEach(() => void vi.restoreAllMocks());

/** One page of every kind. */
async function everyPage(): Promise<readonly HttpAnswer[]> {
  const html = { accept: 'text/html' };
  const visitor = acme.visitor();
  const username = await visitor.authorize(app);
  const flow = flowTokenOf(username);
  await visitor.post('/sign-in', { flow, username: 'ana' });
  const password = await visitor.get(`/sign-in/password?flow=${flow}`);
  const wrong = await visitor.post('/sign-in/password', { flow, password: 'wrong' });
  const signedIn = await visitor.post('/sign-in/password', { flow, password: PASSWORD });
  const consent = await visitor.get(signedIn.headers['location'] ?? '');
  const account = await visitor.get('/account');
  const refused = await visitor.post('/sign-out', {}, { 'sec-fetch-site': 'cross-site' });
  const problem = await visitor.authorize(app, { client_id: 'x' });
  const [signedOut, notFound] = [await visitor.get('/signed-out'), await visitor.get('/nothing', html)];
  const pages = [username, password, wrong, consent, account, refused, problem, signedOut, notFound];
  expect(pages.map((answer) => pageOf(answer).page)).toEqual([
    'sign-in-username',
    'sign-in-password',
    'sign-in-password',
    'consent',
    'account',
    'error',
    'error',
    'signed-out',
    'error',
  ]);
  return pages;
}

describe('53 · framing', () => {
  test('no page may be framed, run a foreign script, or post its form elsewhere', async () => {
    for (const page of await everyPage()) {
      const policy = (page.headers['content-security-policy'] ?? '').split('; ');
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("base-uri 'none'");
      const formAction = policy.find((rule) => rule.startsWith('form-action'));
      // A callback may redirect on, but a password goes nowhere else.
      if (pageOf(page).page === 'sign-in-password') expect(formAction).toBe("form-action 'self'");
      expect(formAction).toMatch(/^form-action 'self'(?: https:\/\/app\.example https:)?$/);
      expect(policy.join()).not.toMatch(/unsafe|\*|data:|http:/);
      expect(page.headers['x-frame-options']).toBe('DENY');
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    }
  });

  test('a redirect URL can’t write into the policy', async () => {
    const redirectUrl = 'https://app.example:8443/cb;script-src%20x?a=unsafe-inline;b=1,c';
    const tricky = await acme.application({ name: 'Tricky', redirectUrls: [redirectUrl] });
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const page = await visitor.authorize(tricky);
    const policy = page.headers['content-security-policy'] ?? '';
    expect(policy).toContain("form-action 'self' https://app.example:8443 https:;");
    expect(policy).not.toContain('unsafe');
  });
});

describe('48 · caching and Referer', () => {
  test('no answer may be kept, and none tells the next site where the person was', async () => {
    const tokens = await acme.connect(app, 'ana');
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const consent = await visitor.authorize(app);
    const token = { token: tokens.access_token, ...credentials(app) };
    const answers = [
      ...(await everyPage()),
      await visitor.decide(consent, 'allow'),
      await visitor.authorize(app, { response_type: 'x' }),
      await acme.send({ path: '/' }),
      await acme.refresh(app, tokens.refresh_token),
      await acme.refresh(app, 'wrong'),
      await acme.refresh({ ...app, clientSecret: 'wrong' }, 'wrong'),
      await acme.postForm('/integrations/oauth2/api/v1/introspect', token),
      await acme.postForm('/oauth2/revoke', { ...token, token: 'x' }),
      await acme.send({ path: '/oauth2/token' }),
      await acme.send({ method: 'OPTIONS', path: '/oauth2/token', headers: { origin: 'https://a.example' } }),
      await acme.callApi(tokens.access_token),
      await acme.callApi('wrong'),
      await acme.send({ path: '/attask/api/nothing' }),
      await acme.send({ path: '/.well-known/openid-configuration' }),
      await acme.send({ path: '/health/live' }),
      await acme.send({ path: '/nothing' }),
      await acme.send({ path: '/account', headers: { host: 'evil.example' } }),
      await acme.send({ method: 'POST', path: '/oauth2/token', body: 'x'.repeat(20_000) }),
      await sendRaw(
        port,
        `GET /%zz HTTP/1.1\r\nHost: ${new URL(acme.origin).host}\r\nConnection: close\r\n\r\n`,
      ),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.headers['cache-control'], answer.headers['referrer-policy']]).toEqual([
        answer.status,
        'no-store',
        'no-referrer',
      ]);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{16}$/);
    }
  });

  test('what may be kept is the same for everybody and sets no cookie', async () => {
    const page = await acme.send({ path: '/account' });
    const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec(page.body)?.[1] ?? '';
    for (const path of [stylesheet, '/favicon.ico', '/.well-known/oauth-authorization-server']) {
      const answer = await acme.visitor().get(path);
      expect(answer.headers['cache-control']).toMatch(/^public, max-age=\d+/);
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.setCookies).toEqual([]);
    }
  });
});

describe('54 · cookie tossing', () => {
  test('over TLS every cookie is __Host-, Secure, HttpOnly, SameSite=Lax, and bound to this host', async () => {
    const visitor = secure.visitor();
    const page = await visitor.get('/account');
    const signedIn = await visitor.signInWithin(page, 'ana');
    const account = await visitor.get('/account');
    const signedOut = await visitor.post('/sign-out', { form_token: hiddenValueOf(account, 'form_token') });
    const cookies = [...page.setCookies, ...signedIn.setCookies, ...signedOut.setCookies];
    expect(cookies.map((cookie) => cookie.split('=', 1)[0])).toEqual([
      '__Host-fluxo-browser',
      '__Host-fluxo-session',
      '__Host-fluxo-known',
      '__Host-fluxo-session',
    ]);
    for (const cookie of cookies) {
      const [, ...attributes] = cookie.split('; ');
      const fixed = attributes.filter((attribute) => !attribute.startsWith('Max-Age='));
      expect(fixed).toEqual(['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure']);
    }
  });

  test('on http loopback the names are plain, and everything else is the same', async () => {
    const visitor = acme.visitor();
    const signedIn = await visitor.signIn('ana');
    expect(signedIn.setCookies).toEqual([
      expect.stringMatching(/^fluxo-session=[A-Za-z0-9]+; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^fluxo-known=[a-f0-9]{96}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=15552000$/),
    ]);
  });

  test('over TLS a plain name counts for nothing: a sister host could have set it', async () => {
    const visitor = secure.visitor();
    await visitor.signIn('ana');
    expect(pageOf(await visitor.get('/account')).page).toBe('account');
    const session = visitor.cookies.get('__Host-fluxo-session')!;
    for (const name of ['fluxo-session', '__Secure-fluxo-session', '__host-fluxo-session', 'session']) {
      const answer = await secure.send({ path: '/account', headers: { cookie: `${name}=${session}` } });
      expect(pageOf(answer).page).toBe('sign-in-username');
    }
  });

  test('of two cookies with one name neither counts, in either order, equal or not', async () => {
    const [ana, visitor] = [acme.visitor(), acme.visitor()];
    await ana.signIn('ana');
    await visitor.signIn('ana');
    const [a, b] = [ana.cookies.get('fluxo-session')!, visitor.cookies.get('fluxo-session')!];
    const accountWith = (cookie: string): Promise<HttpAnswer> =>
      acme.send({ path: '/account', headers: { cookie } });
    expect(pageOf(await accountWith(`fluxo-session=${a}`)).page).toBe('account');
    for (const [one, two] of [
      [a, b],
      [b, a],
      [a, 'x'],
      ['x', a],
      [a, ''],
      [a, a],
    ]) {
      const answer = await accountWith(`fluxo-session=${one}; fluxo-session=${two}`);
      expect(pageOf(answer).page).toBe('sign-in-username');
    }
    const consent = await visitor.authorize(app);
    const tossed = `fluxo-session=${b}; fluxo-browser=${visitor.cookies.get('fluxo-browser')}; fluxo-browser=x`;
    const form = { flow: flowTokenOf(consent), decision: 'allow' };
    expect((await acme.visitor().post('/consent', form, { cookie: tossed })).status).toBe(403);
    expect((await visitor.decide(consent, 'allow')).headers['location']).toContain('code=');
  });
});

/** Nothing in an answer may tell how the server is made. */
function expectQuiet(answer: HttpAnswer, call?: HttpCall): void {
  expect([answer.status < 500, call]).toEqual([true, call]);
  expect(answer.body).not.toMatch(/node_modules|\.[tj]s:\d|\n\s+at |SQLITE|FST_ERR|TypeError|RangeError/);
}

describe('86 · malformed cookies, headers and percent-encoding: never a stack trace, never 5xx', () => {
  const values = [
    '',
    '=',
    ';',
    ';;;=;',
    '%',
    '%zz',
    '%00',
    '"',
    '\x80\xff',
    'x'.repeat(4000),
    '__proto__',
    '[]',
    '{}',
  ];

  test('cookies and headers', async () => {
    const names = [
      ...['cookie', 'authorization', 'sessionid', 'content-type', 'accept', 'accept-language', 'origin'],
      ...[
        'sec-fetch-site',
        'user-agent',
        'content-encoding',
        'expect',
        'range',
        'if-none-match',
        'x-request-id',
      ],
    ];
    const schemes = [
      'Basic ',
      'Basic x',
      'Basic =',
      'Basic gIA=',
      'Bearer',
      'Bearer  ',
      'Digest x',
      'sessionID',
    ];
    const paths = [
      '/account',
      authorizePath(app),
      '/attask/api/v14.0/proj/search',
      '/oauth2/token',
      '/nothing',
    ];
    expect((await acme.send({ path: '/account', headers: { cookie: 'a=b' } })).status).toBe(200);
    for (const path of paths) {
      const method = path === '/oauth2/token' ? 'POST' : 'GET';
      for (const name of names) {
        const texts = name === 'authorization' ? [...values, ...schemes] : values;
        const cookies = texts.flatMap((value) => [
          `fluxo-session=${value}`,
          `fluxo-browser=${value}; fluxo-session=${value}`,
        ]);
        const calls = [...texts, ...(name === 'cookie' ? cookies : [])].map(
          (text) => ({ method, path, headers: { [name]: text } }) as const,
        );
        await Promise.all(calls.map(async (call) => expectQuiet(await acme.send(call), call)));
      }
    }
  });

  test('queries, forms and percent-encoding in paths', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const flow = flowTokenOf(await visitor.authorize(app));
    const own = { 'sec-fetch-site': 'same-origin', 'content-type': FORM };
    for (const value of values.map((text) => text.replace(/[^\x21-\x7e]/g, '%ff').replaceAll('"', '%22'))) {
      const calls: readonly HttpCall[] = [
        ...['client_id', 'redirect_uri', 'state', 'prompt', 'ui_locales', 'login_hint', 'response_type'].map(
          (name) => ({ path: `${authorizePath(app, { [name]: '' })}&${name}=${value}` }),
        ),
        ...['/consent', '/sign-in', '/sign-in/password'].map((path) => ({ path: `${path}?flow=${value}` })),
        { path: `/consent?${value}` },
        { path: `/attask/api/v14.0/proj/search?${value}&fields=${value}` },
        { path: `/applications/${value}/logo` },
        { path: `/attask/api/${value}/proj/${value}` },
        ...['/consent', '/sign-in', '/sign-in/password', '/sign-in/switch', '/sign-out'].flatMap((path) =>
          [`flow=${value}`, value, `flow=${flow}&decision=${value}`, `form_token=${value}`].map((body) => ({
            method: 'POST' as const,
            path,
            headers: own,
            body,
          })),
        ),
        ...['token', 'revoke', 'introspect'].map((name) => ({
          method: 'POST' as const,
          path: `/oauth2/${name}`,
          headers: { 'content-type': FORM, authorization: basic(app) },
          body: `grant_type=${value}&token=${value}&refresh_token=${value}&code=${value}`,
        })),
      ];
      await Promise.all(calls.map(async (call) => expectQuiet(await visitor.send(call), call)));
    }
    for (const target of [
      '/%',
      '/%zz',
      '/%ff',
      '/%c0%af',
      '/\xff',
      '/account?%',
      '/\\..\\x',
      `/${'x'.repeat(9000)}`,
    ]) {
      const host = new URL(acme.origin).host;
      const request = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expectQuiet(await sendRaw(port, request));
    }
  });
});

describe('86 · a check that throws fails closed', () => {
  const fault = new Error('a fault with a secret in it: hunter2');

  test.each([
    [
      'the password’s',
      () => vi.spyOn(fluxo.server.services.passwordHasher, 'verify').mockRejectedValue(fault),
    ],
    [
      'the environment’s, where it is remembered',
      () =>
        vi.spyOn(fluxo.server.services.hosts, 'recall').mockImplementation(() => {
          throw fault;
        }),
    ],
    [
      'the environment’s, where it is looked up',
      () => {
        const { hosts } = fluxo.server.services;
        const nothing = vi.spyOn(hosts, 'recall').mockReturnValue(undefined);
        const failing = vi.spyOn(hosts, 'resolve').mockRejectedValue(fault);
        return {
          mockRestore: () => {
            for (const spy of [nothing, failing]) spy.mockRestore();
          },
        };
      },
    ],
    [
      'the clock’s',
      () =>
        vi.spyOn(fluxo.clock, 'now').mockImplementation(() => {
          throw fault;
        }),
    ],
  ])('%s', async (_name, breakIt) => {
    const visitor = acme.visitor();
    const flow = flowTokenOf(await visitor.get('/account'));
    await visitor.post('/sign-in', { flow, username: 'ana' });
    const tokens = await acme.connect(app, 'ana');
    const spy = breakIt();
    const refused = await visitor.post('/sign-in/password', { flow, password: PASSWORD });
    expect([refused.status, refused.setCookies, refused.headers['location']]).toEqual([500, [], undefined]);
    const [api, token] = [
      await acme.callApi(tokens.access_token),
      await acme.refresh(app, tokens.refresh_token),
    ];
    if (_name !== 'the password’s') expect([api.status, token.status]).toEqual([500, 500]);
    for (const answer of [refused, api, token]) {
      expect(answer.body).not.toMatch(/hunter2|Error:|node_modules|\.ts/);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    spy.mockRestore();
    expect((await visitor.post('/sign-in/password', { flow, password: PASSWORD })).status).toBe(303);
  });
});
