import { signInRules } from '@fluxo/core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { MINUTE, signedIn } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { PASSWORD, type HttpAnswer } from '../support/tenant.js';
import { flowTokenOf, pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();

/** Each test has windows of its own. */
beforeEach(() => stage.fluxo.clock.advance(15 * MINUTE));

/** A guesser's browser with a flow open; each guess is one request from an address of their choice. */
class Guesser {
  readonly #visitor: Visitor = stage.acme.visitor();
  #flow = '';

  async guess(
    username: string,
    password: string,
    from: { readonly address?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<HttpAnswer> {
    if (this.#flow === '') this.#flow = flowTokenOf(await this.#visitor.get('/account'));
    await this.#visitor.post('/sign-in', { flow: this.#flow, username });
    return this.#visitor.send({
      method: 'POST',
      path: '/sign-in/password',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: stage.acme.origin,
        ...from.headers,
      },
      body: new URLSearchParams({ flow: this.#flow, password }).toString(),
      ...(from.address === undefined ? {} : { remoteAddress: from.address }),
    });
  }
}

/** Hundreds of guesses without hundreds of hashes: what is tried here is the counting. */
async function withoutHashing(work: () => Promise<void>): Promise<void> {
  const verify = vi.spyOn(stage.fluxo.server.services.passwordHasher, 'verify').mockResolvedValue(false);
  try {
    await work();
  } finally {
    verify.mockRestore();
  }
}

const signsIn = async (username: string, address: string): Promise<number> =>
  (await new Guesser().guess(username, PASSWORD, { address })).status;

describe('58 · password guessing', () => {
  test('one account: slowed with 429; never locks the rightful user’s open session, nor them elsewhere', async () => {
    await stage.acme.user('bea');
    expect(await signsIn('bea', '203.0.113.1')).toBe(303);
    const open = await signedIn(stage.acme, 'bea');
    const guesser = new Guesser();
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await guesser.guess('bea', `wrong ${guess}`, { address: '198.51.100.1' })).status).toBe(422);
    }
    const slowed = await guesser.guess('bea', PASSWORD, { address: '198.51.100.1' });
    expect(slowed.status).toBe(429);
    expect(slowed.body).toContain('Too many attempts');
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
    expect(pageOf(await open.get('/account')).page).toBe('account');
    expect(await signsIn('bea', '203.0.113.1')).toBe(303);
  });

  test('forged X-Forwarded-For and Forwarded do not make a new network', async () => {
    const guesser = new Guesser();
    const from = (guess: number) => ({
      address: '198.51.100.2',
      headers: { 'x-forwarded-for': `10.${guess}.0.1`, forwarded: `for=10.${guess}.0.1` },
    });
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await guesser.guess('ana', 'wrong', from(guess))).status).toBe(422);
    }
    expect((await guesser.guess('ana', PASSWORD, from(11))).status).toBe(429);
    expect(await signsIn('ana', '203.0.113.2')).toBe(303);
  });

  test.each([
    ['of one IPv6 /56', (n: number) => `2001:db8:0:${(n + 1).toString(16)}::${n}`],
    ['of one IPv4 /24', (n: number) => `192.0.2.${n + 1}`],
    ['of one IPv4 /24 in IPv6 clothes', (n: number) => `::ffff:192.0.2.${n + 101}`],
  ])('rotating through addresses %s counts as one network', async (_name, address) => {
    const guesser = new Guesser();
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await guesser.guess('ana', 'wrong', { address: address(guess) })).status).toBe(422);
    }
    expect((await guesser.guess('ana', PASSWORD, { address: address(50) })).status).toBe(429);
    // The benign twin: a neighbour beyond that network.
    expect(await signsIn('ana', '2001:db8:0:100::1')).toBe(303);
  });

  test('many networks at one account: the account is slowed as a whole', async () => {
    await stage.acme.user('carla');
    const open = await signedIn(stage.acme, 'carla');
    await withoutHashing(async () => {
      const guesser = new Guesser();
      for (let guess = 0; guess < 100; guess += 1) {
        expect((await guesser.guess('carla', 'wrong', { address: `10.0.${guess}.1` })).status).toBe(422);
      }
      expect((await guesser.guess('carla', 'wrong', { address: '10.0.200.1' })).status).toBe(429);
    });
    expect(pageOf(await open.get('/account')).page).toBe('account');
    expect(await signsIn('ana', '10.0.200.1')).toBe(303);
  });

  test('one network at many accounts: the network is slowed', async () => {
    await withoutHashing(async () => {
      const guesser = new Guesser();
      for (let guess = 0; guess < 300; guess += 1) {
        expect((await guesser.guess(`user${guess}`, 'wrong', { address: '10.9.9.1' })).status).toBe(422);
      }
      expect((await guesser.guess('ana', 'wrong', { address: '10.9.9.2' })).status).toBe(429);
    });
    expect(await signsIn('ana', '10.9.10.1')).toBe(303);
  });

  test('the whole environment: so many networks at so many accounts are slowed together', async () => {
    const { username } = await stage.acme.user('known-before');
    const known = await signedIn(stage.acme, username);
    await withoutHashing(async () => {
      const guesser = new Guesser();
      const guess = async (number: number): Promise<number> => {
        const from = { address: `10.${100 + Math.floor(number / 10)}.1.1` };
        return (await guesser.guess(`everybody${number}`, 'wrong', from)).status;
      };
      expect(await guess(0)).toBe(422);
      // Those between, without a page for each: they count under the last of the same rules.
      const [widest] = signInRules('nobody', 'nowhere').slice(-1);
      const { throttle } = stage.acme.storage;
      for (let tens = 0; tens < 298; tens += 1) {
        await Promise.all(
          Array.from({ length: 10 }, () => throttle.take([widest!], stage.fluxo.clock.now())),
        );
      }
      for (let number = 1; number < 20; number += 1) expect(await guess(number)).toBe(422);
      expect((await guesser.guess('somebody', 'wrong', { address: '10.200.1.1' })).status).toBe(429);
    });
    const stranger = await stage.acme.visitor({ remoteAddress: '10.201.1.1' }).signIn('ana');
    expect(stranger.status).toBe(429);
    expect(Number(stranger.headers['retry-after'])).toBeGreaterThan(0);
    // Who signed in here before still does.
    known.cookies.delete('fluxo-session');
    expect((await known.signIn(username)).status).toBe(303);
  });

  test('hammering at one account from one network shuts neither its neighbours nor the environment out', async () => {
    await withoutHashing(async () => {
      const guesser = new Guesser();
      const from = { address: '10.210.1.1' };
      for (let guess = 0; guess < 400; guess += 1) await guesser.guess('ana', 'wrong', from);
      expect((await guesser.guess('neighbour', 'wrong', from)).status).toBe(422);
    });
  });

  test('guesses made in parallel count one by one', async () => {
    await withoutHashing(async () => {
      const guessers = Array.from({ length: 20 }, () => new Guesser());
      const answers = await Promise.all(
        guessers.map((guesser) => guesser.guess('ana', 'wrong', { address: '10.10.10.1' })),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 422)).toHaveLength(10);
      expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    });
  });
});

