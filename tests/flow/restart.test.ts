import { randomBytes } from 'node:crypto';
import { RingKey } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administer } from '../support/database.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { newMachine } from '../support/machine.js';
import { connectAs, DAY, signedIn, statusOf, tokensOf, verdictOf } from '../support/oauth.js';
import { TestTenant, type TestApplication, type Tokens } from '../support/tenant.js';

const [OLD_KEY, NEW_KEY] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;

/** Stops the server and starts another one on its data, with these keys. */
async function restart(keys: string): Promise<void> {
  const { folder, server } = fluxo;
  const { environment, origin } = acme;
  await server.close();
  fluxo = await startFluxo({ folder, settings: { FLUXO_SECRET_KEYS: keys } });
  acme = new TestTenant(fluxo, environment, origin);
}

const keyIdOf = (key: string): string => new RingKey(Buffer.from(key, 'hex')).id;

/** As on a node that started before the other key came: one that starts now would be refused. */
async function forgetKeys(): Promise<void> {
  await fluxo.server.close();
  await administer(fluxo.folder, 'DELETE FROM key_fingerprints');
}

beforeAll(async () => {
  fluxo = await startFluxo({ settings: { FLUXO_SECRET_KEYS: OLD_KEY } });
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application({ refreshPolicy: { rotation: true } });
});

afterAll(() => fluxo.close());

const connect = async (): Promise<Tokens> => connectAs(await signedIn(acme), app);
const refresh = async ({ refresh_token }: Tokens): Promise<Tokens> =>
  tokensOf(await acme.refresh(app, refresh_token));
const verdict = async ({ refresh_token }: Tokens): Promise<string> =>
  verdictOf(await acme.refresh(app, refresh_token));

describe('after a restart', () => {
  test('codes, sessions and refresh tokens are good as before', async () => {
    const tokens = await connect();
    const code = await (await signedIn(acme)).allow(app);
    await restart(OLD_KEY);
    expect(await statusOf(acme, tokens)).toBe('alive');
    expect(verdictOf(await acme.exchange(app, code))).toBe('200');
    expect(await statusOf(acme, await refresh(tokens))).toBe('alive');
  });

  test('77 · a JWT that was used stays used, and one that was not is good', async () => {
    const machine = await newMachine(acme, await acme.user('machine-owner'));
    const [used, unused] = [await machine.sign(), await machine.sign()];
    const tokens = tokensOf(await machine.exchange(used));
    await restart(OLD_KEY);
    const again = machine.at(acme);
    expect(verdictOf(await again.exchange(used))).toBe('400 invalid_grant');
    expect(verdictOf(await again.exchange(unused))).toBe('200');
    expect(await statusOf(acme, tokens)).toBe('alive');
  });

  test('a lost answer is repeated identically, although no token is stored; also when another key signs now', async () => {
    const first = await connect();
    const second = await refresh(first);
    const identical = { ...second, expires_in: expect.any(Number) as number };
    await restart(OLD_KEY);
    expect(await refresh(first)).toEqual(identical);
    await restart(`${NEW_KEY},${OLD_KEY}`);
    expect(await refresh(first)).toEqual(identical);
    expect(await statusOf(acme, second)).toBe('alive');
    const third = await refresh(second);
    expect(await refresh(third)).not.toEqual(third);
  });

  test('without its key no server starts, and is told which; with it back, the token is good', async () => {
    await forgetKeys();
    await restart(OLD_KEY);
    const tokens = await refresh(await connect());
    await expect(restart(NEW_KEY)).rejects.toThrow(`secret key ${keyIdOf(OLD_KEY)} is missing`);
    await restart(OLD_KEY);
    expect(await verdict(tokens)).toBe('200');
  });

  test('on a node that has not got the key nothing is taken for theft', async () => {
    await restart(OLD_KEY);
    const tokens = await refresh(await connect());
    await forgetKeys();
    await restart(NEW_KEY);
    expect(await verdict(tokens)).toBe('400 invalid_grant');
    expect(await statusOf(acme, tokens)).toBe('alive');
    await forgetKeys();
    await restart(OLD_KEY);
    expect(await verdict(tokens)).toBe('200');
  });

  test('a repeat whose key this node has not got is 503, never theft', async () => {
    const first = await connect();
    await restart(`${NEW_KEY},${OLD_KEY}`);
    const second = await refresh(first);
    await forgetKeys();
    await restart(OLD_KEY);
    const answer = await acme.refresh(app, first.refresh_token);
    expect([verdictOf(answer), answer.headers['retry-after']]).toEqual(['503 temporarily_unavailable', '1']);
    await restart(`${NEW_KEY},${OLD_KEY}`);
    expect(await refresh(first)).toMatchObject({ refresh_token: second.refresh_token });
    expect(await statusOf(acme, second)).toBe('alive');
    await forgetKeys();
    await restart(OLD_KEY);
  });

  test('36 · a superseded refresh token is theft as before', async () => {
    const first = await connect();
    const second = await refresh(first);
    await restart(OLD_KEY);
    const third = await refresh(second);
    await restart(OLD_KEY);
    fluxo.clock.advance(DAY);
    expect(await verdict(first)).toBe('400 invalid_grant');
    expect(await statusOf(acme, third)).toBe('dead');
    expect(await verdict(third)).toBe('400 invalid_grant');
  });
});
