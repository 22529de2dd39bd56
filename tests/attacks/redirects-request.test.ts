import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { sendRaw } from '../support/raw-http.js';
import {
  credentials,
  REDIRECT_URI,
  type HttpAnswer,
  type TestApplication,
  type TestTenant,
  type Tokens,
} from '../support/tenant.js';
import { authorizePath, pageOf } from '../support/visitor.js';

const VERIFIER = 'a-code-verifier-that-is-long-enough-for-rfc-7636';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const PKCE = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

let fluxo: TestFluxo;
let port: number;
let acme: TestTenant;
let app: TestApplication;
let spa: TestApplication;

beforeAll(async () => {
  fluxo = await startFluxo({ settings: { PORT: '0' } });
  port = await fluxo.server.listen();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application();
  spa = await acme.application({ kind: 'spa', name: 'Browser app' });
});

afterAll(() => fluxo.close());

function expectPage(answer: HttpAnswer, problem: string): void {
  expect(answer.status).toBe(400);
  expect(answer.headers['location']).toBeUndefined();
  expect(pageOf(answer)).toEqual({ page: 'error', problem });
}

/** The answer's query, once it is known to go to the registered redirect URL. */
function answerOf(answer: HttpAnswer): Record<string, string> {
  expect([302, 303]).toContain(answer.status);
  const location = answer.headers['location'] ?? '';
  expect(location.startsWith(`${REDIRECT_URI}?`)).toBe(true);
  expect(location).not.toContain('#');
  return Object.fromEntries(new URL(location).searchParams);
}

async function expectWelcome(
  application: TestApplication,
  params: Record<string, string> = {},
): Promise<void> {
  const answer = await acme.visitor().authorize(application, params);
  expect([answer.status, pageOf(answer).page]).toEqual([200, 'sign-in-username']);
}

describe('6 · an unknown or disabled client, or one without a redirect URL to answer to', () => {
  const unknown = 'f'.repeat(32);
  test.each([
    ['no client_id', { client_id: '' }, 'client-id-missing'],
    ['not an identifier', { client_id: 'planner' }, 'client-id-malformed'],
    ['an identifier in capitals', { client_id: unknown.toUpperCase() }, 'client-id-malformed'],
    ['an identifier that nobody has', { client_id: unknown }, 'client-unknown'],
    ['SQL', { client_id: "' OR 1=1 --" }, 'client-id-malformed'],
  ])('%s', async (_name, params, problem) => {
    await expectWelcome(app);
    expectPage(await acme.visitor().authorize(app, params), problem);
  });

  test('disabled', async () => {
    const soon = await acme.application({ name: 'Soon disabled' });
    await expectWelcome(soon);
    await new Administrator(acme).changeApplication(soon, { enabled: false });
    expectPage(await acme.visitor().authorize(soon), 'client-disabled');
  });

  test('deleted', async () => {
    const soon = await acme.application({ name: 'Soon deleted' });
    await expectWelcome(soon);
    await new Administrator(acme).deleteApplication(soon);
    expectPage(await acme.visitor().authorize(soon), 'client-unknown');
  });

  test('several redirect URLs and none sent: nobody guesses which', async () => {
    const two = await acme.application({ redirectUrls: [REDIRECT_URI, `${REDIRECT_URI}2`] });
    await expectWelcome(app, { redirect_uri: '' });
    expectPage(await acme.visitor().authorize(two, { redirect_uri: '' }), 'redirect-uri-missing');
  });
});

describe('8 · another redirect URL at the token endpoint', () => {
  test('differs, is missing, or is one more that is registered: invalid_grant; the code is not used up', async () => {
    const two = await acme.application({ redirectUrls: [REDIRECT_URI, `${REDIRECT_URI}2`] });
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const code = await visitor.allow(two);
    for (const redirectUri of [`${REDIRECT_URI}2`, `${REDIRECT_URI}/`, 'https://evil.example/callback', '']) {
      const answer = await acme.exchange(two, code, { redirect_uri: redirectUri });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ error: 'invalid_grant' });
    }
    expect((await acme.exchange(two, code)).status).toBe(200);
  });

  test('a redirect URL that was never sent to the authorization page must still be the one answered to', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const code = await visitor.allow(app, { redirect_uri: '' });
    expect((await acme.exchange(app, code, { redirect_uri: 'https://evil.example/' })).status).toBe(400);
    expect((await acme.exchange(app, code, { redirect_uri: '' })).status).toBe(200);
  });
});