describe('58 · a device that signed in before', () => {
  const KNOWN = 'fluxo-known';

  /** A person's browser, signed in once and out again. */
  async function knownBrowser(username: string, address = '203.0.113.9'): Promise<Visitor> {
    await stage.acme.user(username);
    const visitor = stage.acme.visitor({ remoteAddress: address });
    expect((await visitor.signIn(username)).status).toBe(303);
    visitor.cookies.delete('fluxo-session');
    return visitor;
  }

  async function guessAt(username: string, address: (guess: number) => string, times: number) {
    await withoutHashing(async () => {
      const guesser = new Guesser();
      for (let guess = 0; guess < times; guess += 1) {
        await guesser.guess(username, 'wrong', { address: address(guess) });
      }
    });
  }

  test('isn’t shut out by strangers, be they many or in its own network; a stranger there is', async () => {
    const known = await knownBrowser('gina');
    await guessAt('gina', (guess) => `10.220.${guess}.1`, 110);
    await guessAt('gina', () => '203.0.113.8', 12);
    expect((await stage.acme.visitor({ remoteAddress: '203.0.113.9' }).signIn('gina')).status).toBe(429);
    expect((await stage.acme.visitor({ remoteAddress: '10.230.1.1' }).signIn('gina')).status).toBe(429);
    expect((await known.signIn('gina')).status).toBe(303);
  });

  test('guesses no more often itself, and its guesses shut nobody else out', async () => {
    const known = await knownBrowser('hugo');
    await withoutHashing(async () => {
      for (let guess = 0; guess < 10; guess += 1) {
        expect((await known.signIn('hugo', 'wrong password')).status).toBe(422);
      }
    });
    const slowed = await known.signIn('hugo');
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
    expect(await signsIn('hugo', '203.0.113.9')).toBe(303);
  });

  test('is known to its own account alone, and not after another password', async () => {
    const known = await knownBrowser('ines');
    const julia = await stage.acme.user('julia');
    await guessAt('julia', () => '203.0.113.7', 12);
    expect((await known.signIn('julia')).status).toBe(429);
    const ines = (await stage.acme.storage.users.findByUsername('ines'))?.user;
    await new Administrator(stage.acme).changeUser(ines ?? julia, { password: 'a brand new password' });
    await guessAt('ines', () => '203.0.113.7', 12);
    expect((await known.signIn('ines', 'a brand new password')).status).toBe(429);
  });

  test('its cookie is the browser’s alone, opens nothing, and holds for all who share the browser', async () => {
    const known = await knownBrowser('kai');
    await stage.acme.user('lena');
    const answer = await known.signIn('lena');
    const cookie = answer.setCookies.find((text) => text.startsWith(`${KNOWN}=`)) ?? '';
    expect(cookie).toMatch(
      /^fluxo-known=[0-9a-f]{96}\.[0-9a-f]{96}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    known.cookies.delete('fluxo-session');
    expect(pageOf(await known.get('/account')).page).toBe('sign-in-username');
    await guessAt('kai', () => '203.0.113.6', 12);
    expect((await known.signIn('kai')).status).toBe(303);
  });
});

describe('59 · is this a user?', () => {
  /** What one sees on the way, with what differs for every visit taken out. */
  async function seen(username: string, guesses: number): Promise<readonly string[]> {
    const visitor = stage.acme.visitor();
    const flow = flowTokenOf(await visitor.get('/account'));
    const answers = [await visitor.post('/sign-in', { flow, username })];
    answers.push(await visitor.get(answers[0]?.headers['location'] ?? ''));
    for (let guess = 0; guess < guesses; guess += 1) {
      answers.push(await visitor.post('/sign-in/password', { flow, password: 'wrong password' }));
    }
    return answers.map(({ status, headers, body, setCookies }) =>
      JSON.stringify([status, Object.keys(headers), headers['location'], headers['retry-after'], body])
        .replaceAll(flow, 'FLOW')
        .replaceAll(username, 'NAME')
        .replaceAll(headers['x-request-id'] ?? '-', 'REQUEST')
        .concat(String(setCookies.length)),
    );
  }

  test('the same pages and statuses for a user, a disabled one and nobody, from name to throttle', async () => {
    const known = await stage.acme.user('known');
    const disabled = await stage.acme.user('gone');
    await new Administrator(stage.acme).changeUser(disabled, { enabled: false });
    expect((await stage.acme.visitor().signIn(known.username)).status).toBe(303);
    const [first, second, third] = [
      await seen('known', 11),
      await seen('gone', 11),
      await seen('nobody', 11),
    ];
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(first.at(-1)).toContain('Too many attempts');
  });

  test('the right password of a disabled user reads as a wrong one', async () => {
    await stage.acme.user('erik');
    const frida = await stage.acme.user('frida');
    expect((await stage.acme.visitor().signIn('erik')).status).toBe(303);
    await new Administrator(stage.acme).changeUser(frida, { enabled: false });
    const answer = await stage.acme.visitor().signIn('frida');
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Username and password don’t match');
  });
});
