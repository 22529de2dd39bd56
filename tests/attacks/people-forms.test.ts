import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { type HttpAnswer, type HttpCall, type TestApplication, type TestTenant } from '../support/tenant.js';
import { flowTokenOf, hiddenValueOf, pageOf, type Visitor } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let sister: TestTenant;
let app: TestApplication;

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  sister = await fluxo.environment('sister');
  app = await acme.application();
});

afterAll(() => fluxo.close());

/** A form that is about to be sent, and whether its effect has come about. */
interface Deed {
  readonly visitor: Visitor;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly done: (answer: HttpAnswer) => Promise<boolean> | boolean;
}

let people = 0;

async function newPerson(): Promise<string> {
  people += 1;
  const username = `person${people}`;
  await acme.user(username);
  return username;
}

async function signedIn(): Promise<{ visitor: Visitor; username: string; account: HttpAnswer }> {
  const [visitor, username] = [acme.visitor(), await newPerson()];
  await visitor.signIn(username);
  return { visitor, username, account: await visitor.get('/account') };
}

const isSignedIn = async (visitor: Visitor): Promise<boolean> =>
  pageOf(await visitor.get('/account')).page === 'account';

const DEEDS: readonly [string, () => Promise<Deed>][] = [
  [
    'the username of a sign-in',
    async () => {
      const [visitor, username] = [acme.visitor(), await newPerson()];
      const flow = flowTokenOf(await visitor.get('/account'));
      const done = async (): Promise<boolean> =>
        pageOf(await visitor.get(`/sign-in/password?flow=${flow}`)).page === 'sign-in-password';
      return { visitor, path: '/sign-in', form: { flow, username }, done };
    },
  ],
  [
    'the password of a sign-in',
    async () => {
      const [visitor, username] = [acme.visitor(), await newPerson()];
      const flow = flowTokenOf(await visitor.get('/account'));
      await visitor.post('/sign-in', { flow, username });
      const form = { flow, password: 'a password for tests' };
      return { visitor, path: '/sign-in/password', form, done: () => isSignedIn(visitor) };
    },
  ],
  [
    'another account',
    async () => {
      const { visitor } = await signedIn();
      const flow = flowTokenOf(await visitor.authorize(app));
      const done = async (): Promise<boolean> => (await visitor.get(`/consent?flow=${flow}`)).status === 403;
      return { visitor, path: '/sign-in/switch', form: { flow }, done };
    },
  ],
  [
    'allowing access',
    async () => {
      const { visitor } = await signedIn();
      const flow = flowTokenOf(await visitor.authorize(app));
      const done = async (answer: HttpAnswer): Promise<boolean> =>
        answer.headers['location']?.includes('code=') === true ||
        (await visitor.get(`/consent?flow=${flow}`)).status === 403;
      return { visitor, path: '/consent', form: { flow, decision: 'allow' }, done };
    },
  ],
  [
    'refusing access',
    async () => {
      const { visitor } = await signedIn();
      const flow = flowTokenOf(await visitor.authorize(app));
      const done = async (): Promise<boolean> => (await visitor.get(`/consent?flow=${flow}`)).status === 403;
      return { visitor, path: '/consent', form: { flow, decision: 'cancel' }, done };
    },
  ],
  [
    'disconnecting an application',
    async () => {
      const { visitor, username } = await signedIn();
      const tokens = await acme.connect(app, username);
      const account = await visitor.get('/account');
      const form = {
        form_token: hiddenValueOf(account, 'form_token'),
        consent_id: hiddenValueOf(account, 'consent_id'),
      };
      const done = async (): Promise<boolean> => (await acme.callApi(tokens.access_token)).status === 401;
      return { visitor, path: '/account/disconnect', form, done };
    },
  ],
  [
    'ending another session',
    async () => {
      const { visitor, username } = await signedIn();
      const other = acme.visitor();
      await other.signIn(username);
      const account = await visitor.get('/account');
      const form = {
        form_token: hiddenValueOf(account, 'form_token'),
        session_id: hiddenValueOf(account, 'session_id'),
      };
      return { visitor, path: '/account/end-session', form, done: async () => !(await isSignedIn(other)) };
    },
  ],
  [
    'signing out everywhere',
    async () => {
      const { visitor, username, account } = await signedIn();
      const other = acme.visitor();
      await other.signIn(username);
      const form = { form_token: hiddenValueOf(account, 'form_token') };
      return {
        visitor,
        path: '/account/sign-out-everywhere',
        form,
        done: async () => !(await isSignedIn(other)),
      };
    },
  ],
  [
    'signing out',
    async () => {
      const { visitor, account } = await signedIn();
      const form = { form_token: hiddenValueOf(account, 'form_token') };
      const before = new Map(visitor.cookies);
      const done = async (): Promise<boolean> => {
        const again = acme.visitor();
        for (const [name, value] of before) again.cookies.set(name, value);
        return !(await isSignedIn(again));
      };
      return { visitor, path: '/sign-out', form, done };
    },
  ],
];

