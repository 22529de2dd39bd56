import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFluxoClient, MemoryTokenStore, type FluxoClient, type FluxoError } from './index.js';
import {
  API,
  API_PATH,
  invalidGrant,
  NotingStore,
  optionsFor,
  REVOKE,
  ScriptedServer,
  storedTokens,
  TOKEN,
  tokenAnswer,
} from './scripted-server.test.support.js';

let server: ScriptedServer;
let store: NotingStore;
let client: FluxoClient;
beforeEach(async () => {
  server = await new ScriptedServer().start();
  store = new NotingStore(server.events);
  client = createFluxoClient(optionsFor(server, { tokenStore: store }));
  server.inTurn(TOKEN, tokenAnswer(2), tokenAnswer(3));
  server.inTurn(API, { json: { data: [] } });
});
afterEach(() => server.stop());

/** Puts tokens into the store as an earlier day would have, unseen by the events. */
async function given(...tokens: Parameters<typeof storedTokens>): Promise<void> {
  await MemoryTokenStore.prototype.save.call(store, storedTokens(...tokens));
}

test('twenty concurrent calls at the end of a session make one refresh, stored before any of them is sent', async () => {
  await given(1, 1_000);
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.fetch(API_PATH)));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(server.events.slice(0, 3)).toEqual([TOKEN, 'saved refresh2', API]);
  expect(server.requestsTo(TOKEN)).toHaveLength(1);
  expect(server.requestsTo(API).map(({ headers }) => headers['sessionid'])).toEqual(
    Array(20).fill('session2'),
  );
});

test('a 401 to twenty concurrent calls makes one refresh, and each call is repeated once', async () => {
  await given(1);
  server.on(API, ({ headers }) => (headers['sessionid'] === 'session2' ? { json: {} } : { status: 401 }));
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.fetch(API_PATH)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(server.requestsTo(TOKEN)).toHaveLength(1);
  expect(server.requestsTo(API)).toHaveLength(40);
  const firstUse = server.requests.findIndex(({ headers }) => headers['sessionid'] === 'session2');
  expect(firstUse).toBeGreaterThan(server.requests.findIndex(({ route }) => route === TOKEN));
});

test('a refresh whose answer got lost is repeated with the same refresh token', async () => {
  await given(1);
  server.inTurn(TOKEN, { lost: true }, { status: 503, headers: { 'retry-after': '0' } }, tokenAnswer(2));
  expect((await client.refresh()).refreshToken).toBe('refresh2');
  const presented = server.requestsTo(TOKEN).map(({ form }) => form.get('refresh_token'));
  expect(presented).toEqual(['refresh1', 'refresh1', 'refresh1']);
  expect(server.events.at(-1)).toBe('saved refresh2');
});

test('a refresh token survives a Fluxo that asks to be left alone for a minute', async () => {
  await given(1);
  server.inTurn(TOKEN, { status: 503, headers: { 'retry-after': '60' } }, tokenAnswer(2));
  await expect(client.refresh()).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 60 });
  expect((await store.load())?.refreshToken).toBe('refresh1');
  expect((await client.refresh()).refreshToken).toBe('refresh2');
});

test('tokens that could not be stored are used by nobody', async () => {
  await given(1, 1_000);
  store.save = () => Promise.reject(new Error('disk full'));
  await expect(client.fetch(API_PATH)).rejects.toThrow('disk full');
  expect(server.requestsTo(API)).toHaveLength(0);
});

test('invalid_grant ends the connection: a typed error, and the store is cleared', async () => {
  await given(1);
  server.inTurn(TOKEN, invalidGrant);
  await expect(client.refresh()).rejects.toMatchObject({ code: 'connection_ended', error: 'invalid_grant' });
  expect(server.events).toEqual([TOKEN, 'cleared']);
  await expect(client.fetch(API_PATH)).rejects.toMatchObject({ code: 'not_connected' });
});

