import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createUser } from '@fluxo/core';
import { Administrator } from '../support/administrator.js';
import { setUpSecondFactor } from '../support/authenticator.js';
import { rowsOf } from '../support/database.js';
import { askForLink, forgottenPathOf, mailsIn, type ReceivedMail } from '../support/mailbox.js';
import { connectAs, HOUR, MINUTE, signedIn, statusOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { PASSWORD, type HttpAnswer, type TestTenant } from '../support/tenant.js';
import { hiddenValueOf, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
const NEW_PASSWORD = 'four words make one';
let people = 0;

beforeEach(() => stage.fluxo.clock.advance(HOUR));

/** Somebody new, who can be written to. */
async function person(): Promise<string> {
  people += 1;
  const username = `person${people}`;
  await stage.acme.user(username, { email: `${username}@acme.example` });
  return username;
}

const mailsTo = (username: string): readonly ReceivedMail[] =>
  mailsIn(stage.fluxo.folder).filter(({ to }) => to === `${username}@acme.example`);

async function linkFor(username: string): Promise<ReceivedMail> {
  const answer = await askForLink(stage.acme.visitor(), username);
  expect([answer.status, answer.headers['location']]).toEqual([303, '/forgot-password/sent']);
  const mail = mailsTo(username).at(-1);
  if (mail === undefined) throw new Error('No mail came.');
  return mail;
}

async function setPassword(
  visitor: Visitor,
  mail: ReceivedMail,
  form: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  return visitor.post('/new-password', {
    link: mail.link.searchParams.get('link') ?? '',
    password: NEW_PASSWORD,
    ...form,
  });
}

const signsIn = async (username: string, password: string, tenant: TestTenant = stage.acme) =>
  (await tenant.visitor().signIn(username, password)).status;

describe('92 · password reset while an attacker is connected', () => {
  test('ends every session; grants are listed, and end with it where that is wished', async () => {
    const username = await person();
    const app = await stage.acme.application({ name: 'Attacker’s Planner' });
    const attacker = await signedIn(stage.acme, username);
    const tokens = await connectAs(attacker, app);

    const mail = await linkFor(username);
    const owner = stage.acme.visitor();
    const page = await owner.get(mail.path);
    expect(pageOf(page).page).toBe('new-password');
    expect(page.body).toContain('Attacker’s Planner');
    // Looking changed nothing.
    expect(pageOf(await attacker.get('/account')).page).toBe('account');

    expect((await setPassword(owner, mail, { end_connections: 'yes' })).status).toBe(200);
    expect(pageOf(await attacker.get('/account')).page).toBe('sign-in-username');
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect((await stage.acme.refresh(app, tokens.refresh_token)).status).toBe(400);
    expect([await signsIn(username, PASSWORD), await signsIn(username, NEW_PASSWORD)]).toEqual([422, 303]);
  });

  test('without the wish the connections stay, and the sessions still end', async () => {
    const username = await person();
    const app = await stage.acme.application();
    const before = await signedIn(stage.acme, username);
    const tokens = await connectAs(before, app);
    expect((await setPassword(stage.acme.visitor(), await linkFor(username))).status).toBe(200);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    expect(pageOf(await before.get('/account')).page).toBe('sign-in-username');
  });

  test('does not skip the second factor', async () => {
    const username = await person();
    const { app } = await setUpSecondFactor(await signedIn(stage.acme, username));
    const visitor = stage.acme.visitor();
    expect((await setPassword(visitor, await linkFor(username))).status).toBe(200);
    expect(pageOf(await visitor.get('/account')).page).toBe('sign-in-username');
    const answer = await visitor.signIn(username, NEW_PASSWORD);
    expect(answer.headers['location']).toContain('/sign-in/second-factor?flow=');
    const flow = hiddenValueOf(await visitor.get(answer.headers['location'] ?? ''), 'flow');
    const entered = await visitor.post('/sign-in/second-factor', { flow, code: app.code() });
    expect(entered.headers['location']).toBe('/account');
  });
});

describe('63 · Host header in links', () => {
  test.each([
    ['another host', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['Forwarded', { forwarded: 'host=evil.example;proto=https' }],
    ['an absolute Referer', { referer: 'https://evil.example/forgot-password' }],
  ])('%s in the request: the link is of the canonical origin', async (_what, headers) => {
    const username = await person();
    await askForLink(stage.acme.visitor(), username, headers);
    const [mail] = mailsTo(username);
    expect(mail?.link.origin).toBe(stage.acme.origin);
    expect(mail?.text).not.toContain('evil');
  });

  test('a host that is none of ours sends nothing', async () => {
    const username = await person();
    const answer = await askForLink(stage.acme.visitor(), username, { host: 'evil.example' });
    expect(answer.status).toBe(404);
    expect(mailsTo(username)).toEqual([]);
  });
});

describe('59 · is this a user? by a forgotten password', () => {
  async function seen(username: string): Promise<string> {
    const visitor = stage.acme.visitor();
    const form = await visitor.get('/forgot-password');
    const answers = [form, await askForLink(visitor, username), await visitor.get('/forgot-password/sent')];
    for (let more = 0; more < 4; more += 1) answers.push(await askForLink(visitor, username));
    return answers
      .map(({ status, headers, body, setCookies }) =>
        JSON.stringify([status, Object.keys(headers), headers['location'], headers['retry-after'], body])
          .replaceAll(username, 'NAME')
          .replaceAll(headers['x-request-id'] ?? '-', 'REQUEST')
          .concat(String(setCookies.length)),
      )
      .join('\n');
  }

  test('the same answers for a user, one without an address, a disabled one and nobody', async () => {
    const known = await person();
    await stage.acme.user('noaddress');
    const disabled = await person();
    const { storage } = stage.acme;
    const user = (await storage.users.findByUsername(disabled))?.user;
    await new Administrator(stage.acme).changeUser(user!, { enabled: false });
    const first = await seen(known);
    expect(await seen('noaddress')).toBe(first);
    expect(await seen(disabled)).toBe(first);
    expect(await seen('nobody')).toBe(first);
    expect(first).toContain('Too many attempts');
    expect(mailsTo(known).length).toBeGreaterThan(0);
    expect(mailsTo(disabled)).toEqual([]);
  });

  test('the answer comes before the user is looked for: it takes as long for everybody', async () => {
    const username = await person();
    const { users } = stage.acme.storageOf('page');
    const visitor = stage.acme.visitor();
    let looked = false;
    const find = users.findByUsername.bind(users);
    users.findByUsername = (key) => {
      looked = true;
      return find(key);
    };
    try {
      const answered = visitor.post('/forgot-password', { username }).then((answer) => {
        expect(looked).toBe(false);
        return answer.status;
      });
      expect(await answered).toBe(303);
      await stage.fluxo.server.services.mails.idle();
      expect(looked).toBe(true);
    } finally {
      users.findByUsername = find;
    }
  });

  test('nobody’s mailbox is filled: three an hour from one network, five in all', async () => {
    const username = await person();
    const ask = async (address: string): Promise<number> =>
      (await askForLink(stage.acme.visitor({ remoteAddress: address }), username)).status;
    const here = [await ask('10.1.0.1'), await ask('10.1.0.2'), await ask('10.1.0.3'), await ask('10.1.0.4')];
    expect(here).toEqual([303, 303, 303, 429]);
    expect([await ask('10.2.0.1'), await ask('10.3.0.1'), await ask('10.4.0.1')]).toEqual([303, 303, 429]);
    expect(mailsTo(username)).toHaveLength(5);
  });
});

describe('47 · guessing and using a link otherwise', () => {
  test('it works once, for half an hour, and a newer one makes it dead', async () => {
    const username = await person();
    const [old, link] = [await linkFor(username), await linkFor(username)];
    const visitor = stage.acme.visitor();
    expect((await visitor.get(old.path)).status).toBe(410);
    expect((await setPassword(visitor, old)).status).toBe(410);
    stage.fluxo.clock.advance(29 * MINUTE);
    expect((await setPassword(visitor, link)).status).toBe(200);
    expect((await setPassword(visitor, link, { password: 'somebody else' })).status).toBe(410);
    expect(await signsIn(username, NEW_PASSWORD)).toBe(303);

    stage.fluxo.clock.advance(HOUR);
    const late = await linkFor(username);
    stage.fluxo.clock.advance(30 * MINUTE);
    expect([(await visitor.get(late.path)).status, (await setPassword(visitor, late)).status]).toEqual([
      410, 410,
    ]);
  });

  test('opening it, as mail scanners do, uses nothing up', async () => {
    const username = await person();
    const link = await linkFor(username);
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      expect((await stage.acme.send({ method, path: link.path })).status).toBe(200);
    }
    expect((await setPassword(stage.acme.visitor(), link)).status).toBe(200);
  });

  test('a password that can’t be taken leaves the link as it is', async () => {
    const username = await person();
    const link = await linkFor(username);
    const visitor = stage.acme.visitor();
    for (const password of ['', 'short', 'x'.repeat(1025)]) {
      expect((await setPassword(visitor, link, { password })).status).toBe(422);
    }
    expect((await setPassword(visitor, link)).status).toBe(200);
  });

  test('a form from elsewhere sets nothing and sends nothing', async () => {
    const username = await person();
    const link = await linkFor(username);
    const visitor = stage.acme.visitor();
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const form = { link: link.link.searchParams.get('link') ?? '', password: NEW_PASSWORD };
    expect((await visitor.post('/new-password', form, headers)).status).toBe(403);
    expect((await askForLink(visitor, username, headers)).status).toBe(403);
    expect(mailsTo(username)).toHaveLength(1);
    expect(await signsIn(username, PASSWORD)).toBe(303);
  });

  test('another environment’s link does not exist here', async () => {
    const other = await stage.fluxo.environment('other');
    await other.user('ana', { email: 'ana@other.example' });
    await askForLink(other.visitor(), 'ana');
    const mail = mailsIn(stage.fluxo.folder).find(({ to }) => to === 'ana@other.example')!;
    const here = await setPassword(stage.acme.visitor(), mail);
    expect(here.status).toBe(410);
    expect((await setPassword(other.visitor(), mail)).status).toBe(200);
    expect(await signsIn('ana', NEW_PASSWORD, other)).toBe(303);
  });

  test('who was invited has no password until they choose one', async () => {
    const { essentials, passwordHasher } = stage.fluxo.server.services;
    const administration = { store: stage.acme.storage.users, essentials, passwordHasher };
    await createUser(
      {
        ...{ username: 'invited', name: 'Invited', administrator: false },
        ...{ email: 'invited@acme.example', password: undefined },
      },
      { ...administration, environmentId: stage.acme.environment.id },
    );
    for (const password of ['', 'undefined', 'null', PASSWORD]) {
      expect(await signsIn('invited', password)).toBe(422);
    }
    expect((await setPassword(stage.acme.visitor(), await linkFor('invited'))).status).toBe(200);
    expect(await signsIn('invited', NEW_PASSWORD)).toBe(303);
  });
});

describe('49 · the secret of a link', () => {
  test('is in the message alone: not in the log, the database, an answer’s headers, or a URL of ours', async () => {
    const username = await person();
    const link = await linkFor(username);
    const secret = link.link.searchParams.get('link') ?? '';
    expect(secret).toMatch(/^fxp[0-9A-Za-z]{40,}$/);
    const visitor = stage.acme.visitor();
    const page = await visitor.get(link.path);
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['cache-control']).toBe('no-store');
    const done = await setPassword(visitor, link);
    const again = await visitor.get(link.path);
    for (const { headers } of [page, done, again]) expect(JSON.stringify(headers)).not.toContain(secret);
    for (const { body } of [done, again]) expect(body).not.toContain(secret);
    const log = stage.fluxo.log.join('');
    expect(log).toContain('/new-password');
    expect(log).not.toContain(secret);
    expect(log).not.toContain(NEW_PASSWORD);
    expect(log).not.toContain('@acme.example');
    const stored = (await rowsOf(stage.fluxo.folder)).flat();
    expect(stored.some((value) => value instanceof Uint8Array && Buffer.from(value).includes(secret))).toBe(
      false,
    );
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  test('the mailbox folder is the server’s alone, and the way there is on the password page', async () => {
    const username = await person();
    await linkFor(username);
    expect(statSync(join(stage.fluxo.folder, 'mailbox')).mode & 0o777).toBe(0o700);
    const visitor = stage.acme.visitor();
    const form = await visitor.get(await forgottenPathOf(visitor, username));
    expect(pageOf(form).page).toBe('forgot-password');
    expect(form.body).toContain(`value="${username}"`);
  });

  test('the message is in the language of the browser', async () => {
    const username = await person();
    await askForLink(stage.acme.visitor(), username, { 'accept-language': 'pt-BR' });
    const [mail] = mailsTo(username);
    expect(mail?.subject).toBe('Escolha uma nova senha para acme (my)');
    expect(mail?.text).toContain('Olá');
  });
});
