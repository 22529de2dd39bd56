import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  codeForm,
  connectAs,
  HOUR,
  pkce,
  postJson,
  refreshForm,
  SECOND,
  signedIn,
  STANDARD_TOKEN,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import {
  basic,
  credentials,
  REDIRECT_URI,
  type HttpAnswer,
  type TestApplication,
  type TestTenant,
} from '../support/tenant.js';
import { authorizePath, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
const REGISTERED = 'https://planner.example:8443/Hidden/callback';
let app: TestApplication;
let secretive: TestApplication;
let other: TestApplication;
let spa: TestApplication;
let preview: TestTenant;
let elsewhere: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  app = await stage.acme.application({ refreshPolicy: { rotation: true } });
  secretive = await stage.acme.application({ redirectUrls: [REGISTERED] });
  other = await stage.acme.application({ name: 'Other' });
  spa = await stage.acme.application({ kind: 'spa' });
  preview = await stage.fluxo.environment('acme', 'preview');
  elsewhere = await preview.application();
  ana = await signedIn(stage.acme);
});

describe('mistakes in the link to the authorization page: our page says what to mend', () => {
  const wrongUrls: readonly [string, string, RegExp][] = [
    ['a slash at the end', `${REGISTERED}/`, /Only the slash at the end differs/],
    ['http for https', REGISTERED.replace('https', 'http'), /http was sent where https is registered/],
    ['another letter case', REGISTERED.replace('Hidden', 'hidden'), /Only upper and lower case differ/],
    ['a wrong port', REGISTERED.replace('8443', '8080'), /not with this port/],
    ['a wrong path', `${REGISTERED}-2`, /not with this path/],
    [
      'a wrong host',
      REGISTERED.replace('planner', 'www.planner'),
      /No registered redirect URL has this host/,
    ],
    ['a query added', `${REGISTERED}?user=1`, /what you want back belongs in state/],
    ['a fragment', `${REGISTERED}#done`, /cannot have a fragment/],
    ['encoded twice', encodeURIComponent(REGISTERED), /percent-encode the whole value once/],
  ];
  test.each(wrongUrls)('redirect_uri with %s', async (_name, redirect_uri, advice) => {
    expect(pageOf(await ana.authorize(secretive)).page).toBe('consent');
    const page = await ana.authorize(secretive, { redirect_uri });
    expect([page.status, pageOf(page).problem]).toEqual([400, 'redirect-uri-mismatch']);
    expect(page.body).toMatch(advice);
    expect(page.headers['location']).toBeUndefined();
    // What was sent may stand there, what is registered never.
    const sent = redirect_uri.includes(REGISTERED) ? 1 : 0;
    expect(page.body.split(REGISTERED).length - 1).toBe(sent);
    expect(page.body).not.toContain(secretive.application.name);
  });

  const wrongClients: readonly [string, () => string, string, RegExp][] = [
    [
      'of another lane',
      () => elsewhere.clientId,
      'client-unknown',
      /Each test copy has applications of its own/,
    ],
    ['with a blank', () => `${app.clientId} `, 'client-id-malformed', /with nothing around them/],
    ['in capitals', () => 'ABCDEF'.repeat(6).slice(0, 32), 'client-id-malformed', /in lower case/],
    ['left out', () => '', 'client-id-missing', /The parameter client_id is missing or empty/],
  ];
  test.each(wrongClients)('client_id %s', async (...[, clientId, problem, advice]) => {
    const page = await ana.authorize(app, { client_id: clientId() });
    expect([page.status, pageOf(page).problem]).toEqual([400, problem]);
    expect(page.body).toMatch(advice);
    expect(page.body).not.toContain(REDIRECT_URI.replace('/callback', '/other'));
  });

  test('redirect_uri twice', async () => {
    const page = await ana.get(`${authorizePath(app)}&redirect_uri=x`);
    expect([page.status, pageOf(page).problem]).toEqual([400, 'parameter-repeated']);
    expect(page.body).toContain('redirect_uri');
    expect(page.body).toContain('Each parameter may appear once at most');
  });

  const wrongParameters: readonly [string, Readonly<Record<string, string>>, string, RegExp][] = [
    [
      'response_type=token',
      { response_type: 'token' },
      'unsupported_response_type',
      /only response_type is code/,
    ],
    ['no response_type', { response_type: '' }, 'invalid_request', /response_type is missing; send code/],
    [
      'a plain challenge',
      { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' },
      'invalid_request',
      /must be S256/,
    ],
    [
      'the verifier as the challenge’s hex',
      { code_challenge: 'a'.repeat(64), code_challenge_method: 'S256' },
      'invalid_request',
      /43 base64url characters/,
    ],
  ];
  test.each(wrongParameters)('%s: the application hears it', async (...[, params, error, advice]) => {
    const { headers } = await ana.authorize(app, { ...params, state: 's1' });
    const { searchParams } = new URL(headers['location'] ?? '');
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual([error, 's1']);
    expect(searchParams.get('error_description')).toMatch(advice);
  });

  test('a spa without a challenge', async () => {
    const { headers } = await ana.authorize(spa);
    expect(new URL(headers['location'] ?? '').searchParams.get('error_description')).toMatch(/must use PKCE/);
  });
});

const say = ({ status, body }: HttpAnswer): string => {
  const { error, error_description } = JSON.parse(body) as Readonly<Record<string, string>>;
  return `${status} ${error ?? ''}: ${error_description ?? ''}`;
};
/** All that an answer says, but for the request's own id. */
const told = ({ status, headers, body }: HttpAnswer): string =>
  `${status} ${headers['www-authenticate'] ?? ''} ${body.replace(/"request_?id":"[^"]*"/i, '')}`;
const post = (form: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>) =>
  stage.acme.postForm(STANDARD_TOKEN, form, headers);
const withSecret = (client: TestApplication, clientSecret: string) =>
  post({ ...codeForm('x'), ...credentials({ ...client, clientSecret }) });

describe('mistakes at the token endpoint: the answer says what to mend', () => {
  const mistakes: readonly [string, (code: string) => Promise<HttpAnswer>, RegExp][] = [
    [
      'a blank behind the secret',
      () => withSecret(app, `${app.clientSecret} `),
      /^401 invalid_client.*white space/,
    ],
    [
      'a line break behind the secret',
      () => withSecret(app, `${app.clientSecret}\n`),
      /^401.*line break copied/,
    ],
    [
      'another app’s secret',
      () => withSecret(app, other.clientSecret),
      /^401.*client_id or client_secret is wrong/,
    ],
    [
      'a client of another lane',
      () => withSecret(elsewhere, elsewhere.clientSecret),
      /^401.*test copy has its own/,
    ],
    ['no client at all', (code) => post(codeForm(code)), /^401.*use HTTP Basic or the request body/],
    [
      'Basic that is not base64',
      (code) => post(codeForm(code), { authorization: 'Basic a:b' }),
      /^401.*base64 of/,
    ],
    [
      'both ways of authentication',
      (code) => post({ ...codeForm(code), ...credentials(app) }, { authorization: basic(app) }),
      /^400 invalid_request.*authenticated twice/,
    ],
    [
      'a code of another app',
      (code) => stage.acme.exchange(other, code),
      /^400 invalid_grant.*issued to this app/,
    ],
    [
      'no redirect_uri',
      (code) => post({ grant_type: 'authorization_code', code, ...credentials(app) }),
      /^400 invalid_grant: redirect_uri is missing/,
    ],
    [
      'another redirect_uri',
      (code) => stage.acme.exchange(app, code, { redirect_uri: `${REDIRECT_URI}/` }),
      /^400 invalid_grant: redirect_uri is not the one of the authorization request/,
    ],
    [
      'a verifier nobody asked for',
      (code) => stage.acme.exchange(app, code, { code_verifier: pkce().verifier }),
      /^400 invalid_request.*had no code_challenge/,
    ],
    [
      'a verifier too short',
      (code) => stage.acme.exchange(app, code, { code_verifier: 'short' }),
      /^400 invalid_request.*43 to 128/,
    ],
    [
      'grant_type misspelt',
      (code) => stage.acme.exchange(app, code, { grant_type: 'authorisation_code' }),
      /^400 unsupported_grant_type.*must be authorization_code, refresh_token or urn:/,
    ],
    [
      'no grant_type',
      (code) => stage.acme.exchange(app, code, { grant_type: '' }),
      /^400 invalid_request: The parameter grant_type is missing/,
    ],
    [
      'JSON that says it is a form',
      (code) => {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return postJson(stage.acme, { ...codeForm(code), ...credentials(app) }, { headers });
      },
      /^400 invalid_request.*looks like JSON, but its Content-Type/,
    ],
    [
      'a form that says it is JSON',
      (code) => postJson(stage.acme, new URLSearchParams(codeForm(code)).toString()),
      /^400 invalid_request.*not valid JSON, although its Content-Type/,
    ],
    [
      'GET',
      (code) => stage.acme.send({ path: `${STANDARD_TOKEN}?code=${code}` }),
      /^405 invalid_request.*POST only/,
    ],
    [
      'credentials in the URL',
      (code) => {
        const query = new URLSearchParams(credentials(app)).toString();
        return stage.acme.postForm(`${STANDARD_TOKEN}?${query}`, codeForm(code));
      },
      /^400 invalid_request.*belongs into the body, never into the URL/,
    ],
    [
      'a parameter twice',
      (code) => {
        const body = `${new URLSearchParams({ ...codeForm(code), ...credentials(app) }).toString()}&code=x`;
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return stage.acme.send({ method: 'POST', path: STANDARD_TOKEN, headers, body });
      },
      /^400 invalid_request: The parameter code was sent more than once/,
    ],
    ['refresh with the code', (code) => stage.acme.refresh(app, code), /^400 invalid_grant.*not a code/],
  ];
  test.each(mistakes)('%s; mended, the same code is good', async (_name, mistake, advice) => {
    const code = await ana.allow(app);
    const answer = await mistake(code);
    expect(say(answer)).toMatch(advice);
    for (const secret of [app.clientSecret, other.clientSecret, code, REGISTERED]) {
      expect(answer.body).not.toContain(secret);
    }
    expect((await stage.acme.exchange(app, code)).status).toBe(200);
  });

  test('verifier missing or wrong', async () => {
    const { verifier, challenge } = pkce();
    const code = await ana.allow(app, challenge);
    expect(say(await stage.acme.exchange(app, code))).toMatch(/^400 invalid_grant: code_verifier is missing/);
    const wrong = { code_verifier: pkce().verifier };
    expect(say(await stage.acme.exchange(app, code, wrong))).toMatch(/does not fit the code_challenge/);
    expect((await stage.acme.exchange(app, code, { code_verifier: verifier })).status).toBe(200);
  });

  test('a code used twice, and one too old', async () => {
    const code = await ana.allow(app);
    expect((await stage.acme.exchange(app, code)).status).toBe(200);
    expect(say(await stage.acme.exchange(app, code))).toMatch(/^400 invalid_grant: The code was used before/);
    const old = await ana.allow(app);
    stage.fluxo.clock.advance(121 * SECOND);
    expect(say(await stage.acme.exchange(app, old))).toMatch(/^400 invalid_grant.*older than 120 seconds/);
  });

  test('a refresh token for an access token, and the other way round; a session that has expired', async () => {
    const tokens = await connectAs(ana, app);
    const refused = await stage.acme.callApi(tokens.refresh_token);
    expect([refused.status, refused.body]).toEqual([401, expect.stringContaining('not currently logged in')]);
    expect(refused.headers['www-authenticate']).toContain('invalid_token');
    expect(say(await stage.acme.refresh(app, tokens.access_token))).toMatch(/not a code or an access_token/);
    stage.fluxo.clock.advance(9 * HOUR);
    const expired = await stage.acme.callApi(tokens.access_token);
    expect(told(expired)).toBe(told(refused));
    expect((await stage.acme.refresh(app, tokens.refresh_token)).status).toBe(200);
    ana = await signedIn(stage.acme);
  });
});

describe('what helps an integrator tells an attacker nothing', () => {
  test('an unknown client, a wrong, a deleted and a foreign secret read the same, with white space too', async () => {
    const rotated = await new Administrator(stage.acme).addSecret(app, 'old');
    expect((await post({ ...refreshForm('x'), ...credentials(rotated) })).status).toBe(400);
    await new Administrator(stage.acme).deleteSecret(app, rotated.secretId);
    const unknown = { ...app, clientId: '0'.repeat(32) };
    for (const blank of ['', ' ']) {
      const answers = await Promise.all([
        withSecret(app, `${'x'.repeat(40)}${blank}`),
        withSecret(app, `${rotated.clientSecret}${blank}`),
        withSecret(app, `${other.clientSecret}${blank}`),
        withSecret(unknown, `${app.clientSecret}${blank}`),
        withSecret(elsewhere, `${elsewhere.clientSecret}${blank}`),
        withSecret(spa, `${'x'.repeat(40)}${blank}`),
      ]);
      expect(new Set(answers.map(told)).size).toBe(1);
    }
  });

  test('a foreign, an altered and a made-up code or refresh token read the same', async () => {
    const code = await ana.allow(other);
    const codes = [code, `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`, 'made-up'];
    const answers = await Promise.all(codes.map((value) => stage.acme.exchange(app, value)));
    expect(new Set(answers.map(told)).size).toBe(1);
    const { refresh_token } = await connectAs(ana, other);
    const refreshed = [refresh_token, `${refresh_token}0`, 'made-up'];
    const refusals = await Promise.all(refreshed.map((value) => stage.acme.refresh(app, value)));
    expect(new Set(refusals.map(told)).size).toBe(1);
  });
});
