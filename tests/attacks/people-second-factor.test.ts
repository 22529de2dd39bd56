import { beforeEach, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  appFrom,
  giveCode,
  recoveryCodesOf,
  setUpSecondFactor,
  type SecondFactorOfPerson,
} from '../support/authenticator.js';
import { MINUTE, signedIn } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { HttpAnswer, TestApplication } from '../support/tenant.js';
import { flowTokenOf, hiddenValueOf, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
const STEP_MS = 30_000;
let people = 0;

/** Somebody new who has set up a second factor. */
async function person(): Promise<SecondFactorOfPerson & { readonly username: string }> {
  people += 1;
  const username = `person${people}`;
  await stage.acme.user(username);
  return { username, ...(await setUpSecondFactor(await signedIn(stage.acme, username))) };
}

/** A browser at the second step, after the right password. */
async function atSecondStep(
  username: string,
  visitor = stage.acme.visitor(),
): Promise<{ visitor: Visitor; page: HttpAnswer; flow: string }> {
  const answer = await visitor.signIn(username);
  expect(answer.status).toBe(303);
  const page = await visitor.get(answer.headers['location'] ?? '');
  return { visitor, page, flow: flowTokenOf(page) };
}

const hasSession = (visitor: Visitor): boolean =>
  [...visitor.cookies.keys()].some((name) => name.includes('session'));

beforeEach(() => stage.fluxo.clock.advance(15 * MINUTE));

describe('61 · TOTP or recovery code twice, or in parallel', () => {
  test('a code signs in once; the next one signs in again', async () => {
    const { username, app } = await person();
    const [first, second] = [await atSecondStep(username), await atSecondStep(username)];
    expect(pageOf(first.page).page).toBe('second-factor-code');
    const code = app.code();
    expect((await giveCode(first.visitor, first.flow, code)).status).toBe(303);
    expect(pageOf(await first.visitor.get('/account')).page).toBe('account');

    expect((await giveCode(second.visitor, second.flow, code)).status).toBe(422);
    expect(hasSession(second.visitor)).toBe(false);
    stage.fluxo.clock.advance(STEP_MS);
    expect((await giveCode(second.visitor, second.flow, app.code())).status).toBe(303);
  });

  test('a code that came before one that was used is used too', async () => {
    const { username, app } = await person();
    const [first, second] = [await atSecondStep(username), await atSecondStep(username)];
    stage.fluxo.clock.advance(STEP_MS);
    expect((await giveCode(first.visitor, first.flow, app.code())).status).toBe(303);
    expect((await giveCode(second.visitor, second.flow, app.code(-1))).status).toBe(422);
    expect((await giveCode(second.visitor, second.flow, app.code(1))).status).toBe(303);
  });

  test('the code that confirmed the setup is used by that', async () => {
    await stage.acme.user('zoe');
    const visitor = await signedIn(stage.acme, 'zoe');
    const page = await visitor.get('/account/second-factor/set-up');
    const app = appFrom(page, visitor);
    const form = { form_token: hiddenValueOf(page, 'form_token'), setup: hiddenValueOf(page, 'setup') };
    const code = app.code();
    expect((await visitor.post('/account/second-factor/set-up', { ...form, code })).status).toBe(200);
    const { visitor: other, flow } = await atSecondStep('zoe');
    expect((await giveCode(other, flow, code)).status).toBe(422);
    expect((await giveCode(other, flow, app.code(1))).status).toBe(303);
  });

  test.each(['code', 'recovery code'] as const)(
    'one %s in four browsers at once: one gets in',
    async (what) => {
      const { username, app, recoveryCodes } = await person();
      const at = [];
      for (let browser = 0; browser < 4; browser += 1) at.push(await atSecondStep(username));
      const code = what === 'code' ? app.code() : (recoveryCodes[0] ?? '');
      const answers = await Promise.all(at.map(({ visitor, flow }) => giveCode(visitor, flow, code)));
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422]);
      expect(at.filter(({ visitor }) => hasSession(visitor))).toHaveLength(1);
    },
  );

  test('a recovery code works once, in whatever form it is typed; renewing voids the old ones', async () => {
    const { username, app, recoveryCodes } = await person();
    const [one = '', two = '', three = ''] = recoveryCodes;
    const first = await atSecondStep(username);
    const typed = ` ${one.toUpperCase().replaceAll('-', ' ')} `;
    expect((await giveCode(first.visitor, first.flow, typed)).status).toBe(303);
    const second = await atSecondStep(username);
    expect((await giveCode(second.visitor, second.flow, one)).status).toBe(422);
    expect((await giveCode(second.visitor, second.flow, two)).status).toBe(303);

    const form = await first.visitor.get('/account/second-factor/renew');
    const renewed = await first.visitor.post('/account/second-factor/renew', {
      form_token: hiddenValueOf(form, 'form_token'),
      proof: app.code(),
    });
    const [fresh = ''] = recoveryCodesOf(renewed);
    const third = await atSecondStep(username);
    expect((await giveCode(third.visitor, third.flow, three)).status).toBe(422);
    expect((await giveCode(third.visitor, third.flow, fresh)).status).toBe(303);
  });

  test('another person’s code or recovery code is nobody’s', async () => {
    const [mine, theirs] = [await person(), await person()];
    const { visitor, flow } = await atSecondStep(mine.username);
    expect((await giveCode(visitor, flow, theirs.app.code())).status).toBe(422);
    expect((await giveCode(visitor, flow, theirs.recoveryCodes[0] ?? '')).status).toBe(422);
    expect((await giveCode(visitor, flow, mine.app.code())).status).toBe(303);
    const at = await atSecondStep(theirs.username);
    expect((await giveCode(at.visitor, at.flow, theirs.recoveryCodes[0] ?? '')).status).toBe(303);
  });

  test('guesses are slowed for the account and for the network, with 429 and when to come back', async () => {
    const { username, app } = await person();
    const { visitor, flow } = await atSecondStep(username);
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await giveCode(visitor, flow, app.wrongCode())).status).toBe(422);
    }
    const slowed = await giveCode(visitor, flow, app.code());
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
    expect(slowed.body).toContain('Too many attempts');
    expect(hasSession(visitor)).toBe(false);
    stage.fluxo.clock.advance(15 * MINUTE);
    const later = await atSecondStep(username);
    expect((await giveCode(later.visitor, later.flow, app.code())).status).toBe(303);
  });
});

