import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  connectAs,
  FAMILIES,
  introspect,
  pkce,
  revokeToken,
  signedIn,
  statusOf,
  verdictOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { basic, type HttpCall, type TestApplication, type Tokens } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;
let other: TestApplication;
let spa: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  app = await stage.acme.application({ refreshPolicy: { rotation: true } });
  other = await stage.acme.application({ name: 'Other' });
  spa = await stage.acme.application({ name: 'Browser app', kind: 'spa' });
  ana = await signedIn(stage.acme);
});

describe.each(FAMILIES)('42 · revoking what is unknown or another client’s (%s)', (_family, prefix) => {
  const revoke = (token: string, as: TestApplication) =>
    stage.acme.postForm(`${prefix}/revoke`, { token }, { authorization: basic(as) });

  test('its own: dead', async () => {
    const tokens = await connectAs(ana, app);
    const answer = await revoke(tokens.refresh_token, app);
    expect([answer.status, answer.body]).toEqual([200, '{}']);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
  });

  test('another client’s session or refresh token: 200, and nothing happens', async () => {
    const tokens = await connectAs(ana, app);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      const answer = await revoke(token, other);
      expect([answer.status, answer.body]).toEqual([200, '{}']);
      const form = { token, client_id: spa.clientId };
      expect((await stage.acme.postForm(`${prefix}/revoke`, form)).status).toBe(200);
    }
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    expect(verdictOf(await stage.acme.refresh(app, tokens.refresh_token))).toBe('200');
  });

  test('unknown, malformed, a code: 200, and nothing happens; no token or no client: refused', async () => {
    const tokens = await connectAs(ana, app);
    const code = await ana.allow(app);
    for (const token of ['x', 'fxs', 'fxr'.padEnd(87, '0'), '__proto__', code, `${tokens.access_token} `]) {
      expect((await revoke(token, app)).status).toBe(200);
    }
    expect(verdictOf(await stage.acme.exchange(app, code))).toBe('200');
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    expect(verdictOf(await revoke('', app))).toBe('400 invalid_request');
    const stranger = { token: tokens.refresh_token, client_id: app.clientId, client_secret: 'wrong' };
    expect(verdictOf(await stage.acme.postForm(`${prefix}/revoke`, stranger))).toBe('401 invalid_client');
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });

  test('the browser’s own session can’t be ended through it', async () => {
    const visitor = await signedIn(stage.acme);
    const cookie = [...visitor.cookies.values()].find((value) => value.startsWith('fxs')) ?? '';
    expect((await revoke(cookie, app)).status).toBe(200);
    expect((await visitor.get('/account')).body).toContain('data-page="account"');
  });
});

describe.each(FAMILIES)('43 · introspecting another client’s token (%s)', (family, prefix) => {
  const ask = (token: string, as: TestApplication) =>
    stage.acme.postForm(`${prefix}/introspect`, { token }, { authorization: basic(as) });

  test('its own: active; another’s: exactly {"active":false}', async () => {
    const tokens = await connectAs(ana, app);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      expect(JSON.parse((await ask(token, app)).body)).toMatchObject({ active: true, sub: tokens.wid });
      const foreign = await ask(token, other);
      expect([foreign.status, foreign.body]).toEqual([200, '{"active":false}']);
    }
  });

  test('one that may introspect the environment learns whose each of its tokens is, and nothing of another’s', async () => {
    const guard = await stage.acme.application({ name: 'Guard', introspectEnvironment: true });
    const tokens = await connectAs(ana, app);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      expect(JSON.parse((await ask(token, guard)).body)).toEqual(JSON.parse((await ask(token, app)).body));
      expect(JSON.parse((await ask(token, guard)).body)).toMatchObject({ client_id: app.clientId });
    }
    const there = await stage.fluxo.environment(`there-${family}`);
    await there.user('ana');
    const theirs = await there.connect(await there.application(), 'ana');
    const cookie = [...ana.cookies.values()].find((value) => value.startsWith('fxs')) ?? '';
    for (const token of [theirs.access_token, theirs.refresh_token, cookie]) {
      expect((await ask(token, guard)).body).toBe('{"active":false}');
    }
    await new Administrator(stage.acme).changeApplication(guard, { introspectEnvironment: false });
    expect((await ask(tokens.access_token, guard)).body).toBe('{"active":false}');
    await stage.acme.postForm(
      `${prefix}/revoke`,
      { token: tokens.refresh_token },
      { authorization: basic(guard) },
    );
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });

  test('a browser’s session: inactive; without a secret: invalid_client', async () => {
    const cookie = [...ana.cookies.values()].find((value) => value.startsWith('fxs')) ?? '';
    expect((await ask(cookie, app)).body).toBe('{"active":false}');
    const tokens = await connectAs(ana, spa);
    for (const form of [{ client_id: spa.clientId }, { client_id: app.clientId }, {}]) {
      const answer = await stage.acme.postForm(`${prefix}/introspect`, {
        token: tokens.access_token,
        ...form,
      });
      expect(verdictOf(answer)).toBe('401 invalid_client');
    }
  });
});

