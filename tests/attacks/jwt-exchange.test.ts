import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { publicKeyPem, type User } from '@fluxo/core';
import { exportJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { JWT_ENDPOINTS, newMachine, strangeKey, type Machine } from '../support/machine.js';
import { HOUR, MINUTE, SECOND, statusOf, tokensOf, verdictOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { hiddenValueOf } from '../support/visitor.js';

const IG = '400 invalid_grant';
const stage = useStage();
let ana: User;
let bob: User;
let machine: Machine;

beforeAll(async () => {
  ana = await stage.acme.user('ana-of-the-import');
  bob = await stage.acme.user('bob');
  machine = await newMachine(stage.acme, ana, { algorithm: 'RS256' });
});

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const verdict = async (jwt: string): Promise<string> => verdictOf(await machine.exchange(jwt));

describe.each(JWT_ENDPOINTS)('76 · a JWT that only looks signed (%s)', (...endpoint) => {
  const asked = async (jwt: string): Promise<string> => verdictOf(await machine.exchange(jwt, endpoint));

  test('signed with the registered key: a session of its user, and no refresh token', async () => {
    const answer = await machine.exchange(await machine.sign(), endpoint);
    const tokens = JSON.parse(answer.body) as Record<string, unknown>;
    expect(Object.keys(tokens)).toEqual(['token_type', 'access_token', 'expires_in', 'wid']);
    expect(tokens).toMatchObject({
      token_type: endpoint[0] === 'dialect' ? 'sessionID' : 'Bearer',
      ...{ expires_in: 28_800, wid: ana.id },
    });
    expect(await statusOf(stage.acme, tokensOf(answer))).toBe('alive');
  });

  test('PS256 with the same key is as good', async () => {
    expect(await asked(await machine.sign({}, { algorithm: 'PS256' }))).toBe('200');
  });

  test('alg none, in whatever case, with and without something in the signature’s place', async () => {
    const [, , signature] = (await machine.sign()).split('.');
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const unsigned = `${base64url({ alg })}.${base64url(machine.claims())}`;
      for (const last of ['', signature]) expect(await asked(`${unsigned}.${last}`)).toBe(IG);
      expect(await asked(unsigned)).toBe(IG);
    }
  });

  test('HS256 with the public key as the secret, in each form that it is known in', async () => {
    const pem = publicKeyPem(machine.key);
    const unsigned = `${base64url({ alg: 'HS256' })}.${base64url(machine.claims())}`;
    for (const secret of [pem, pem.trim(), Buffer.from(machine.key.spki), machine.key.fingerprint]) {
      const signature = createHmac('sha256', secret).update(unsigned).digest('base64url');
      expect(await asked(`${unsigned}.${signature}`)).toBe(IG);
    }
  });

  test('signed with a strange key that the JWT brings along or points to', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = await exportJWK(publicKey);
    const headers = [
      {},
      { jwk },
      { jku: 'https://evil.example/jwks', kid: machine.key.id },
      { x5u: 'https://evil.example/chain.pem' },
      { x5c: [publicKey.export({ format: 'der', type: 'spki' }).toString('base64')] },
      { jwk, kid: machine.key.fingerprint },
    ];
    for (const header of headers) {
      expect(await asked(await machine.sign({}, { key: privateKey, header }))).toBe(IG);
    }
  });

  test('kid is a hint: whatever it says, the registered key is found, and only that', async () => {
    const kids = [
      machine.key.id,
      "' OR 1=1 --",
      '../../../dev/null',
      '/dev/null',
      '%00',
      '__proto__',
      'x'.repeat(999),
    ];
    for (const kid of kids) {
      expect(await asked(await machine.sign({}, { header: { kid } }))).toBe('200');
      expect(
        await asked(await machine.sign({}, { header: { kid }, algorithm: 'ES256', key: strangeKey() })),
      ).toBe(IG);
    }
  });

  test('changed after it was signed, an unknown critical header, one that is no JWT', async () => {
    const [head, , signature] = (await machine.sign()).split('.');
    const forged = [
      `${head}.${base64url(machine.claims({ sub: bob.id }))}.${signature}`,
      `${base64url({ alg: 'RS256', kid: 'x' })}.${base64url(machine.claims())}.${signature}`,
      `${base64url({ alg: 'RS256', crit: ['fluxo'], fluxo: 1 })}.${base64url(machine.claims())}.${signature}`,
      ...['x', 'a.b.c', '..', `${head}..${signature}`, `${head}.${signature}`, '{"payload":""}'],
      `${await machine.sign()}.`,
      `${await machine.sign()}=`,
      ` ${await machine.sign()}`,
    ];
    for (const jwt of forged) expect(await asked(jwt)).toBe(IG);
    expect(await asked('')).toBe('400 invalid_request');
  });

  test('a signature over what is no set of claims', async () => {
    const over = (payload: string): string => {
      const unsigned = `${base64url({ alg: 'RS256' })}.${Buffer.from(payload).toString('base64url')}`;
      return `${unsigned}.${sign('sha256', Buffer.from(unsigned), machine.privateKey).toString('base64url')}`;
    };
    expect(await asked(over(JSON.stringify(machine.claims())))).toBe('200');
    for (const payload of ['[]', 'null', '"x"', '1', '{', '\0', ' '])
      expect(await asked(over(payload))).toBe(IG);
  });
});