test('twenty concurrent callers share one failure, too', async () => {
  await given(1);
  server.inTurn(TOKEN, invalidGrant);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => client.refresh()));
  const reasons = outcomes.map(
    (outcome) => outcome.status === 'rejected' && (outcome.reason as FluxoError).code,
  );
  expect(reasons).toEqual(Array(20).fill('connection_ended'));
  expect(server.requestsTo(TOKEN)).toHaveLength(1);
});

test('invalid_grant with a newer token in the store uses the newer one and clears nothing', async () => {
  await given(1);
  server.on(TOKEN, async () => {
    await given(5); // another process rotates and stores while we are asking
    return invalidGrant;
  });
  expect((await client.refresh()).accessToken).toBe('session5');
  expect((await store.load())?.refreshToken).toBe('refresh5');
  expect(server.events).toEqual([TOKEN]);
});

test('a client refused for its secret keeps the tokens: the connection has not ended', async () => {
  await given(1);
  server.inTurn(TOKEN, { status: 401, json: { error: 'invalid_client' } });
  await expect(client.refresh()).rejects.toMatchObject({ code: 'request_refused', error: 'invalid_client' });
  expect((await store.load())?.refreshToken).toBe('refresh1');
});

test('a late answer does not overwrite what another process stored meanwhile', async () => {
  await given(1);
  server.on(TOKEN, async () => {
    await given(5);
    return tokenAnswer(2);
  });
  expect((await client.refresh()).accessToken).toBe('session5');
  expect((await store.load())?.refreshToken).toBe('refresh5');
});

test('a refresh finished after a disconnect does not bring the connection back', async () => {
  await given(1);
  server.on(TOKEN, async () => {
    await store.clear();
    return tokenAnswer(2);
  });
  await expect(client.refresh()).rejects.toMatchObject({ code: 'not_connected' });
  expect(await store.load()).toBeUndefined();
});

test('a session near its end of a few seconds is used, not refreshed at each call', async () => {
  server.inTurn(TOKEN, { json: { ...(tokenAnswer(2).json as object), expires_in: 10 } });
  await given(1);
  await client.refresh();
  await client.fetch(API_PATH);
  await client.fetch(API_PATH);
  expect(server.requestsTo(TOKEN)).toHaveLength(1);
});

test('refreshes run inside the lock of the store, where it has one', async () => {
  await given(1);
  const locked = Object.assign(store, {
    exclusively: async <T>(work: () => Promise<T>): Promise<T> => {
      server.events.push('locked');
      return work().finally(() => server.events.push('unlocked'));
    },
  });
  await createFluxoClient(optionsFor(server, { tokenStore: locked })).refresh();
  expect(server.events).toEqual(['locked', TOKEN, 'saved refresh2', 'unlocked']);
});

test('revoke ends the grant by its refresh token, waits for a refresh under way, and then clears the store', async () => {
  await given(1);
  server.inTurn(REVOKE, {});
  let revoked: Promise<void> | undefined;
  server.on(TOKEN, () => {
    revoked = client.revoke();
    return tokenAnswer(2);
  });
  await client.refresh();
  await revoked;
  expect(server.events).toEqual([TOKEN, 'saved refresh2', REVOKE, 'cleared']);
  const { form } = server.requestsTo(REVOKE)[0]!;
  expect(Object.fromEntries(form)).toEqual({ token: 'refresh2', token_type_hint: 'refresh_token' });
  await client.revoke();
  expect(server.requestsTo(REVOKE)).toHaveLength(1);
});

test('a revocation that Fluxo could not make leaves the tokens, so that it can be tried again', async () => {
  await given(1);
  server.inTurn(REVOKE, { status: 503, headers: { 'retry-after': '60' } });
  await expect(client.revoke()).rejects.toMatchObject({ code: 'unavailable', status: 503 });
  expect((await store.load())?.refreshToken).toBe('refresh1');
});
