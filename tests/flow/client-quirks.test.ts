import { beforeAll, describe, expect, test } from 'vitest';
import {
  codeForm,
  connectAs,
  DIALECT_TOKEN,
  postJson,
  refreshForm,
  signedIn,
  STANDARD_TOKEN,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { basic, credentials, REDIRECT_URI, type TestApplication, type Tokens } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  app = await stage.acme.application();
  ana = await signedIn(stage.acme);
});

/** Asks with a query written by hand, allows, and returns where the answer went. */
async function allowQuery(query: string, path = '/integrations/oauth2/authorize'): Promise<URL> {
  const asked = await ana.get(`${path}?client_id=${app.clientId}&response_type=code&${query}`);
  const answer = await ana.decide(asked, 'allow');
  return new URL(answer.headers['location'] ?? 'about:blank');
}

const redirectUri = `redirect_uri=${encodeURIComponent(REDIRECT_URI)}`;

describe('what real clients send to the authorization page', () => {
  const quirks: readonly [string, string, string | null][] = [
    [
      '.NET: an empty scope and a state of 2 KB',
      `${redirectUri}&scope=&state=${'CfDJ8_-'.repeat(290)}`,
      'CfDJ8_-'.repeat(290),
    ],
    ['@fastify/oauth2: scope=undefined', `${redirectUri}&scope=undefined&state=s`, 's'],
    ['PHP league: approval_prompt=auto', `${redirectUri}&approval_prompt=auto&state=s`, 's'],
    ['Perl Net::OAuth2: empty state, scope and hd', `${redirectUri}&state=&scope=&hd=`, null],
    [
      'an OpenID Connect client: openid scopes and a nonce',
      `${redirectUri}&scope=openid%20profile&nonce=n&state=s`,
      's',
    ],
    ['no redirect_uri, where one is registered', 'state=s', 's'],
    ['an empty redirect_uri, where one is registered', 'redirect_uri=&state=s', 's'],
    ['unknown parameters, even twice', `${redirectUri}&utm=1&utm=2&access_type=offline`, null],
    ['an empty challenge', `${redirectUri}&code_challenge=&code_challenge_method=&state=s`, 's'],
  ];
  test.each(quirks)('%s', async (_name, query, state) => {
    const back = await allowQuery(query);
    expect(back.origin + back.pathname).toBe(REDIRECT_URI);
    expect(back.searchParams.get('state')).toBe(state);
    const code = back.searchParams.get('code') ?? '';
    const more = query.includes('redirect_uri=https') ? {} : { redirect_uri: '' };
    expect(verdictOf(await stage.acme.exchange(app, code, more))).toBe('200');
  });

  test('state comes back byte for byte, percent-encoding included', async () => {
    for (const state of [
      'a%2Fb',
      'a+b',
      'a%20b',
      '%C3%A4',
      'a%2fb',
      '%FF%0D%0A',
      '%7B%22x%22:1%7D',
      '%3Cb%3E',
    ]) {
      const { search } = await allowQuery(`${redirectUri}&state=${state}`);
      expect(search.slice(1).split('&')).toContain(`state=${state}`);
    }
  });
});