describe('76 · a key is good for its own algorithm and its own application', () => {
  test('another application’s key: IG; its own: a session', async () => {
    const other = await newMachine(stage.acme, ana);
    const jwt = await other.sign();
    expect(verdictOf(await machine.exchange(jwt))).toBe(IG);
    expect(verdictOf(await other.exchange(jwt))).toBe('200');
  });

  test('an application that is no machine, and one that is nobody: refused', async () => {
    const web = await stage.acme.application({ name: 'Web' });
    const as = async (app: Machine['app']): Promise<string> =>
      verdictOf(
        await stage.acme.postForm(JWT_ENDPOINTS[0][1], {
          ...{ jwt_token: await machine.sign(), client_id: app.clientId, client_secret: app.clientSecret },
        }),
      );
    expect(await as(machine.app)).toBe('200');
    expect(await as(web)).toBe('400 unauthorized_client');
    expect(await as({ ...machine.app, clientSecret: 'wrong' })).toBe('401 invalid_client');
  });

  test('a machine application can’t open the authorization page: our own page, no redirect', async () => {
    const page = await stage.acme.visitor().authorize(machine.app);
    expect([page.status, page.headers['location']]).toEqual([400, undefined]);
  });
});

describe('77 · a JWT with a jti, used before', () => {
  test.each(JWT_ENDPOINTS)('the first use is a session, each further one IG (%s)', async (...endpoint) => {
    const jwt = await machine.sign();
    const first = await machine.exchange(jwt, endpoint);
    expect(first.status).toBe(200);
    for (const other of JWT_ENDPOINTS) expect(verdictOf(await machine.exchange(jwt, other))).toBe(IG);
    expect(await statusOf(stage.acme, tokensOf(first))).toBe('alive');
  });

  test('the same jti in another JWT, until both have expired', async () => {
    const jti = 'night-1';
    const exp = machine.now + 3600;
    expect(await verdict(await machine.sign({ jti, exp }))).toBe('200');
    stage.fluxo.clock.advance(59 * MINUTE);
    expect(await verdict(await machine.sign({ jti }))).toBe(IG);
    expect(await verdict(await machine.sign({ jti, exp }))).toBe(IG);
    expect(await verdict(await machine.sign({ jti: 'night-2' }))).toBe('200');
  });

  test('of many at once exactly one makes a session', async () => {
    const jwt = await machine.sign();
    const verdicts = await Promise.all(Array.from({ length: 12 }, () => verdict(jwt)));
    expect(verdicts.sort()).toEqual(['200', ...Array<string>(11).fill(IG)]);
  });

  test('the same key registered anew does not forget', async () => {
    const other = await newMachine(stage.acme, ana);
    const administrator = new Administrator(stage.acme);
    const jwt = await other.sign();
    expect(verdictOf(await other.exchange(jwt))).toBe('200');
    await administrator.deleteKey(other.app, other.key.id);
    await administrator.addKey(other.app, ana, publicKeyPem(other.key));
    expect(verdictOf(await other.exchange(jwt))).toBe(IG);
    expect(verdictOf(await other.exchange(await other.sign()))).toBe('200');
  });

  test('without a jti it is good until it expires; a jti that is no text is refused', async () => {
    const jwt = await machine.sign({ jti: undefined });
    expect([await verdict(jwt), await verdict(jwt)]).toEqual(['200', '200']);
    for (const jti of ['', 7, null, ['a'], {}, 'x'.repeat(257)])
      expect(await verdict(await machine.sign({ jti }))).toBe(IG);
  });
});

