import { formatIdentifiedSecret, parseIdentifiedSecret } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { PASSWORD, REDIRECT_URI, type TestApplication, type TestTenant } from '../support/tenant.js';
import { authorizePath, flowTokenOf, pageOf, type Visitor } from '../support/visitor.js';

const SESSION_COOKIE = 'fluxo-session';
const EVIL = [
  '//evil.example',
  '/\\evil.example',
  'https:evil.example',
  'https://evil.example/',
  '/%5cevil.example',
];
const NAMES = [
  'next',
  'return_to',
  'redirect',
  'redirect_uri',
  'RelayState',
  'continue',
  'url',
  'path',
  'goal',
];

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  await acme.user('mallory');
  app = await acme.application();
});

afterAll(() => fluxo.close());

const isSignedIn = async (visitor: Visitor): Promise<boolean> =>
  pageOf(await visitor.get('/account')).page === 'account';

function sessionOf(visitor: Visitor): string {
  return visitor.cookies.get(SESSION_COOKIE) ?? '';
}

/** A browser with nothing but this session. */
function browserWith(session: string): Visitor {
  const visitor = acme.visitor();
  visitor.cookies.set(SESSION_COOKIE, session);
  return visitor;
}

describe('9 · another address to go to after the sign-in', () => {
  test.each(EVIL)('%s', async (evil) => {
    const visitor = acme.visitor();
    const wanted = Object.fromEntries(NAMES.map((name) => [name, evil]));
    const query = new URLSearchParams(wanted).toString();
    const first = await visitor.get(`/account?${query}`);
    expect(first.body).not.toContain('evil');
    const flow = flowTokenOf(first);
    expect((await visitor.get(`/sign-in?flow=${flow}&${query}`)).body).not.toContain('evil');
    const named = await visitor.post(`/sign-in?${query}`, { ...wanted, flow, username: 'ana' });
    expect(named.headers['location']).toBe(`/sign-in/password?flow=${flow}`);
    const form = { ...wanted, flow, password: PASSWORD };
    const signedIn = await visitor.post(`/sign-in/password?${query}`, form);
    expect(signedIn.headers['location']).toBe('/account');
    expect(await isSignedIn(visitor)).toBe(true);
  });

  test('within an application’s request the way leads to its consent screen, and from there home', async () => {
    const visitor = acme.visitor();
    const evil = { next: '//evil.example', RelayState: '//evil.example' };
    const signedIn = await visitor.signInWithin(await visitor.authorize(app, evil), 'ana');
    expect(signedIn.headers['location']).toMatch(/^\/consent\?flow=[A-Za-z0-9]+$/);
    const consent = await visitor.get(signedIn.headers['location'] ?? '');
    const form = {
      flow: flowTokenOf(consent),
      decision: 'allow',
      redirect_uri: 'https://evil.example/',
      ...evil,
    };
    const { headers } = await visitor.post('/consent', form);
    expect(headers['location']?.startsWith(`${REDIRECT_URI}?code=`)).toBe(true);
  });
});

describe('10 · the redirect after a posted password', () => {
  test('is 303, so that no browser posts the password again', async () => {
    const visitor = acme.visitor();
    expect((await visitor.signIn('ana')).status).toBe(303);
    const within = acme.visitor();
    const consent = await within.signInWithin(await within.authorize(app), 'ana');
    expect(consent.status).toBe(303);
    const page = await within.get(consent.headers['location'] ?? '');
    expect((await within.decide(page, 'allow')).status).toBe(303);
    expect((await within.decide(await within.authorize(app), 'cancel')).status).toBe(303);
    const switched = await within.post('/sign-in/switch', { flow: flowTokenOf(await within.authorize(app)) });
    expect(switched.status).toBe(303);
  });
});

