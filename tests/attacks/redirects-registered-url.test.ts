import { InputError, type ApplicationInput } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { REDIRECT_URI, type HttpAnswer, type TestApplication, type TestTenant } from '../support/tenant.js';
import { pageOf } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application();
});

afterAll(() => fluxo.close());

/** The query as it is: nothing encodes it once more. */
function ask(application: TestApplication, rawRedirectUri: string): Promise<HttpAnswer> {
  const query = `client_id=${application.clientId}&response_type=code&redirect_uri=${rawRedirectUri}`;
  return acme.visitor().get(`/oauth2/authorize?${query}`);
}

const askFor = (application: TestApplication, redirectUri: string): Promise<HttpAnswer> =>
  ask(application, encodeURIComponent(redirectUri));

function expectPage(answer: HttpAnswer, problem: string): void {
  expect(answer.status).toBe(400);
  expect(answer.headers['location']).toBeUndefined();
  expect(pageOf(answer)).toEqual({ page: 'error', problem });
}

async function expectWelcome(application: TestApplication, redirectUri: string): Promise<void> {
  const answer = await askFor(application, redirectUri);
  expect(answer.status).toBe(200);
  expect(pageOf(answer).page).toBe('sign-in-username');
}

describe('1 · path tricks in the redirect URL', () => {
  test.each([
    `${REDIRECT_URI}%2F..%2Fevil`,
    `${REDIRECT_URI}/../evil`,
    `${REDIRECT_URI}/%2e%2e/evil`,
    `${REDIRECT_URI}%252F..%252Fevil`,
    `${REDIRECT_URI};/../evil`,
    `${REDIRECT_URI}%0A%0D`,
    `${REDIRECT_URI}%0D%0ASet-Cookie:%20a=b`,
    `${REDIRECT_URI}%09`,
    `%20${REDIRECT_URI}`,
    `${REDIRECT_URI}%20`,
    `${REDIRECT_URI}%00`,
    'https://app.example%5C@evil.example/callback',
    'https://app.example%5Ccallback',
    'https:%5C%5Capp.example/callback',
    'https://app.example/./callback',
    'https://app.example/x/../callback',
    'https://app.example//callback',
    'https:/app.example/callback',
    'https:app.example/callback',
    'https://app.example/call%2562ack',
    // Doubly encoded, so that after one decoding it still isn't the registered text.
    encodeURIComponent(encodeURIComponent(REDIRECT_URI)),
    // A broken percent-encoding stays as it came; it must not become something else.
    `${REDIRECT_URI}%`,
    `${REDIRECT_URI}%ff`,
  ])('%s', async (raw) => {
    await expectWelcome(app, REDIRECT_URI);
    expectPage(await ask(app, raw), 'redirect-uri-mismatch');
  });
});

describe('2 · another host that looks alike, or a registered dot taken as a pattern', () => {
  test.each([
    'https://app.example@evil.example/callback',
    'https://app.example:x@evil.example/callback',
    'https://app.example.evil.example/callback',
    'https://evil.example/callback?https://app.example/callback',
    'https://evil.example#https://app.example/callback',
    'https://appXexample/callback',
    'https://app-example/callback',
    'https://app.example./callback',
    'https://xapp.example/callback',
    'https://app。example/callback',
    'https://аpp.example/callback',
    '//app.example/callback',
    'http://app.example/callback',
    'https://app.example:443/callback',
    'https://app.example:8443/callback',
  ])('%s', async (redirectUri) => {
    await expectWelcome(app, REDIRECT_URI);
    expectPage(await askFor(app, redirectUri), 'redirect-uri-mismatch');
  });
});

describe('3 · other case, trailing slash, added query, fragment, wildcard', () => {
  test.each([
    'https://app.example/Callback',
    'https://APP.example/callback',
    'HTTPS://app.example/callback',
    `${REDIRECT_URI}/`,
    `${REDIRECT_URI}?`,
    `${REDIRECT_URI}?next=/evil`,
    `${REDIRECT_URI}&next=/evil`,
    `${REDIRECT_URI}#`,
    `${REDIRECT_URI}#fragment`,
    `${REDIRECT_URI}s`,
    REDIRECT_URI.slice(0, -1),
    'https://app.example/*',
    'https://*.example/callback',
    'https://app.example/call%62ack',
  ])('%s', async (redirectUri) => {
    await expectWelcome(app, REDIRECT_URI);
    expectPage(await askFor(app, redirectUri), 'redirect-uri-mismatch');
  });

  test('a query that was registered may not be lost, changed or reordered', async () => {
    const registered = 'https://app.example/cb?a=1&b=2';
    const withQuery = await acme.application({ name: 'With a query', redirectUrls: [registered] });
    await expectWelcome(withQuery, registered);
    for (const other of [
      'https://app.example/cb',
      'https://app.example/cb?b=2&a=1',
      'https://app.example/cb?a=1&b=3',
    ]) {
      expectPage(await askFor(withQuery, other), 'redirect-uri-mismatch');
    }
  });
});