describe('78 · a JWT for whom, for where, for when', () => {
  test('for a user who did not register that key: IG; each with their own key: a session', async () => {
    const ofBob = await newMachine(stage.acme, bob, { app: machine.app });
    for (const sub of [bob.id, bob.username, undefined, '', null, [ana.id], ana.id.toUpperCase()]) {
      expect(await verdict(await machine.sign({ sub }))).toBe(IG);
    }
    expect(JSON.parse((await ofBob.exchange(await ofBob.sign())).body)).toMatchObject({ wid: bob.id });
    expect(verdictOf(await ofBob.exchange(await ofBob.sign({ sub: ana.id })))).toBe(IG);
    expect(await verdict(await machine.sign())).toBe('200');
  });

  test('of another environment: IG', async () => {
    const there = await stage.fluxo.environment('other');
    const eve = await there.user('eve');
    const theirs = await newMachine(there, eve);
    for (const iss of [there.environment.id, stage.acme.origin, undefined, '', 'https://evil.example']) {
      expect(await verdict(await machine.sign({ iss }))).toBe(IG);
    }
    expect(verdictOf(await machine.exchange(await theirs.sign()))).toBe(IG);
    // The very application, its secret and its JWT, at the other organization's address.
    const [, path, form] = JWT_ENDPOINTS[0];
    const { clientId, clientSecret } = machine.app;
    const away = { ...form(await machine.sign()), client_id: clientId, client_secret: clientSecret };
    expect(verdictOf(await there.postForm(path, away))).toBe('401 invalid_client');
    expect(verdictOf(await theirs.exchange(await theirs.sign()))).toBe('200');
  });

  test('without exp, with one that is past or more than an hour away: IG; 60 seconds are tolerated', async () => {
    const at = (exp: unknown): Promise<string> => machine.sign({ exp }).then(verdict);
    const tenYears = machine.now + 10 * 365 * 86_400;
    for (const exp of [undefined, null, String(machine.now + 60), tenYears, 0, -1]) {
      expect(await at(exp)).toBe(IG);
    }
    expect([await at(machine.now - 58), await at(machine.now - 61)]).toEqual(['200', IG]);
    expect([await at(machine.now + 3659), await at(machine.now + 3662)]).toEqual(['200', IG]);
  });

  test('nbf and iat in the future: IG; 60 seconds are tolerated', async () => {
    for (const claim of ['nbf', 'iat']) {
      const at = (value: unknown): Promise<string> => machine.sign({ [claim]: value }).then(verdict);
      expect([await at(machine.now + 59), await at(machine.now + 62)]).toEqual(['200', IG]);
      for (const value of ['soon', null, String(machine.now)]) expect(await at(value)).toBe(IG);
    }
  });

  test('one that was good is refused when it has expired', async () => {
    const jwt = await machine.sign({ jti: undefined, exp: machine.now + 60 });
    expect(await verdict(jwt)).toBe('200');
    stage.fluxo.clock.advance(121 * SECOND);
    expect(await verdict(jwt)).toBe(IG);
  });

  test('aud is checked where it is, and must be there at the standard endpoint', async () => {
    const [dialect, standard] = JWT_ENDPOINTS;
    const ask = async (aud: unknown): Promise<readonly string[]> => [
      verdictOf(await machine.exchange(await machine.sign({ aud }), dialect)),
      verdictOf(await machine.exchange(await machine.sign({ aud }), standard)),
    ];
    const { origin } = stage.acme;
    for (const aud of [
      origin,
      `${origin}/oauth2/token`,
      `${origin}${dialect[1]}`,
      ['https://else.example', origin],
    ]) {
      expect(await ask(aud)).toEqual(['200', '200']);
    }
    for (const aud of [
      'https://evil.example',
      `${origin}/`,
      '',
      [],
      null,
      [origin.toUpperCase()],
      { origin },
    ]) {
      expect(await ask(aud)).toEqual([IG, IG]);
    }
    expect(await ask(undefined)).toEqual(['200', IG]);
  });

  test('of a disabled user, of a disabled application: IG, and earlier sessions are dead', async () => {
    const carl = await stage.acme.user('carl');
    const his = await newMachine(stage.acme, carl);
    const administrator = new Administrator(stage.acme);
    const first = tokensOf(await his.exchange(await his.sign()));
    await administrator.changeUser(carl, { enabled: false });
    expect([verdictOf(await his.exchange(await his.sign())), await statusOf(stage.acme, first)]).toEqual([
      IG,
      'dead',
    ]);
    await administrator.changeUser(carl, { enabled: true });
    expect(await statusOf(stage.acme, first)).toBe('dead');
    const second = tokensOf(await his.exchange(await his.sign()));
    await administrator.changeApplication(his.app, { enabled: false });
    expect([verdictOf(await his.exchange(await his.sign())), await statusOf(stage.acme, second)]).toEqual([
      IG,
      'dead',
    ]);
  });

  test('of a user who took the access back at /account: IG, and earlier sessions are dead', async () => {
    const dora = await stage.acme.user('dora');
    const hers = await newMachine(stage.acme, dora);
    const tokens = tokensOf(await hers.exchange(await hers.sign()));
    const visitor = stage.acme.visitor();
    await visitor.signIn('dora');
    const account = await visitor.get('/account');
    expect(account.body).toContain('Import');
    await visitor.post('/account/disconnect', {
      form_token: hiddenValueOf(account, 'form_token'),
      consent_id: hiddenValueOf(account, 'consent_id'),
    });
    expect((await visitor.get('/account')).body).not.toContain('Import');
    expect([verdictOf(await hers.exchange(await hers.sign())), await statusOf(stage.acme, tokens)]).toEqual([
      IG,
      'dead',
    ]);
  });

  test('its session ends at its total age, however it is used', async () => {
    const tokens = tokensOf(await machine.exchange(await machine.sign()));
    for (let hours = 0; hours < 7 * 24; hours += 7) {
      expect(await statusOf(stage.acme, tokens)).toBe('alive');
      await stage.fluxo.server.flushUsage();
      stage.fluxo.clock.advance(7 * HOUR);
    }
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
  });

  test('what was refused is told in the log by check, expected and received, without the JWT', async () => {
    const jwt = await machine.sign({ iss: 'f'.repeat(32) });
    const before = stage.fluxo.log.length;
    await machine.exchange(jwt);
    const lines = stage.fluxo.log.slice(before).join('');
    expect(lines).toContain('"check":"jwt-issuer"');
    expect(lines).toContain(`"received":"${'f'.repeat(32)}"`);
    for (const part of jwt.split('.')) expect(lines).not.toContain(part);
  });
});