describe('55 · session fixation', () => {
  test('a sign-in makes a new session, and the one before is dead', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const before = sessionOf(visitor);
    expect(await isSignedIn(browserWith(before))).toBe(true);
    await visitor.signInWithin(await visitor.authorize(app, { prompt: 'login' }), 'ana');
    expect(sessionOf(visitor)).not.toBe(before);
    expect(await isSignedIn(visitor)).toBe(true);
    expect(await isSignedIn(browserWith(before))).toBe(false);
  });

  test('a session that somebody planted dies with the sign-in, and never becomes the victim’s', async () => {
    const mallory = acme.visitor();
    await mallory.signIn('mallory');
    const victim = browserWith(sessionOf(mallory));
    await victim.signInWithin(await victim.authorize(app, { prompt: 'login' }), 'ana');
    expect((await victim.get('/account')).body).toContain('ana of acme');
    expect(await isSignedIn(mallory)).toBe(false);
  });

  test('a planted value that nobody issued is never adopted', async () => {
    for (const planted of ['x', 'fxs', `fxs${'0'.repeat(56)}`]) {
      const victim = browserWith(planted);
      await victim.signIn('ana');
      expect(sessionOf(victim)).not.toBe(planted);
      expect(await isSignedIn(victim)).toBe(true);
      expect(await isSignedIn(browserWith(planted))).toBe(false);
    }
  });

  test('a planted flow is void once the victim signed in within it', async () => {
    const mallory = acme.visitor();
    const asked = await mallory.authorize(app);
    const victim = acme.visitor();
    for (const [name, value] of mallory.cookies) victim.cookies.set(name, value);
    const signedIn = await victim.signInWithin(asked, 'ana');
    expect((await mallory.decide(asked, 'allow')).status).toBe(403);
    expect(sessionOf(mallory)).toBe('');
    const consent = await victim.get(signedIn.headers['location'] ?? '');
    expect((await victim.decide(consent, 'allow')).headers['location']).toContain('code=');
  });

  test('naming somebody’s session without its secret ends nothing', async () => {
    const victim = acme.visitor();
    await victim.signIn('ana');
    const tokens = await acme.connect(app, 'ana');
    for (const alive of [sessionOf(victim), tokens.access_token]) {
      const id = parseIdentifiedSecret('session', alive)!.id;
      const attacker = browserWith(formatIdentifiedSecret('session', id, Buffer.alloc(24)));
      await attacker.signIn('mallory');
      expect(await isSignedIn(attacker)).toBe(true);
    }
    expect(await isSignedIn(victim)).toBe(true);
    expect((await acme.callApi(tokens.access_token)).status).toBe(200);
  });
});

describe('62 · skipping a step', () => {
  test('consent without a sign-in', async () => {
    const visitor = acme.visitor();
    const asked = await visitor.authorize(app);
    const answer = await visitor.decide(asked, 'allow');
    expect([answer.status, pageOf(answer).problem]).toEqual([403, 'flow-not-yours']);
    const shown = await visitor.get(`/consent?flow=${flowTokenOf(asked)}`);
    expect([shown.status, shown.headers['location']]).toEqual([302, `/sign-in?flow=${flowTokenOf(asked)}`]);
    const signedIn = await visitor.signInWithin(asked, 'ana');
    const consent = await visitor.get(signedIn.headers['location'] ?? '');
    expect((await visitor.decide(consent, 'allow')).headers['location']).toContain('code=');
  });

  test('consent after the username only, or after an empty or a wrong password', async () => {
    const visitor = acme.visitor();
    const asked = await visitor.authorize(app);
    const flow = flowTokenOf(asked);
    await visitor.post('/sign-in', { flow, username: 'ana' });
    const passwords: readonly Record<string, string>[] = [{}, { password: '' }, { password: 'wrong word' }];
    for (const form of passwords) {
      const answer = await visitor.post('/sign-in/password', { flow, ...form });
      expect([answer.status, answer.headers['location']]).toEqual([422, undefined]);
      expect(sessionOf(visitor)).toBe('');
      expect((await visitor.decide(asked, 'allow')).status).toBe(403);
    }
    expect((await visitor.post('/sign-in/password', { flow, password: PASSWORD })).status).toBe(303);
  });

  test('the password without the username', async () => {
    const visitor = acme.visitor();
    const flow = flowTokenOf(await visitor.get('/account'));
    const skipped = await visitor.post('/sign-in/password', { flow, username: 'ana', password: PASSWORD });
    expect([skipped.status, skipped.headers['location']]).toEqual([303, `/sign-in?flow=${flow}`]);
    expect(sessionOf(visitor)).toBe('');
    expect((await visitor.get(`/sign-in/password?flow=${flow}`)).status).toBe(302);
    expect((await visitor.signIn('ana')).status).toBe(303);
  });

  test('the sign-in that the application asked for with prompt=login, in a browser that is signed in', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const asked = await visitor.authorize(app, { prompt: 'login' });
    expect(pageOf(asked).page).toBe('sign-in-username');
    expect((await visitor.decide(asked, 'allow')).status).toBe(403);
    expect((await visitor.get(`/consent?flow=${flowTokenOf(asked)}`)).status).toBe(302);
    expect((await visitor.decide(await visitor.authorize(app), 'allow')).headers['location']).toContain(
      'code=',
    );
  });

  test('the sign-in after Use another account', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const consent = await visitor.authorize(app);
    const switched = await visitor.post('/sign-in/switch', { flow: flowTokenOf(consent) });
    const again = await visitor.get(switched.headers['location'] ?? '');
    expect(pageOf(again).page).toBe('sign-in-username');
    expect((await visitor.decide(consent, 'allow')).status).toBe(403);
    expect((await visitor.decide(again, 'allow')).status).toBe(403);
    const signedIn = await visitor.signInWithin(again, 'ana');
    const asked = await visitor.get(signedIn.headers['location'] ?? '');
    expect((await visitor.decide(asked, 'allow')).headers['location']).toContain('code=');
  });

  test('the flow of one of our own pages is no consent to anything', async () => {
    const visitor = acme.visitor();
    const page = await visitor.get('/account');
    await visitor.signIn('ana');
    expect((await visitor.decide(page, 'allow')).status).toBe(403);
    expect((await visitor.get(`/consent?flow=${flowTokenOf(page)}`)).status).toBe(403);
  });
});

