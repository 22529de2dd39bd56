import { createUser, type IdentityProvider } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  appFrom,
  giveCode,
  recoveryCodesOf,
  setUpSecondFactor,
  type SecondFactorOfPerson,
} from '../support/authenticator.js';
import { ForgingProvider } from '../support/forging-provider.js';
import {
  addProvider,
  bringBack,
  buttonOf,
  changeProvider,
  forwardOf,
  linkUser,
  LOOPBACK_PROVIDERS,
} from '../support/identity.js';
import { askForLink, mailsIn } from '../support/mailbox.js';
import { signedIn } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { HttpAnswer, TestApplication } from '../support/tenant.js';
import { flowTokenOf, hiddenValueOf, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage({ settings: LOOPBACK_PROVIDERS });
let company: ForgingProvider;
let provider: IdentityProvider;
let administrator: Administrator;
let app: TestApplication;
let people = 0;

beforeAll(async () => {
  company = await ForgingProvider.start();
  provider = await addProvider(stage.acme, company);
  administrator = new Administrator(stage.acme);
  app = await stage.acme.application();
  await administrator.changeSettings({ singleSignOn: 'offered' });
});
afterAll(() => company.close());

interface Person extends SecondFactorOfPerson {
  readonly username: string;
}

/** Somebody new whom the provider knows, and who has set up a second factor. */
async function person(): Promise<Person> {
  people += 1;
  const username = `person${people}`;
  const user = await stage.acme.user(username);
  await linkUser(stage.acme, user, { provider, federationId: `of-${username}` });
  return { username, ...(await setUpSecondFactor(await signedIn(stage.acme, username))) };
}

interface Back {
  readonly visitor: Visitor;
  readonly answer: HttpAnswer;
}

/** From the application to the provider, and back with its word for who that is. */
async function comeBack(username: string, visitor = stage.acme.visitor()): Promise<Back> {
  const page = await visitor.authorize(app);
  const location = forwardOf(await visitor.get(buttonOf(page, provider)));
  const answer = await bringBack(visitor, company.approve(location, `of-${username}`));
  return { visitor, answer };
}

async function atSecondStep(username: string): Promise<{ visitor: Visitor; page: HttpAnswer; flow: string }> {
  const { visitor, answer } = await comeBack(username);
  expect([answer.status, answer.headers['location']]).toEqual([
    302,
    expect.stringMatching(/^\/sign-in\/second-factor\?flow=/),
  ]);
  const page = await visitor.get(answer.headers['location'] ?? '');
  return { visitor, page, flow: flowTokenOf(page) };
}

const hasSession = (visitor: Visitor): boolean => visitor.cookies.has('fluxo-session');

describe('62 · the second factor after a company’s provider', () => {
  test('is asked for like after a password, and without it nobody is signed in', async () => {
    const { username, app: phone } = await person();
    const { visitor, page, flow } = await atSecondStep(username);
    expect(pageOf(page).page).toBe('second-factor-code');
    expect(hasSession(visitor)).toBe(false);
    expect((await visitor.post('/consent', { flow, decision: 'allow' })).status).toBe(403);
    expect((await giveCode(visitor, flow, phone.wrongCode())).status).toBe(422);
    expect(pageOf(await visitor.get('/account')).page).toBe('sign-in-username');

    const answer = await giveCode(visitor, flow, phone.code());
    expect(answer.status).toBe(303);
    const consent = await visitor.get(answer.headers['location'] ?? '');
    expect([pageOf(consent).page, consent.body.includes(username)]).toEqual(['consent', true]);
    const [event] = await administrator.eventsOf('user.signed-in');
    expect(event?.detail).toBe(`${provider.id}, code`);
  });

  test('is set up on the way where it is required, whoever proved the person', async () => {
    const user = await stage.acme.user('newcomer');
    await linkUser(stage.acme, user, { provider, federationId: 'of-newcomer' });
    // The benign twin: it isn't required yet.
    expect((await comeBack('newcomer')).answer.headers['location']).toMatch(/^\/consent\?flow=/);
    await administrator.changeSettings({ secondFactor: 'required' });
    try {
      const { visitor, answer } = await comeBack('newcomer');
      const page = await visitor.get(answer.headers['location'] ?? '');
      expect([pageOf(page).page, hasSession(visitor)]).toEqual(['second-factor-set-up', false]);
      const done = await visitor.post('/sign-in/second-factor/set-up', {
        ...{ flow: flowTokenOf(page), setup: hiddenValueOf(page, 'setup') },
        code: appFrom(page, visitor).code(),
      });
      expect(recoveryCodesOf(done)).toHaveLength(10);
      expect(hasSession(visitor)).toBe(true);
    } finally {
      await administrator.changeSettings({ secondFactor: 'optional' });
    }
  });

  test.each<[string, (username: string) => Promise<unknown>]>([
    [
      'the provider knows them no more',
      async (username) => {
        const found = await stage.acme.storage.users.findByUsername(username);
        const { federatedIdentities } = stage.acme.storage;
        if (found) await federatedIdentities.unlink(provider.id, found.user.id, stage.fluxo.clock.now());
      },
    ],
    [
      'the provider was disabled, and enabled again',
      async () => {
        await changeProvider(stage.acme, provider, { enabled: false });
        await changeProvider(stage.acme, provider, { enabled: true });
      },
    ],
    [
      'they signed out everywhere',
      async (username) => {
        const found = await stage.acme.storage.users.findByUsername(username);
        const { sessions } = stage.acme.storage;
        if (found) await sessions.endAllOfUser(found.user.id, stage.fluxo.clock.now());
      },
    ],
  ])('is shown in vain when %s meanwhile', async (_what, spoil) => {
    const { username, app: phone } = await person();
    const { visitor, flow } = await atSecondStep(username);
    await spoil(username);
    const answer = await giveCode(visitor, flow, phone.code());
    expect(answer.headers['location'] ?? '').not.toContain('/consent');
    expect(hasSession(visitor)).toBe(false);
  });

  test('is the user’s whom the provider proved, not of whom the flow remembered before', async () => {
    const [one, other] = [await person(), await person()];
    const { visitor, flow } = await atSecondStep(one.username);
    const way = await visitor.get(`/sign-in/with/${provider.id}?flow=${flow}`);
    // On the way again nothing is proven any more.
    expect((await giveCode(visitor, flow, one.app.code())).headers['location']).toContain('/sign-in?flow=');
    const back = await bringBack(visitor, company.approve(forwardOf(way), `of-${other.username}`));
    const page = await visitor.get(back.headers['location'] ?? '');
    expect((await giveCode(visitor, flowTokenOf(page), one.app.code())).status).toBe(422);
    expect((await giveCode(visitor, flowTokenOf(page), other.app.code())).status).toBe(303);
  });
});

describe('58 · a device that signed in at a provider', () => {
  const from = { remoteAddress: '203.0.113.7' };

  async function withoutPassword(username: string): Promise<void> {
    const { fluxo, environment, storage } = stage.acme;
    const { essentials, passwordHasher } = fluxo.server.services;
    const input = { username, name: username, password: undefined, administrator: false };
    const administration = {
      environmentId: environment.id,
      store: storage.users,
      essentials,
      passwordHasher,
    };
    const user = await createUser(input, administration);
    await linkUser(stage.acme, user, { provider, federationId: `of-${username}` });
    for (let guess = 0; guess < 12; guess += 1) await stage.acme.visitor(from).signIn(username, 'guess');
  }

  test('is known to its own account, and to no other that has no password either', async () => {
    await withoutPassword('edu');
    await withoutPassword('fabi');
    const { visitor } = await comeBack('edu', stage.acme.visitor(from));
    visitor.cookies.delete('fluxo-session');
    expect((await visitor.signIn('edu', 'guess')).status).toBe(422);
    expect((await visitor.signIn('fabi', 'guess')).status).toBe(429);
  });
});

describe('92 · a link to a password where passwords don’t count', () => {
  const mailsTo = (address: string) => mailsIn(stage.fluxo.folder).filter(({ to }) => to === address);

  test('is never sent to who signs in at a provider only, and dies when that is decided', async () => {
    const email = 'caio@acme.example';
    const caio = await stage.acme.user('caio', { email });
    await askForLink(stage.acme.visitor(), 'caio');
    const [mail] = mailsTo(email);
    expect(pageOf(await stage.acme.visitor().get(mail?.path ?? '')).page).toBe('new-password');
    await administrator.changeUser(caio, { onlySingleSignOn: true });
    expect((await stage.acme.visitor().get(mail?.path ?? '')).status).toBe(410);
    await askForLink(stage.acme.visitor(), 'caio');
    expect(mailsTo(email)).toHaveLength(1);
  });

  test('is never sent where single sign-on is required, and one on its way sets nothing', async () => {
    const email = 'dora@acme.example';
    await stage.acme.user('dora', { email });
    await askForLink(stage.acme.visitor(), 'dora');
    const [mail] = mailsTo(email);
    await administrator.changeSettings({ singleSignOn: 'required' });
    try {
      expect((await stage.acme.visitor().get(mail?.path ?? '')).status).toBe(410);
      const link = mail?.link.searchParams.get('link') ?? '';
      const posted = await stage.acme.visitor().post('/new-password', { link, password: 'four words' });
      expect(posted.status).toBe(410);
      await askForLink(stage.acme.visitor(), 'dora');
      expect(mailsTo(email)).toHaveLength(1);
    } finally {
      await administrator.changeSettings({ singleSignOn: 'offered' });
    }
  });
});
