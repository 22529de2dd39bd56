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