describe('44 · a token truncated, altered, of another kind, with white space', () => {
  const spoilt = (token: string): readonly string[] => [
    token.slice(0, -1),
    token.slice(0, -7),
    token.slice(0, 10),
    `${token}0`,
    `${token}0000000`,
    `${token}${token}`,
    token.toLowerCase(),
    token.toUpperCase(),
    ` ${token}`,
    `${token} `,
    `${token}\t`,
    `${token}\n`,
    `${token.slice(0, 10)} ${token.slice(10)}`,
    `${token}\0`,
    `${token}%00`,
    `"${token}"`,
    `${token},${token}`,
    `${token}\u200b`,
    token.slice(3),
  ];
  /** One other letter or digit at each place, each in turn. */
  const altered = (token: string): readonly string[] =>
    Array.from(
      token,
      (character, at) => token.slice(0, at) + (character === 'a' ? 'b' : 'a') + token.slice(at + 1),
    );

  test('at the API: 401', async () => {
    const { access_token } = await connectAs(ana, app);
    for (const token of [...spoilt(access_token), ...altered(access_token)]) {
      // What no HTTP client can put into a header can't come in one.
      if (/^\s|\s$|[^\x20-\x7e\t]/.test(token)) continue;
      expect([token, (await stage.acme.callApi(token)).status]).toEqual([token, 401]);
    }
    expect((await stage.acme.callApi(access_token)).status).toBe(200);
  });

  test('a refresh token: invalid_grant, inactive, and revoking it does nothing', async () => {
    const { refresh_token } = await connectAs(ana, app);
    for (const token of [...spoilt(refresh_token), ...altered(refresh_token)]) {
      expect([token, verdictOf(await stage.acme.refresh(app, token))]).toEqual([token, '400 invalid_grant']);
      expect(await introspect(stage.acme, app, token)).toEqual({ active: false });
      await revokeToken(stage.acme, app, token);
    }
    expect(verdictOf(await stage.acme.refresh(app, refresh_token))).toBe('200');
  });

  test('a code: invalid_grant', async () => {
    const code = await ana.allow(app);
    for (const token of [...spoilt(code), ...altered(code)]) {
      expect([token, verdictOf(await stage.acme.exchange(app, token))]).toEqual([token, '400 invalid_grant']);
    }
    expect(verdictOf(await stage.acme.exchange(app, code))).toBe('200');
  });

  test('each kind in the place of the others, also with the other’s prefix', async () => {
    const { verifier, challenge } = pkce();
    const code = await ana.allow(app, challenge);
    const tokens = await connectAs(ana, app);
    const cookie = [...ana.cookies.values()].find((value) => value.startsWith('fxs')) ?? '';
    const values = [code, tokens.access_token, tokens.refresh_token, cookie, app.clientSecret];
    const dressed = (prefix: string) => values.flatMap((value) => [value, prefix + value.slice(3)]);
    for (const token of dressed('fxs').filter((value) => value !== tokens.access_token)) {
      expect((await stage.acme.callApi(token)).status).toBe(401);
    }
    for (const token of dressed('fxr').filter((value) => value !== tokens.refresh_token)) {
      expect(verdictOf(await stage.acme.refresh(app, token))).toBe('400 invalid_grant');
    }
    for (const token of dressed('fxc').filter((value) => value !== code)) {
      const answer = await stage.acme.exchange(app, token, { code_verifier: verifier });
      expect(verdictOf(answer)).toBe('400 invalid_grant');
    }
    expect(verdictOf(await stage.acme.exchange(app, code, { code_verifier: verifier }))).toBe('200');
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });
});

