import { randomBytes } from 'node:crypto';
import type { IdentityProvider, IdentityProviderInput } from '@fluxo/core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ForgingProvider, type Algorithm, type Forgery } from '../support/forging-provider.js';
import {
  addProvider,
  bringBack,
  buttonOf,
  changeProvider,
  deleteProvider,
  forwardOf,
  linkUser,
  LOOPBACK_PROVIDERS,
} from '../support/identity.js';
import { Administrator } from '../support/administrator.js';
import { useStage } from '../support/stage.js';
import type { HttpAnswer, TestApplication, TestTenant } from '../support/tenant.js';
import { flowTokenOf, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage({ settings: LOOPBACK_PROVIDERS });
let company: ForgingProvider;
let provider: IdentityProvider;
let app: TestApplication;

beforeAll(async () => {
  company = await ForgingProvider.start();
  const { acme } = stage;
  provider = await addProvider(acme, company);
  app = await acme.application();
  const bia = await acme.user('bia');
  await linkUser(acme, bia, { provider, federationId: 'subject-of-bia' });
  await new Administrator(acme).changeSettings({ singleSignOn: 'offered' });
});
afterEach(() => {
  company.forgery = {};
});
afterAll(() => company.close());

interface Way {
  readonly visitor: Visitor;
  /** The page with the buttons. */
  readonly page: HttpAnswer;
  readonly location: string;
}

/** On the way from the application to the provider. */
async function sent(tenant: TestTenant = stage.acme, at: IdentityProvider = provider): Promise<Way> {
  const visitor = tenant.visitor();
  const page = await visitor.authorize(tenant === stage.acme ? app : await tenant.application());
  const location = forwardOf(await visitor.get(buttonOf(page, at)));
  return { visitor, page, location };
}

async function comeBack(
  forgery: Forgery = {},
  sub = 'subject-of-bia',
): Promise<HttpAnswer & { visitor: Visitor }> {
  const { visitor, location } = await sent();
  company.forgery = forgery;
  return { ...(await bringBack(visitor, company.approve(location, sub))), visitor };
}

/** The consent page comes next, and it is that person's. */
async function expectSignedIn(answer: HttpAnswer, visitor: Visitor, username = 'bia'): Promise<void> {
  expect([answer.status, answer.headers['location']]).toEqual([
    302,
    expect.stringMatching(/^\/consent\?flow=/),
  ]);
  const consent = await visitor.get(answer.headers['location'] ?? '');
  expect(pageOf(consent).page).toBe('consent');
  expect(consent.body).toContain(username);
}

async function expectNobody(answer: HttpAnswer, visitor: Visitor, problem: string): Promise<void> {
  expect([answer.status < 500, pageOf(answer).problem]).toEqual([true, problem]);
  expect(answer.setCookies.join()).not.toMatch(/fluxo-session=f/);
  expect(visitor.cookies.has('fluxo-session')).toBe(false);
  expect(pageOf(await visitor.get('/account')).page).toBe('sign-in-username');
}

describe('73 · an answer that doesn’t prove who it is about', () => {
  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] satisfies Algorithm[])(
    'the benign twin: signed with %s by the provider that was asked',
    async (alg) => {
      const answer = await comeBack({ alg });
      await expectSignedIn(answer, answer.visitor);
    },
  );

  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  test.each<[string, Forgery]>([
    ['unsigned', { alg: 'none' }],
    ['signed with the client’s secret', { alg: 'HS256' }],
    ['signed with a key of somebody else', { foreignKey: true }],
    ['with a broken signature', { breakSignature: true }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['for another client', { claims: { aud: 'another' } }],
    ['for us and another client, and given to that one', { claims: { aud: ['fluxo', 'b'], azp: 'b' } }],
    ['with the nonce of another sign-in', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['expired', { claims: { exp: now - hour, iat: now - 2 * hour } }],
    ['without an expiry', { claims: { exp: undefined } }],
    ['without a subject', { claims: { sub: undefined } }],
    ['with a subject that is no text', { claims: { sub: 42 } }],
    ['not valid yet', { claims: { nbf: now + hour } }],
  ])('an ID token that is %s: nobody is signed in', async (_name, forgery) => {
    const answer = await comeBack(forgery);
    await expectNobody(answer, answer.visitor, 'invalid');
  });

  test.each<[string, (callback: URL) => void]>([
    ['another issuer’s name', (callback) => callback.searchParams.set('iss', 'https://evil.example')],
    ['no issuer’s name', (callback) => callback.searchParams.delete('iss')],
    ['two codes', (callback) => callback.searchParams.append('code', 'x')],
  ])('an answer with %s: nobody is signed in', async (_name, spoil) => {
    const { visitor, location } = await sent();
    const callback = company.approve(location, 'subject-of-bia');
    spoil(callback);
    await expectNobody(await bringBack(visitor, callback), visitor, 'invalid');
  });

  test.each<[string, number, (callback: URL) => void]>([
    ['no state', 403, (callback) => callback.searchParams.delete('state')],
    ['an invented state', 403, (callback) => callback.searchParams.set('state', 'x')],
    [
      'a state that was changed',
      403,
      (callback) => {
        const state = callback.searchParams.get('state') ?? '';
        callback.searchParams.set('state', `${state.slice(0, -1)}${state.endsWith('0') ? '1' : '0'}`);
      },
    ],
    ['two states', 400, (callback) => callback.searchParams.append('state', 'x')],
  ])('an answer with %s is nobody’s', async (_name, status, spoil) => {
    const { visitor, location } = await sent();
    const callback = company.approve(location, 'subject-of-bia');
    const spoilt = new URL(callback);
    spoil(spoilt);
    const answer = await bringBack(visitor, spoilt);
    expect(answer.status).toBe(status);
    expect(visitor.cookies.has('fluxo-session')).toBe(false);
    await expectSignedIn(await bringBack(visitor, callback), visitor);
  });

  test('an answer in another browser, or in one without a cookie, signs nobody in', async () => {
    const { visitor, location } = await sent();
    const callback = company.approve(location, 'subject-of-bia');
    const stranger = stage.acme.visitor();
    expect((await bringBack(stranger, callback)).status).toBe(403);
    await stranger.get('/account');
    expect((await bringBack(stranger, callback)).status).toBe(403);
    expect(stranger.cookies.has('fluxo-session')).toBe(false);
    await expectSignedIn(await bringBack(visitor, callback), visitor);
  });

  test('an answer is taken once, also when it comes twice at the same moment', async () => {
    const { visitor, location } = await sent();
    const callback = company.approve(location, 'subject-of-bia');
    const answers = await Promise.all([bringBack(visitor, callback), bringBack(visitor, callback)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 403]);
    expect(pageOf(await bringBack(visitor, callback)).problem).toBe('flow-not-yours');
  });

  test('only the last of several requests is awaited', async () => {
    const { visitor, page, location } = await sent();
    const again = forwardOf(await visitor.get(buttonOf(page, provider)));
    expect((await bringBack(visitor, company.approve(location, 'subject-of-bia'))).status).toBe(403);
    await expectSignedIn(await bringBack(visitor, company.approve(again, 'subject-of-bia')), visitor);
  });

  test('the answer of one provider brought to the address of another', async () => {
    const other = await addProvider(stage.acme, company, { name: 'Other' });
    const { visitor, location } = await sent();
    const callback = company.approve(location, 'subject-of-bia');
    const mixed = new URL(callback.href.replace(provider.id, other.id));
    expect((await bringBack(visitor, mixed)).status).toBe(403);
    await expectSignedIn(await bringBack(visitor, callback), visitor);
    await deleteProvider(stage.acme, other);
  });

  test.each<[string, NonNullable<Forgery['token']>, string]>([
    ['an error', { status: 400, body: '{"error":"invalid_grant"}' }, 'refused'],
    ['that it doesn’t know us', { status: 401, body: '{"error":"invalid_client"}' }, 'unreachable'],
    ['a failure of its own', { status: 500, body: 'oops', type: 'text/plain' }, 'unreachable'],
    ['a redirect', { status: 302, body: '' }, 'unreachable'],
    ['no JSON', { status: 200, body: '<html>', type: 'text/html' }, 'unreachable'],
    ['half of a JSON', { status: 200, body: '{"access_token":' }, 'unreachable'],
    ['no ID token', { status: 200, body: '{"access_token":"a","token_type":"Bearer"}' }, 'invalid'],
    [
      'more than anybody reads',
      { status: 200, body: JSON.stringify({ a: 'x'.repeat(2 ** 21) }) },
      'unreachable',
    ],
  ])('a provider that answers %s: a page that says so, never a 5xx', async (_name, token, problem) => {
    const answer = await comeBack({ token });
    await expectNobody(answer, answer.visitor, problem);
    // And from there the person may try again.
    company.forgery = {};
    const location = forwardOf(await answer.visitor.get(buttonOf(answer, provider)));
    const callback = company.approve(location, 'subject-of-bia');
    await expectSignedIn(await bringBack(answer.visitor, callback), answer.visitor);
  });

  test('an error of the provider is a page of ours, and needs the same proof as an answer', async () => {
    const { visitor, location } = await sent();
    const callback = company.approve(location, 'subject-of-bia');
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    callback.searchParams.set('error_description', '<script>alert(1)</script>');
    expect((await bringBack(stage.acme.visitor(), callback)).status).toBe(403);
    const answer = await bringBack(visitor, callback);
    await expectNobody(answer, visitor, 'refused');
    expect(answer.body).not.toContain('alert(1)');
  });

  test('an authorization endpoint that is a script is never a link', async () => {
    const evil = await ForgingProvider.start();
    evil.metadata = { authorization_endpoint: 'javascript:alert(1)' };
    const at = await addProvider(stage.acme, evil, { name: 'Evil' });
    const visitor = stage.acme.visitor();
    const answer = await visitor.get(buttonOf(await visitor.authorize(app), at));
    expect(pageOf(answer).problem).toBe('invalid');
    expect(answer.body + JSON.stringify(answer.headers)).not.toContain('javascript:');
    await deleteProvider(stage.acme, at);
    await evil.close();
  });

  test('the session that was there before ends, and the pages from before are void', async () => {
    const { visitor, page, location } = await sent();
    await visitor.signIn('ana');
    const before = visitor.cookies.get('fluxo-session');
    const answer = await bringBack(visitor, company.approve(location, 'subject-of-bia'));
    await expectSignedIn(answer, visitor);
    expect(visitor.cookies.get('fluxo-session')).not.toBe(before);
    const old = await stage.acme.send({
      path: '/account',
      headers: { cookie: `fluxo-session=${before ?? ''}` },
    });
    expect(pageOf(old).page).toBe('sign-in-username');
    expect((await visitor.get(`/consent?flow=${flowTokenOf(page)}`)).status).toBe(403);
  });
});

describe('74 · somebody else’s account', () => {
  const setUp = async (input: Partial<IdentityProviderInput>) => {
    const at = await addProvider(stage.acme, company, { name: randomBytes(4).toString('hex'), ...input });
    const comeFrom = async (sub: string, claims: Forgery['claims'] = {}) => {
      const { visitor, location } = await sent(stage.acme, at);
      company.forgery = { claims };
      return { visitor, answer: await bringBack(visitor, company.approve(location, sub)) };
    };
    return { at, comeFrom };
  };
  const userOf = async (username: string) =>
    (await stage.acme.storage.users.list()).find((user) => user.username === username);

  test('is never linked by its e-mail address, verified or not', async () => {
    await stage.acme.user('carla@acme.example');
    const { comeFrom } = await setUp({ autoProvision: true });
    for (const verified of [true, false, undefined]) {
      const claims = { email: 'carla@acme.example', email_verified: verified };
      const { visitor, answer } = await comeFrom(`of-carla-${String(verified)}`, claims);
      await expectNobody(answer, visitor, 'unknown-person');
    }
    // The benign twin: who isn't there yet is made, and is the same person the next time.
    for (let visit = 0; visit < 2; visit += 1) {
      const claims = { email: 'dora@acme.example', email_verified: true, given_name: 'Dora' };
      const { visitor, answer } = await comeFrom('of-dora', claims);
      await expectSignedIn(answer, visitor, 'dora@acme.example');
    }
    expect(await userOf('dora@acme.example')).toMatchObject({ name: 'Dora', onlySingleSignOn: true });
  });

  test('isn’t made under an address that the provider doesn’t vouch for', async () => {
    const { comeFrom } = await setUp({ autoProvision: true });
    const claims = { email: 'boss@acme.example', email_verified: false };
    const { visitor, answer } = await comeFrom('of-eva', claims);
    await expectNobody(answer, visitor, 'unknown-person');
    expect(await userOf('boss@acme.example')).toBeUndefined();
  });

  test('isn’t reached by an unverified address where the address is the federation ID', async () => {
    const { at, comeFrom } = await setUp({ attributes: { federationId: 'email' } });
    const flora = await stage.acme.user('flora');
    await linkUser(stage.acme, flora, { provider: at, federationId: 'flora@acme.example' });
    for (const verified of [false, undefined, 'false']) {
      const claims = { email: 'flora@acme.example', email_verified: verified };
      const { visitor, answer } = await comeFrom('of-eva', claims);
      await expectNobody(answer, visitor, 'unknown-person');
    }
    const { visitor, answer } = await comeFrom('any', { email: 'flora@acme.example', email_verified: true });
    await expectSignedIn(answer, visitor, 'flora');
  });

  test('isn’t that of the same subject at another provider', async () => {
    const one = await setUp({ name: 'One' });
    const two = await setUp({ name: 'Two' });
    const gil = await stage.acme.user('gil');
    await linkUser(stage.acme, gil, { provider: one.at, federationId: 'same-subject' });
    const right = await one.comeFrom('same-subject');
    await expectSignedIn(right.answer, right.visitor, 'gil');
    const wrong = await two.comeFrom('same-subject');
    await expectNobody(wrong.answer, wrong.visitor, 'unknown-person');
  });

  test('isn’t that of a subject or an address that only looks the same', async () => {
    const { at, comeFrom } = await setUp({ autoProvision: true, emailDomains: ['acme.example'] });
    const hana = await stage.acme.user('hana@acme.example');
    await linkUser(stage.acme, hana, { provider: at, federationId: 'hana' });
    // In another case, with a Cyrillic letter, in full-width letters, with an invisible one.
    for (const twin of ['Hana', 'hаna', 'ｈana', 'ha​na', 'hana ']) {
      const { visitor, answer } = await comeFrom(twin, { email: 'hana@аcme.example', email_verified: true });
      await expectNobody(answer, visitor, 'unknown-person');
    }
    const fullWidth = { email: 'ｈana@acme.example', email_verified: true };
    const twin = await comeFrom('another', fullWidth);
    await expectNobody(twin.answer, twin.visitor, 'unknown-person');
    const right = await comeFrom('hana');
    await expectSignedIn(right.answer, right.visitor, 'hana@acme.example');
  });

  test('isn’t reached through claims of the user info of somebody else', async () => {
    const answering = await ForgingProvider.start();
    answering.metadata = { userinfo_endpoint: `${answering.issuer}/userinfo` };
    const at = await addProvider(stage.acme, answering, {
      name: 'Info',
      attributes: { federationId: 'employee' },
    });
    const ina = await stage.acme.user('ina');
    await linkUser(stage.acme, ina, { provider: at, federationId: '42' });
    const come = async (userInfo: NonNullable<Forgery['userInfo']>) => {
      const { visitor, location } = await sent(stage.acme, at);
      answering.forgery = { userInfo };
      return { visitor, answer: await bringBack(visitor, answering.approve(location, 'of-ina')) };
    };
    const right = await come({ sub: 'of-ina', employee: '42' });
    await expectSignedIn(right.answer, right.visitor, 'ina');
    const wrong = await come({ sub: 'of-eva', employee: '42' });
    await expectNobody(wrong.answer, wrong.visitor, 'invalid');
    await answering.close();
  });
});

describe('26 · a provider that is disabled in mid-flow', () => {
  const afterwards = () => changeProvider(stage.acme, provider, { enabled: true });

  test('while the person is there: nobody comes back signed in', async () => {
    const { visitor, location } = await sent();
    await changeProvider(stage.acme, provider, { enabled: false });
    const answer = await bringBack(visitor, company.approve(location, 'subject-of-bia'));
    expect(answer.status).toBe(403);
    expect(visitor.cookies.has('fluxo-session')).toBe(false);
    await afterwards();
  });

  test('while the consent page is open: nothing is allowed, and the session is over', async () => {
    const { visitor, location } = await sent();
    const back = await bringBack(visitor, company.approve(location, 'subject-of-bia'));
    const consent = await visitor.get(back.headers['location'] ?? '');
    await changeProvider(stage.acme, provider, { enabled: false });
    const answer = await visitor.decide(consent, 'allow');
    expect([answer.status, answer.headers['location']]).toEqual([403, undefined]);
    expect(pageOf(await visitor.get('/account')).page).toBe('sign-in-username');
    await afterwards();
  });

  test('while the code waits: it is exchanged for nothing; a connection that stands goes on', async () => {
    const { visitor, location } = await sent();
    const back = await bringBack(visitor, company.approve(location, 'subject-of-bia'));
    const consent = await visitor.get(back.headers['location'] ?? '');
    const codeOf = (answer: HttpAnswer): string =>
      new URL(answer.headers['location'] ?? 'about:blank').searchParams.get('code') ?? '';
    const first = codeOf(await visitor.decide(consent, 'allow'));
    const standing = JSON.parse((await stage.acme.exchange(app, first)).body) as { access_token: string };
    const second = codeOf(await visitor.decide(await visitor.authorize(app), 'allow'));
    await changeProvider(stage.acme, provider, { enabled: false });
    const exchanged = await stage.acme.exchange(app, second);
    expect([exchanged.status, JSON.parse(exchanged.body)]).toMatchObject([400, { error: 'invalid_grant' }]);
    expect((await stage.acme.callApi(standing.access_token)).status).toBe(200);
    await afterwards();
  });
});

describe('64 · a provider, its answers and its tests in another environment', () => {
  test('are as if they did not exist', async () => {
    const { fluxo, acme } = stage;
    const [sister] = await Promise.all([fluxo.environment('sister')]);
    await new Administrator(sister).changeSettings({ singleSignOn: 'offered' });
    const own = await addProvider(sister, company);
    const { visitor, location } = await sent();
    const callback = company.approve(location, 'subject-of-bia');
    const copy = sister.visitor();
    for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
    expect((await bringBack(copy, callback)).status).toBe(404);
    const moved = new URL(callback.href.replace(provider.id, own.id));
    expect((await bringBack(copy, moved)).status).toBe(403);
    expect((await copy.get(`/sign-in/with/${provider.id}?flow=x`)).status).toBe(403);
    const page = await copy.get('/account');
    expect((await copy.get(`/sign-in/with/${provider.id}?flow=${flowTokenOf(page)}`)).status).toBe(404);
    expect(page.body).not.toContain(provider.id);
    // Who somebody is here says nothing there, although it is the same provider.
    const there = await sent(sister, own);
    const back = await bringBack(there.visitor, company.approve(there.location, 'subject-of-bia'));
    expect(pageOf(back).problem).toBe('unknown-person');
    await expectSignedIn(await bringBack(visitor, callback), visitor);
    expect(acme.origin).not.toBe(sister.origin);
  });
});
