import { createUser, InputError, UnavailableError, usernameKey } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { PASSWORD, type TestApplication, type TestTenant } from '../support/tenant.js';
import { flowTokenOf, pageOf, type Visitor } from '../support/visitor.js';

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

let people = 0;

async function personWith(password: string): Promise<string> {
  people += 1;
  const username = `person${people}`;
  const { essentials, passwordHasher } = fluxo.server.services;
  await createUser(
    { username, name: username, password, administrator: false },
    { environmentId: acme.environment.id, store: acme.storage.users, essentials, passwordHasher },
  );
  return username;
}

async function signInStatus(username: string, password: string): Promise<number> {
  return (await acme.visitor().signIn(username, password)).status;
}

/** A browser at the page that asks for the password. */
async function atPassword(username: string): Promise<{ visitor: Visitor; flow: string }> {
  const visitor = acme.visitor();
  const flow = flowTokenOf(await visitor.get('/account'));
  await visitor.post('/sign-in', { flow, username });
  return { visitor, flow };
}

describe('60 · long, unicode and NUL passwords; a flood of sign-ins', () => {
  test.each([
    ['after 72 bytes, where bcrypt stops reading', `${'x'.repeat(72)}a`, `${'x'.repeat(72)}b`],
    ['in the last of 1,024 bytes', `${'x'.repeat(1023)}a`, `${'x'.repeat(1023)}b`],
    ['after a NUL', 'before\0after', 'before\0other'],
    ['by a trailing NUL', 'a password', 'a password\0'],
    ['by a trailing blank', 'a password', 'a password '],
    ['in a surrogate pair', 'emoji pass 😀', 'emoji pass 😁'],
    ['in an invisible character', 'a password', 'a password\u200b'],
    ['in case', 'a password x', 'a password X'],
  ])('two that differ %s are two', async (_name, right, wrong) => {
    const username = await personWith(right);
    expect(await signInStatus(username, wrong)).toBe(422);
    expect(await signInStatus(username, right)).toBe(303);
  });

  test.each([
    'пароль с пробелами',
    '密碼密碼密碼密碼',
    '%00%zz+&=;"<>',
    '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008',
  ])('%j works as it is', async (password) => {
    expect(await signInStatus(await personWith(password), password)).toBe(303);
  });

  test('1,024 bytes are taken and no more; a longer one is not even hashed', async () => {
    const longest = 'ß'.repeat(512);
    const username = await personWith(longest);
    await expect(personWith(`${longest}x`)).rejects.toThrow(InputError);
    const verify = vi.spyOn(fluxo.server.services.passwordHasher, 'verify');
    expect(await signInStatus(username, `${longest}x`)).toBe(422);
    expect(verify).not.toHaveBeenCalled();
    expect(await signInStatus(username, longest)).toBe(303);
    expect(verify).toHaveBeenCalledOnce();
    verify.mockRestore();
    const { visitor, flow } = await atPassword(username);
    const novel = await visitor.post('/sign-in/password', { flow, password: 'x'.repeat(20_000) });
    expect(novel.status).toBe(413);
  });

  test('hashed with argon2id, 19 MiB and two passes at least, each with a salt of its own', async () => {
    const names = [await personWith(PASSWORD), await personWith(PASSWORD)];
    const found = await Promise.all(
      names.map((name) => acme.storage.users.findByUsername(usernameKey(name))),
    );
    const hashes = found.map((person) => person?.passwordHash ?? '');
    expect(new Set(hashes).size).toBe(2);
    for (const hash of hashes) {
      const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(hash) ?? [];
      expect(Number(memory)).toBeGreaterThanOrEqual(19_456);
      expect(Number(passes)).toBeGreaterThanOrEqual(2);
    }
  });

  test('a NUL, a very long or a strange username is nobody', async () => {
    expect(await signInStatus('ana', PASSWORD)).toBe(303);
    for (const username of ['ana\0', 'ana\0x', "ana' OR '1'='1", 'ana%', 'an_', '{"$ne":null}']) {
      expect(await signInStatus(username, PASSWORD)).toBe(422);
    }
    const visitor = acme.visitor();
    const flow = flowTokenOf(await visitor.get('/account'));
    expect((await visitor.post('/sign-in', { flow, username: 'x'.repeat(257) })).status).toBe(422);
  });

  test('as many as may be hashed are: the next sign-in is 503, and all other endpoints go on', async () => {
    const { access_token, refresh_token } = await acme.connect(app, 'ana');
    const { visitor, flow } = await atPassword('ana');
    let flooding = true;
    const refused: unknown[] = [];
    // Whoever has had a turn queues again, so that there is never a free place.
    const insist = async (): Promise<void> => {
      while (flooding) await fluxo.server.services.passwordHasher.hash(PASSWORD);
    };
    const flood = Array.from({ length: 200 }, () => insist().catch((error: unknown) => refused.push(error)));
    // More often than the ten wrong guesses that would slow this account down.
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const busy = await visitor.post('/sign-in/password', { flow, password: PASSWORD });
      expect([busy.status, pageOf(busy).page, busy.setCookies]).toEqual([503, 'sign-in-password', []]);
      expect(Number(busy.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await acme.callApi(access_token)).status).toBe(200);
    expect((await acme.refresh(app, refresh_token)).status).toBe(200);
    expect((await visitor.authorize(app)).status).toBe(200);
    flooding = false;
    await Promise.all(flood);
    expect(refused.length).toBeGreaterThan(100);
    expect(refused.every((error) => error instanceof UnavailableError)).toBe(true);
    expect((await visitor.post('/sign-in/password', { flow, password: PASSWORD })).status).toBe(303);
  });
});