/** What a browser says when the form is not from our own page, or what a page tries to make it say. */
function foreignHeaders(): readonly Record<string, string>[] {
  return [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: sister.origin },
    { 'sec-fetch-site': 'same-site', origin: 'null' },
    { 'sec-fetch-site': 'same-site', origin: acme.origin },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': '' },
    { 'sec-fetch-site': 'same-origin, cross-site' },
    { 'sec-fetch-site': 'same-origin', origin: sister.origin },
    { origin: sister.origin },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${acme.origin}.evil.example` },
    { origin: acme.origin.replace('http:', 'https:') },
    { origin: acme.origin.replace(/:\d+$/, '') },
    { referer: `${acme.origin}/account` },
    {},
  ];
}

const FORM = 'application/x-www-form-urlencoded';

function forge(
  deed: Deed,
  headers: Record<string, string>,
  call: Partial<HttpCall> = {},
): Promise<HttpAnswer> {
  return deed.visitor.send({
    method: 'POST',
    path: deed.path,
    headers: { 'content-type': FORM, ...headers },
    body: new URLSearchParams(deed.form).toString(),
    ...call,
  });
}

const ownHeaders = (): Record<string, string> => ({ 'sec-fetch-site': 'same-origin', origin: acme.origin });

/** The benign twin: the same form, rightly made, has its effect. Last, because it may be made only once. */
async function expectWorks(deed: Deed): Promise<void> {
  const answer = await forge(deed, { 'sec-fetch-site': 'same-origin', origin: 'null' });
  expect(answer.status).toBeLessThan(400);
  expect(await deed.done(answer)).toBe(true);
}

describe('51 · a form from another site, also from a sister tenant’s host', () => {
  test.each(DEEDS)('%s: 403, nothing changes', async (_name, prepare) => {
    const deed = await prepare();
    for (const headers of foreignHeaders()) {
      const answer = await forge(deed, headers);
      expect([answer.status, pageOf(answer).problem, headers]).toEqual([403, 'request-refused', headers]);
      expect(answer.setCookies.filter((cookie) => cookie.includes('session'))).toEqual([]);
      expect(await deed.done(answer)).toBe(false);
    }
    await expectWorks(deed);
  });

  test.each(DEEDS)('%s: not without the page’s own token', async (_name, prepare) => {
    const deed = await prepare();
    const field = 'flow' in deed.form ? 'flow' : 'form_token';
    const stranger = await signedIn();
    const foreign =
      field === 'flow'
        ? flowTokenOf(await stranger.visitor.authorize(app, { prompt: 'login' }))
        : hiddenValueOf(stranger.account, 'form_token');
    for (const token of ['', 'x', foreign, `${deed.form[field] ?? ''}0`]) {
      const answer = await forge({ ...deed, form: { ...deed.form, [field]: token } }, ownHeaders());
      expect(answer.status).toBe(403);
      expect(await deed.done(answer)).toBe(false);
    }
    await expectWorks(deed);
  });

  test.each(DEEDS)('%s: not by GET, an overridden method or another kind of body', async (_name, prepare) => {
    const deed = await prepare();
    const query = new URLSearchParams(deed.form).toString();
    const json = JSON.stringify(deed.form);
    const attempts = [
      await forge(deed, { ...ownHeaders() }, { method: 'PUT' }),
      await forge(deed, { ...ownHeaders(), 'content-type': 'text/plain' }),
      await forge(deed, { ...ownHeaders(), 'content-type': 'application/json' }, { body: json }),
      await forge(deed, { ...ownHeaders(), 'content-type': 'multipart/form-data; boundary=x' }),
      await deed.visitor.get(`${deed.path}?_method=POST&${query}`, {
        ...ownHeaders(),
        'x-http-method-override': 'POST',
      }),
    ];
    for (const answer of attempts) {
      expect(await deed.done(answer)).toBe(false);
      expect(answer.status).toBeLessThan(500);
    }
    await expectWorks(deed);
  });

  test('a form of one tenant at the host of another', async () => {
    const [, prepare] = DEEDS.at(-1)!;
    const deed = await prepare();
    const answer = await forge(deed, { ...ownHeaders(), host: new URL(sister.origin).host });
    expect(answer.status).toBe(403);
    expect(await deed.done(answer)).toBe(false);
    await expectWorks(deed);
  });
});

describe('52 · the consent page of one person, posted by another', () => {
  async function consentOf(visitor: Visitor): Promise<HttpAnswer> {
    const consent = await visitor.authorize(app);
    expect(pageOf(consent).page).toBe('consent');
    return consent;
  }

  test('who signed in meanwhile in the same browser does not answer for who was asked', async () => {
    const { visitor } = await signedIn();
    const consent = await consentOf(visitor);
    const other = await newPerson();
    await visitor.signInWithin(await visitor.authorize(app, { prompt: 'login' }), other);
    for (const decision of ['allow', 'cancel'] as const) {
      const answer = await visitor.decide(consent, decision);
      expect([answer.status, pageOf(answer).problem]).toEqual([403, 'flow-not-yours']);
      expect(answer.headers['location']).toBeUndefined();
    }
    const shown = await visitor.get(`/consent?flow=${flowTokenOf(consent)}`);
    expect(shown.status).toBe(403);
    const own = await visitor.decide(await consentOf(visitor), 'allow');
    expect(own.headers['location']).toContain('code=');
  });

  test('an attacker’s page in the victim’s browser, and the victim’s in the attacker’s', async () => {
    const [victim, attacker] = [await signedIn(), await signedIn()];
    const [asked, planted] = [await consentOf(victim.visitor), await consentOf(attacker.visitor)];
    expect((await victim.visitor.decide(planted, 'allow')).status).toBe(403);
    expect((await attacker.visitor.decide(asked, 'allow')).status).toBe(403);
    // Not even with the other browser's cookie: the session is still another person's.
    const [name, value] = [...victim.visitor.cookies].find(([cookie]) => cookie.endsWith('browser'))!;
    attacker.visitor.cookies.set(name, value);
    expect((await attacker.visitor.decide(asked, 'allow')).status).toBe(403);
    expect((await victim.visitor.decide(asked, 'allow')).headers['location']).toContain('code=');
  });

  test('who signed out meanwhile does not answer', async () => {
    const { visitor, account } = await signedIn();
    const consent = await consentOf(visitor);
    await visitor.post('/sign-out', { form_token: hiddenValueOf(account, 'form_token') });
    expect((await visitor.decide(consent, 'allow')).status).toBe(403);
  });
});