describe('45 · a sessionID in two places that differ', () => {
  let one: Tokens;
  let two: Tokens;
  beforeAll(async () => {
    [one, two] = [await connectAs(ana, app), await connectAs(ana, app)];
  });
  const call = async (headers: HttpCall['headers'] = {}, query = '') =>
    (await stage.acme.send({ path: `/attask/api/v14.0/proj/search${query}`, headers })).status;

  test('the same one twice: answered', async () => {
    const sessionid = one.access_token;
    expect(await call({ sessionid })).toBe(200);
    expect(await call({ sessionid, authorization: `Bearer ${sessionid}` })).toBe(200);
    expect(await call({ sessionid, authorization: `sessionID ${sessionid}` })).toBe(200);
  });

  test('two that differ: 401, whichever is alive', async () => {
    for (const second of [two.access_token, 'x', 'fxs']) {
      expect(await call({ sessionid: one.access_token, authorization: `Bearer ${second}` })).toBe(401);
      expect(await call({ sessionid: second, authorization: `Bearer ${one.access_token}` })).toBe(401);
      expect(await call({ sessionid: [one.access_token, second] })).toBe(401);
    }
    expect(await call({ sessionid: one.access_token, authorization: basic(app) })).toBe(401);
    expect(await call({ authorization: `Bearer ${one.access_token} ${two.access_token}` })).toBe(401);
  });

  test('a header beside the cookie of a page of ours: 401, for they are two sessions', async () => {
    const path = '/attask/api/v14.0/proj/search';
    const sameOrigin = { 'sec-fetch-site': 'same-origin' };
    expect((await ana.get(path, sameOrigin)).status).toBe(200);
    expect((await ana.get(path, { ...sameOrigin, sessionid: one.access_token })).status).toBe(401);
    // From elsewhere the cookie is nothing: the header alone speaks.
    expect((await ana.get(path, { 'sec-fetch-site': 'same-site', sessionid: one.access_token })).status).toBe(
      200,
    );
  });

  test('header and query that differ: 401, in an environment that takes the query', async () => {
    const beta = await stage.fluxo.environment('beta', 'my', { sessionIdInQuery: true });
    await beta.user('ana');
    const client = await beta.application();
    const visitor = await signedIn(beta);
    const [a, b] = [await connectAs(visitor, client), await connectAs(visitor, client)];
    const ask = async (query: string, sessionid?: string) => {
      const path = `/attask/api/v14.0/proj/search?${query}`;
      return (await beta.send({ path, headers: sessionid === undefined ? {} : { sessionid } })).status;
    };
    expect(await ask(`sessionID=${a.access_token}`)).toBe(200);
    expect(await ask(`sessionID=${a.access_token}`, a.access_token)).toBe(200);
    expect(await ask(`sessionID=${a.access_token}`, b.access_token)).toBe(401);
    expect(await ask(`sessionID=${a.access_token}&sessionID=${b.access_token}`)).not.toBe(200);
  });
});