describe('14 · flow or cookie edited between the pages', () => {
  test('another token, another browser, none: refused; what the page adds is not looked at', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const consent = await visitor.authorize(app);
    const flow = flowTokenOf(consent);
    const edited = [
      `${flow.slice(0, -1)}${flow.endsWith('0') ? '1' : '0'}`,
      flow.slice(0, -1),
      `${flow}0000000`,
      `fxs${flow.slice(3)}`,
      flow.toLowerCase(),
      ` ${flow}`,
    ];
    for (const token of edited) {
      const answer = await visitor.post('/consent', { flow: token, decision: 'allow' });
      expect([answer.status, pageOf(answer).problem]).toEqual([403, 'flow-not-yours']);
    }
    const browser = visitor.cookies.get('fluxo-browser')!;
    for (const other of [
      '',
      '0'.repeat(64),
      'x',
      `${browser}0`,
      browser.toUpperCase().replaceAll(/\d/g, '1'),
    ]) {
      visitor.cookies.set('fluxo-browser', other);
      expect((await visitor.decide(consent, 'allow')).status).toBe(403);
    }
    visitor.cookies.set('fluxo-browser', browser);
    const planner = await acme.application({ name: 'Other', redirectUrls: ['https://evil.example/cb'] });
    const answer = await visitor.post('/consent', {
      flow,
      decision: 'allow',
      client_id: planner.clientId,
      redirect_uri: 'https://evil.example/cb',
      state: 'edited',
      username: 'mallory',
      code_challenge: 'edited',
    });
    const location = new URL(answer.headers['location'] ?? '');
    expect(location.origin + location.pathname).toBe(REDIRECT_URI);
    expect(location.searchParams.get('state')).toBeNull();
    expect((await acme.exchange(app, location.searchParams.get('code') ?? '')).status).toBe(200);
  });

  test('a flow is answered once, and not after 30 minutes', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const [once, late] = [await visitor.authorize(app), await visitor.authorize(app)];
    expect((await visitor.decide(once, 'allow')).headers['location']).toContain('code=');
    expect((await visitor.decide(once, 'allow')).status).toBe(403);
    expect((await visitor.decide(once, 'cancel')).status).toBe(403);
    fluxo.clock.advance(30 * 60_000);
    const answer = await visitor.decide(late, 'allow');
    expect([answer.status, pageOf(answer).problem]).toEqual([400, 'flow-expired']);
    const fresh = await visitor.get(authorizePath(app));
    expect((await visitor.decide(fresh, 'allow')).headers['location']).toContain('code=');
  });

  test.each(['', 'ALLOW', 'yes', 'cancel\0'])('a decision of %j is none', async (decision) => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const consent = await visitor.authorize(app);
    const answer = await visitor.post('/consent', { flow: flowTokenOf(consent), decision });
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
    expect((await visitor.decide(consent, 'allow')).headers['location']).toContain('code=');
  });
});