describe('62 · skipping the second factor', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = await stage.acme.application();
  });

  /** At the second step of a flow that leads to the application. */
  async function onTheWay(username: string) {
    const visitor = stage.acme.visitor();
    const answer = await visitor.signInWithin(await visitor.authorize(app), username);
    const page = await visitor.get(answer.headers['location'] ?? '');
    return { visitor, flow: flowTokenOf(page) };
  }

  test('the benign twin: password, code, consent, code for the application', async () => {
    const { username, app: phone } = await person();
    const { visitor, flow } = await onTheWay(username);
    const signed = await giveCode(visitor, flow, phone.code());
    const consent = await visitor.get(signed.headers['location'] ?? '');
    expect(pageOf(consent).page).toBe('consent');
    const allowed = await visitor.decide(consent, 'allow');
    expect(allowed.headers['location']).toContain('code=');
  });

  test('the password alone makes no session and opens no page', async () => {
    const { username } = await person();
    const { visitor, flow } = await onTheWay(username);
    expect(hasSession(visitor)).toBe(false);
    expect((await visitor.get(`/consent?flow=${flow}`)).headers['location']).toBe(`/sign-in?flow=${flow}`);
    const decided = await visitor.post('/consent', { flow, decision: 'allow' });
    expect(decided.status).toBe(403);
    expect(pageOf(await visitor.get('/account')).page).toBe('sign-in-username');
  });

  test.each([
    ['an empty code', {}],
    ['a blank code', { code: '   ' }],
    ['a code that is no code', { code: 'true' }],
    ['what a form could claim', { code: '', second_factor: 'proven', user_id: 'x', decision: 'allow' }],
  ])('%s: refused', async (_what, form) => {
    const { username } = await person();
    const { visitor, flow } = await onTheWay(username);
    const answer = await visitor.post('/sign-in/second-factor', { flow, ...form });
    expect(answer.status).toBe(422);
    expect(hasSession(visitor)).toBe(false);
    expect((await visitor.post('/consent', { flow, decision: 'allow' })).status).toBe(403);
  });

  test('without the password there is no second step: the right code opens nothing', async () => {
    const { username, app: phone } = await person();
    const visitor = stage.acme.visitor();
    const flow = flowTokenOf(await visitor.authorize(app));
    await visitor.post('/sign-in', { flow, username });
    const answer = await giveCode(visitor, flow, phone.code());
    expect([answer.status, answer.headers['location']]).toEqual([303, `/sign-in?flow=${flow}`]);
    const page = await visitor.get(`/sign-in/second-factor?flow=${flow}`);
    expect(page.headers['location']).toBe(`/sign-in?flow=${flow}`);
    expect(hasSession(visitor)).toBe(false);
  });

  test('the first step’s token is void after it, and another browser has no part in it', async () => {
    const { username, app: phone } = await person();
    const { visitor, flow } = await onTheWay(username);
    const stranger = stage.acme.visitor();
    await stranger.get('/account');
    expect((await giveCode(stranger, flow, phone.code())).status).toBe(403);
    expect((await giveCode(visitor, flow, phone.code())).status).toBe(303);
    expect((await giveCode(visitor, flow, phone.code(1))).status).toBe(403);
  });

  test('who names somebody else after the password has proven nothing', async () => {
    const [{ username }, other] = [await person(), await person()];
    const { visitor, flow } = await onTheWay(username);
    await visitor.post('/sign-in', { flow, username: other.username });
    const answer = await giveCode(visitor, flow, other.app.code());
    expect(answer.headers['location']).toBe(`/sign-in?flow=${flow}`);
    expect(hasSession(visitor)).toBe(false);
  });

  test.each<[string, (username: string) => Promise<unknown>]>([
    [
      'ten minutes',
      () => {
        stage.fluxo.clock.advance(10 * MINUTE);
        return Promise.resolve();
      },
    ],
    [
      'another password',
      async (username) => {
        const user = (await stage.acme.storage.users.findByUsername(username))?.user;
        await new Administrator(stage.acme).changeUser(user!, { password: 'quite another one' });
      },
    ],
  ])('after %s the first proof is worth nothing', async (_what, spoil) => {
    const { username, app: phone } = await person();
    const { visitor, flow } = await onTheWay(username);
    await spoil(username);
    expect((await giveCode(visitor, flow, phone.code())).status).not.toBe(200);
    expect(hasSession(visitor)).toBe(false);
  });

  test('required: who has none sets one up on the way in, and can’t go around it', async () => {
    const administrator = new Administrator(stage.acme);
    await administrator.changeSettings({ secondFactor: 'required' });
    try {
      await stage.acme.user('newcomer');
      const visitor = stage.acme.visitor();
      const answer = await visitor.signInWithin(await visitor.authorize(app), 'newcomer');
      const setup = await visitor.get(answer.headers['location'] ?? '');
      expect(pageOf(setup).page).toBe('second-factor-set-up');
      const flow = flowTokenOf(setup);
      expect((await visitor.post('/consent', { flow, decision: 'allow' })).status).toBe(403);
      expect((await giveCode(visitor, flow, '123456')).status).toBe(422);
      const phone = appFrom(setup, visitor);
      const form = { flow, setup: hiddenValueOf(setup, 'setup') };
      const wrong = await visitor.post('/sign-in/second-factor/set-up', { ...form, code: phone.wrongCode() });
      expect(wrong.status).toBe(422);
      expect(hasSession(visitor)).toBe(false);

      const done = await visitor.post('/sign-in/second-factor/set-up', { ...form, code: phone.code() });
      expect(recoveryCodesOf(done)).toHaveLength(10);
      const next = /href="(\/consent\?flow=[^"]+)"/.exec(done.body)?.[1] ?? '';
      expect(pageOf(await visitor.get(next)).page).toBe('consent');
      // Set up again within a flow that has proven only the password: there is one already.
      stage.fluxo.clock.advance(STEP_MS);
      const again = await atSecondStep('newcomer');
      const forced = await again.visitor.get(`/sign-in/second-factor/set-up?flow=${again.flow}`);
      const otherApp = appFrom(forced, again.visitor);
      const refused = await again.visitor.post('/sign-in/second-factor/set-up', {
        ...{ flow: again.flow, setup: hiddenValueOf(forced, 'setup'), code: otherApp.code() },
      });
      expect(refused.headers['location']).toContain('/sign-in/second-factor?flow=');
      expect(hasSession(again.visitor)).toBe(false);
      // It can't be taken away where everybody must have one.
      expect((await visitor.get('/account/second-factor/remove')).headers['location']).toBe('/account');
    } finally {
      await administrator.changeSettings({ secondFactor: 'optional' });
    }
  });

  test('set up by who has just signed in, never in a browser that was left open: it asks anew, and ends that session', async () => {
    await stage.acme.user('yara');
    const visitor = await signedIn(stage.acme, 'yara');
    const path = '/account/second-factor/set-up';
    const offered = await visitor.get(path);
    expect(pageOf(offered).page).toBe('second-factor-set-up');
    const [app, session] = [appFrom(offered, visitor), visitor.cookies.get('fluxo-session')];
    const form_token = hiddenValueOf(offered, 'form_token');
    stage.fluxo.clock.advance(15 * MINUTE);
    const posted = await visitor.post(path, { form_token, setup: 'x', code: app.code() });
    expect([posted.status, posted.headers['location']]).toEqual([303, path]);
    const asked = await visitor.get(path);
    expect([pageOf(asked).page, asked.body.includes('class="secret"')]).toEqual(['sign-in-username', false]);
    const again = await visitor.signInWithin(asked, 'yara');
    expect(again.headers['location']).toBe(path);
    expect(visitor.cookies.get('fluxo-session')).not.toBe(session);
    expect(pageOf(await visitor.get(path)).page).toBe('second-factor-set-up');
  });

  test('removed with the password or a code, never by the session alone', async () => {
    const { username, app: phone } = await person();
    const { visitor, flow } = await atSecondStep(username);
    await giveCode(visitor, flow, phone.code());
    const page = await visitor.get('/account/second-factor/remove');
    const form_token = hiddenValueOf(page, 'form_token');
    const remove = (proof: string): Promise<HttpAnswer> =>
      visitor.post('/account/second-factor/remove', { form_token, proof });
    for (const proof of ['', 'wrong password', phone.wrongCode(), phone.code()]) {
      expect((await remove(proof)).status).toBe(422);
    }
    stage.fluxo.clock.advance(STEP_MS);
    expect((await remove(phone.code())).status).toBe(200);
    expect(pageOf(await (await signedIn(stage.acme, username)).get('/account')).page).toBe('account');
  });
});

describe('55 · session fixation at the second factor', () => {
  test('the session before is dead after it, and the new one is new', async () => {
    const { username, app: phone } = await person();
    const visitor = await signedIn(stage.acme, 'ana');
    const before = new Map(visitor.cookies);
    const answer = await visitor.signInWithin(
      await visitor.authorize(await stage.acme.application(), { prompt: 'login' }),
      username,
    );
    const flow = flowTokenOf(await visitor.get(answer.headers['location'] ?? ''));
    // Nothing was proven in full: whoever was signed in still is.
    expect(visitor.cookies).toEqual(before);
    expect((await giveCode(visitor, flow, phone.code())).status).toBe(303);
    expect(visitor.cookies.get('fluxo-session')).not.toBe(before.get('fluxo-session'));
    const planted = stage.acme.visitor();
    for (const [name, value] of before) planted.cookies.set(name, value);
    expect(pageOf(await planted.get('/account')).page).toBe('sign-in-username');
  });
});