describe('4 · a loopback address literal with another port, and with anything else', () => {
  const registered = ['http://127.0.0.1/cb', 'http://[::1]:4000/cb?a=1', 'http://localhost:4000/cb'];
  let laptop: TestApplication;
  beforeAll(async () => {
    laptop = await acme.application({ name: 'Laptop', redirectUrls: registered });
  });

  test.each(['http://127.0.0.1:50123/cb', 'http://[::1]:1/cb?a=1', 'http://[::1]/cb?a=1'])(
    '%s is welcome, and the code goes to that very port',
    async (redirectUri) => {
      await expectWelcome(laptop, redirectUri);
      const visitor = acme.visitor();
      await visitor.signIn('ana');
      const consent = await visitor.authorize(laptop, { redirect_uri: redirectUri });
      const { headers } = await visitor.decide(consent, 'allow');
      expect(headers['location']?.startsWith(redirectUri)).toBe(true);
      expect(headers['location']).toContain('code=');
    },
  );

  test.each([
    'http://127.0.0.1:50123/other',
    'http://127.0.0.1:50123/cb?a=1',
    'http://127.0.0.1:50123/cb#x',
    'http://127.0.0.1:0/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1:50123@evil.example/cb',
    'http://127.0.0.1.evil.example:50123/cb',
    'http://127.0.0.2:50123/cb',
    'http://127.1:50123/cb',
    'http://2130706433:50123/cb',
    'http://[::1]:50123/cb',
    'http://[::1]:50123/cb?a=2',
    'http://[0:0:0:0:0:0:0:1]:50123/cb?a=1',
    'http://localhost:50123/cb',
    'https://127.0.0.1:50123/cb',
    'http://evil.example:50123/cb',
  ])('%s', async (redirectUri) => {
    await expectWelcome(laptop, 'http://127.0.0.1:50123/cb');
    expectPage(await askFor(laptop, redirectUri), 'redirect-uri-mismatch');
  });
});

describe('5 · registering what must never be redirected to', () => {
  const cases: readonly [string, RegExp, ApplicationInput['kind']?][] = [
    ['javascript:alert(1)', /scheme/],
    ['javascript:alert(1)', /scheme/, 'spa'],
    ['data:text/html,x', /scheme/, 'spa'],
    ['file:///etc/passwd', /scheme/, 'spa'],
    ['vbscript:x', /scheme/, 'spa'],
    ['myapp:/callback', /needs a dot/, 'spa'],
    ['com.example.app:/callback', /scheme/, 'web'],
    ['https://app.example/cb#fragment', /fragment/],
    ['https://app.example/cb#', /fragment/],
    ['https://user@app.example/cb', /user name/],
    ['https://user:word@app.example/cb', /user name/],
    ['https://@app.example/cb', /user name/],
    ['https://*.example/cb', /wildcard/],
    ['https://app.example/*', /wildcard/],
    ['http://app.example/cb', /http/],
    ['http://127.0.0.1.evil.example/cb', /http/],
    ['https://app.example\\@evil.example/cb', /backslash/],
    ['https://app.example/a/../cb', /normal form/],
    ['https://APP.example/cb', /normal form/],
    ['https://app.example/c b', /blanks/],
    ['https://app.example/cb\n', /blanks/],
    ['https://аpp.example/cb', /non-ASCII/],
    ['/callback', /absolute/],
    ['https://acme.my.localhost:3000/account', /this server/],
    ['https://other.sb01.localhost/anything', /this server/],
  ];

  test.each(cases)('%s is refused, and the administrator hears why: %s', async (url, why, kind) => {
    const name = 'Registered';
    await expect(
      acme.application({ name, redirectUrls: ['https://app.example/fine'] }),
    ).resolves.toBeDefined();
    const refused = acme.application({ name, kind: kind ?? 'web', redirectUrls: [url] });
    await expect(refused).rejects.toThrow(InputError);
    await expect(acme.application({ name, kind: kind ?? 'web', redirectUrls: [url] })).rejects.toThrow(why);
  });

  test('what a spa may have: https, loopback, a scheme with a dot', async () => {
    const redirectUrls = ['https://app.example/cb', 'http://localhost:5173/cb', 'com.example.app:/cb'];
    await expect(acme.application({ name: 'Spa', kind: 'spa', redirectUrls })).resolves.toBeDefined();
  });
});

describe('7 · a redirect URL that already carries a name of the answer', () => {
  test.each(['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'domain', 'lane'])(
    '%s',
    async (name) => {
      await expect(
        acme.application({ redirectUrls: [`${REDIRECT_URI}?my_${name}=x`] }),
      ).resolves.toBeDefined();
      for (const query of [
        `${name}=x`,
        `a=1&${name}`,
        `${name.toUpperCase()}=x`,
        `%${name.charCodeAt(0).toString(16)}${name.slice(1)}=x`,
      ]) {
        await expect(acme.application({ redirectUrls: [`${REDIRECT_URI}?${query}`] })).rejects.toThrow(
          /in its query/,
        );
      }
    },
  );

  test('asking with such a query added is a page, not a redirect', async () => {
    await expectWelcome(app, REDIRECT_URI);
    expectPage(await askFor(app, `${REDIRECT_URI}?code=stolen&state=x`), 'redirect-uri-mismatch');
  });
});