describe('what real clients send to the token endpoint', () => {
  test('Go x/oauth2: Basic is tried, and when it fails the same code with body credentials works', async () => {
    for (const path of [DIALECT_TOKEN, STANDARD_TOKEN]) {
      const code = await ana.allow(app);
      const wrong = basic({ ...app, clientSecret: 'not%this%one' });
      const first = await stage.acme.postForm(path, codeForm(code), { authorization: wrong });
      expect(verdictOf(first)).toBe('401 invalid_client');
      const second = await stage.acme.postForm(path, { ...codeForm(code), ...credentials(app) });
      expect(verdictOf(second)).toBe('200');
    }
  });

  test('clients with empty fields beside the ones that count, and a scope', async () => {
    const code = await ana.allow(app);
    const form = {
      ...codeForm(code),
      ...credentials(app),
      scope: '',
      state: '',
      code_verifier: '',
      audience: 'x',
    };
    const tokens = tokensOf(await stage.acme.postForm(DIALECT_TOKEN, form));
    const refresh = {
      ...refreshForm(tokens.refresh_token),
      ...credentials(app),
      scope: 'openid',
      redirect_uri: REDIRECT_URI,
    };
    expect(verdictOf(await stage.acme.postForm(DIALECT_TOKEN, refresh))).toBe('200');
  });

  test('no Accept header, or one for anything: JSON all the same', async () => {
    for (const accept of [undefined, '*/*', 'text/html', 'application/xml']) {
      const headers = { authorization: basic(app), ...(accept === undefined ? {} : { accept }) };
      const success = await stage.acme.postForm(DIALECT_TOKEN, codeForm(await ana.allow(app)), headers);
      const failure = await stage.acme.postForm(DIALECT_TOKEN, codeForm('x'), headers);
      for (const answer of [success, failure]) {
        expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
        expect(answer.headers['cache-control']).toBe('no-store');
      }
      expect([success.status, verdictOf(failure)]).toEqual([200, '400 invalid_grant']);
    }
  });

  test('a client without Accept on the authorization page gets the page', async () => {
    const asked = await ana.authorize(app);
    expect(asked.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('JSON with a charset, and a form in capitals', async () => {
    const json = await postJson(
      stage.acme,
      { ...codeForm(await ana.allow(app)), ...credentials(app) },
      { headers: { 'content-type': 'application/json; charset=utf-8' } },
    );
    expect(verdictOf(json)).toBe('200');
    const form = await stage.acme.postForm(
      DIALECT_TOKEN,
      { ...codeForm(await ana.allow(app)), ...credentials(app) },
      { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' },
    );
    expect(verdictOf(form)).toBe('200');
  });

  test('a code from one family is exchanged at the other, and refreshed at the first', async () => {
    const code = (await allowQuery(redirectUri)).searchParams.get('code') ?? '';
    const standard = tokensOf(await stage.acme.exchange(app, code));
    expect(standard.token_type).toBe('Bearer');
    const form = { ...refreshForm(standard.refresh_token), ...credentials(app) };
    const dialect = tokensOf(await stage.acme.postForm(DIALECT_TOKEN, form));
    expect(dialect.token_type).toBe('sessionID');
    expect((await stage.acme.callApi(dialect.access_token)).status).toBe(200);
  });
});

describe('what dialect clients rely on', () => {
  test('token_type names the header: `sessionID: …` works at the API', async () => {
    const code = await ana.allow(app);
    const tokens = tokensOf(
      await stage.acme.postForm(DIALECT_TOKEN, { ...codeForm(code), ...credentials(app) }),
    );
    expect(tokens.token_type).toBe('sessionID');
    for (const name of [tokens.token_type, 'SESSIONID', 'sessionid', 'SessionId']) {
      const headers = { [name]: tokens.access_token };
      expect((await stage.acme.send({ path: '/attask/api/v14.0/proj/search', headers })).status).toBe(200);
    }
    const authorization = `${tokens.token_type} ${tokens.access_token}`;
    const answer = await stage.acme.send({
      path: '/attask/api/v14.0/proj/search',
      headers: { authorization },
    });
    expect(answer.status).toBe(200);
  });

  test('every refresh answer has refresh_token, and exactly the fields of the first answer', async () => {
    for (const rotation of [true, false]) {
      const client = await stage.acme.application({ refreshPolicy: { rotation } });
      let tokens = await connectAs(ana, client);
      for (let round = 0; round < 3; round += 1) {
        const form = { ...refreshForm(tokens.refresh_token), ...credentials(client) };
        const next = tokensOf(await stage.acme.postForm(DIALECT_TOKEN, form));
        expect(Object.keys(next).sort()).toEqual([
          'access_token',
          'expires_in',
          'refresh_token',
          'token_type',
          'wid',
        ] satisfies (keyof Tokens)[]);
        expect(next.refresh_token === tokens.refresh_token).toBe(!rotation);
        expect(next.wid).toBe(tokens.wid);
        tokens = next;
      }
    }
  });

  const faults: readonly [string, (path: string) => ReturnType<typeof stage.acme.send>, number][] = [
    [
      'a wrong secret',
      (path) => stage.acme.postForm(path, { ...codeForm('x'), client_id: app.clientId, client_secret: 'x' }),
      401,
    ],
    ['a wrong code', (path) => stage.acme.postForm(path, { ...codeForm('x'), ...credentials(app) }), 400],
    ['a missing grant_type', (path) => stage.acme.postForm(path, credentials(app)), 400],
    [
      'an unknown grant_type',
      (path) => stage.acme.postForm(path, { grant_type: 'password', ...credentials(app) }),
      400,
    ],
    ['a body that is no form', (path) => stage.acme.send({ method: 'POST', path, body: 'x' }), 400],
    ['GET', (path) => stage.acme.send({ path }), 405],
  ];
  test.each(faults)(
    'errors carry message in the dialect, and only there: %s',
    async (_name, send, status) => {
      const dialect = await send(DIALECT_TOKEN);
      const body = JSON.parse(dialect.body) as Readonly<Record<string, string>>;
      expect(dialect.status).toBe(status);
      expect(body['error']).toMatch(/^[a-z_]+$/);
      expect(body['message']).toBe(body['error_description']);
      const standard = await send(STANDARD_TOKEN);
      expect(standard.status).toBe(status);
      expect(JSON.parse(standard.body)).not.toHaveProperty('message');
    },
  );

  test('an unknown grant_type is unsupported_grant_type', async () => {
    const answer = await stage.acme.postForm(STANDARD_TOKEN, { grant_type: 'password', ...credentials(app) });
    expect(verdictOf(answer)).toBe('400 unsupported_grant_type');
  });
});