describe('11 · a parameter twice, or in query and body', () => {
  test.each(['client_id', 'redirect_uri'])('%s twice: a page, also when both are equal', async (name) => {
    const value = name === 'client_id' ? app.clientId : REDIRECT_URI;
    await expectWelcome(app);
    for (const second of [value, '', 'https://evil.example/']) {
      const path = `${authorizePath(app)}&${name}=${encodeURIComponent(second)}`;
      expectPage(await acme.visitor().get(path), 'parameter-repeated');
    }
    expectPage(
      await acme.visitor().get(`${authorizePath(app)}&%${name.charCodeAt(0).toString(16)}${name.slice(1)}=x`),
      'parameter-repeated',
    );
  });

  test.each([
    ['response_type', 'code'],
    ['state', 'two'],
    ['code_challenge', CHALLENGE],
    ['code_challenge_method', 'S256'],
    ['prompt', 'login'],
    ['scope', 'openid'],
  ])('%s twice: invalid_request, to the redirect URL', async (name, value) => {
    const params = { state: 'one', scope: 'a', prompt: 'login', ...PKCE };
    await expectWelcome(app, params);
    const answer = await acme.visitor().get(`${authorizePath(app, params)}&${name}=${value}`);
    const { error, code, state } = answerOf(answer);
    expect([error, code]).toEqual(['invalid_request', undefined]);
    expect(state).toBe(name === 'state' ? undefined : 'one');
  });

  test('at the token endpoint', async () => {
    const tokens = await acme.connect(app, 'ana');
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...credentials(app) };
    const body = new URLSearchParams(form).toString();
    const post = (path: string, text: string): Promise<HttpAnswer> =>
      acme.send({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: text,
      });
    expect((await post('/oauth2/token', body)).status).toBe(200);
    for (const [name, value] of Object.entries(form)) {
      const twice = await post('/oauth2/token', `${body}&${name}=${value}`);
      expect([twice.status, twice.body]).toEqual([400, expect.stringContaining('"invalid_request"')]);
      const inQuery = await post(`/oauth2/token?${name}=${value}`, body);
      expect([inQuery.status, inQuery.body]).toEqual([400, expect.stringContaining('"invalid_request"')]);
    }
    const json = await acme.send({
      method: 'POST',
      path: '/integrations/oauth2/api/v1/token',
      headers: { 'content-type': 'application/json' },
      body: `${JSON.stringify(form).slice(0, -1)},"client_id":"${app.clientId}"}`,
    });
    expect([json.status, json.body]).toEqual([400, expect.stringContaining('"invalid_request"')]);
  });
});

describe('12 · other response types and modes', () => {
  test.each([
    ['token', 'unsupported_response_type'],
    ['id_token', 'unsupported_response_type'],
    ['code token', 'unsupported_response_type'],
    ['code id_token token', 'unsupported_response_type'],
    ['none', 'unsupported_response_type'],
    ['CODE', 'unsupported_response_type'],
    ['', 'invalid_request'],
  ])('response_type=%s: an error in the query, never a token in a URL', async (responseType, expected) => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    expect(pageOf(await visitor.authorize(app)).page).toBe('consent');
    const { error, access_token, id_token, code } = answerOf(
      await visitor.authorize(app, { response_type: responseType }),
    );
    expect([error, access_token, id_token, code]).toEqual([expected, undefined, undefined, undefined]);
  });

  test.each(['fragment', 'form_post', 'query.jwt', 'web_message', 'x'])(
    'response_mode=%s: invalid_request in the query',
    async (responseMode) => {
      await expectWelcome(app, { response_mode: 'query' });
      const answer = await acme.visitor().authorize(app, { response_mode: responseMode });
      expect(answerOf(answer)).toMatchObject({ error: 'invalid_request' });
    },
  );
});

describe('15 · mix-up: every answer says who gave it', () => {
  test.each(['standard', 'dialect'] as const)('on the %s path, on success and on error', async (family) => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const allowed = await visitor.decide(await visitor.authorize(app, {}, family), 'allow');
    const denied = await visitor.decide(await visitor.authorize(app, {}, family), 'cancel');
    const refused = await visitor.authorize(app, { response_type: 'token' }, family);
    expect(answerOf(allowed)).toHaveProperty('code');
    for (const answer of [allowed, denied, refused]) {
      const { domain, lane, iss } = answerOf(answer);
      expect({ domain, lane }).toEqual({ domain: 'acme', lane: 'my' });
      expect(iss).toBe(family === 'standard' ? acme.origin : undefined);
    }
  });

  test('the path where the flow began decides, and a request can’t choose its issuer', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const page = await visitor.authorize(app, { iss: 'https://evil.example', domain: 'evil', lane: 'sb01' });
    const answer = await visitor.decide(page, 'allow');
    const location = new URL(answer.headers['location'] ?? '');
    expect(location.searchParams.getAll('iss')).toEqual([acme.origin]);
    expect(location.searchParams.getAll('domain')).toEqual(['acme']);
    expect(location.searchParams.getAll('lane')).toEqual(['my']);
  });
});

describe('16 · hostile state comes back byte for byte, and stays state', () => {
  async function stateBack(path: string): Promise<readonly string[]> {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const consent = await visitor.get(path);
    expect(pageOf(consent).page).toBe('consent');
    const answers = [
      await visitor.decide(consent, 'allow'),
      await visitor.decide(await visitor.get(path), 'cancel'),
      await visitor.get(path.replace('response_type=code', 'response_type=token')),
    ];
    return answers.map((answer) => {
      expect(answer.headers['set-cookie']).toBeUndefined();
      answerOf(answer);
      return /[?&]state=([^&#]*)$/.exec(answer.headers['location'] ?? '')?.[1] ?? 'no state';
    });
  }

  test.each([
    ['plain', 'abc'],
    ['CR LF', 'a%0D%0ASet-Cookie:%20x=y%0d%0a%0d%0a'],
    ['HTML', '%3Cscript%3Ealert(1)%3C/script%3E%22%27'],
    ['not UTF-8', '%FF%FE%80'],
    ['a broken percent-encoding', '%zz%'],
    ['a plus and a blank', 'a+b%20c'],
    ['another answer', 'x%26code%3Dstolen%23access_token%3Dx'],
    ['4 KiB', 'x'.repeat(4096)],
    ['4 KiB, each byte of it percent-encoded', '%ff'.repeat(4096)],
  ])('%s', async (_name, state) => {
    const back = await stateBack(`${authorizePath(app)}&state=${state}`);
    expect(back).toEqual([state, state, state]);
  });

  test('longer than 4 KiB: invalid_request without it, never cut', async () => {
    const answer = await acme.visitor().get(`${authorizePath(app)}&state=${'x'.repeat(4097)}`);
    expect(answerOf(answer)).not.toHaveProperty('state');
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_request' });
  });

  test.each([
    ['raw quotes and angle brackets', '"<b>\\^`{|}', '%22%3Cb%3E%5C%5E%60%7B%7C%7D'],
    ['a raw fragment', 'x#access_token=forged', 'x%23access_token=forged'],
  ])('%s on the request line can’t leave the query', async (_name, state, expected) => {
    const path = `${authorizePath(app, { response_type: 'token' })}&state=${state}`;
    const answer = await sendRaw(
      port,
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(acme.origin).host}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toContain(`&state=${expected}`);
    expect(answer.headers['location']).not.toContain('#');
  });
});

describe('19 · a public client without a challenge, or with `plain`', () => {
  test.each([
    ['no challenge', {}],
    ['plain', { code_challenge: VERIFIER, code_challenge_method: 'plain' }],
    ['no method, which means plain', { code_challenge: CHALLENGE }],
    ['a method alone', { code_challenge_method: 'S256' }],
    ['an empty challenge', { code_challenge: '', code_challenge_method: 'S256' }],
    ['s256 in small letters', { code_challenge: CHALLENGE, code_challenge_method: 's256' }],
    ['a challenge that is too short', { ...PKCE, code_challenge: CHALLENGE.slice(1) }],
    ['a challenge of other characters', { ...PKCE, code_challenge: `${CHALLENGE.slice(1)}=` }],
  ])('%s: invalid_request', async (_name, params: Record<string, string>) => {
    await expectWelcome(spa, PKCE);
    const { error, code } = answerOf(await acme.visitor().authorize(spa, params));
    expect([error, code]).toEqual(['invalid_request', undefined]);
  });

  test('rightly made, it connects', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const answer = await acme.exchange(spa, await visitor.allow(spa, PKCE), { code_verifier: VERIFIER });
    expect(answer.status).toBe(200);
    expect((JSON.parse(answer.body) as Tokens).wid).toMatch(/^[0-9a-f]{32}$/);
  });

  test('plain is no better from an application with a secret', async () => {
    await expectWelcome(app, PKCE);
    const params = { code_challenge: VERIFIER, code_challenge_method: 'plain' };
    expect(answerOf(await acme.visitor().authorize(app, params))).toMatchObject({ error: 'invalid_request' });
  });
});
