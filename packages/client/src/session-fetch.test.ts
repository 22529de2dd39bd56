import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFluxoClient, MemoryTokenStore, type FluxoClient } from './index.js';
import {
  API,
  API_PATH,
  optionsFor,
  ScriptedServer,
  storedTokens,
  TOKEN,
  tokenAnswer,
} from './scripted-server.test.support.js';

let server: ScriptedServer;
let stranger: ScriptedServer;
let client: FluxoClient;
beforeEach(async () => {
  server = await new ScriptedServer().start();
  stranger = await new ScriptedServer().start();
  const tokenStore = new MemoryTokenStore();
  await tokenStore.save(storedTokens(1));
  client = createFluxoClient(optionsFor(server, { tokenStore }));
  server.inTurn(TOKEN, tokenAnswer(2));
  server.inTurn(API, { json: { data: [] } });
});
afterEach(async () => {
  await server.stop();
  await stranger.stop();
});

test('a path is resolved against the origin and carries the session, and no other Authorization', async () => {
  await client.fetch(`${API_PATH}?name=a`, { headers: { authorization: 'Bearer other', 'x-own': 'kept' } });
  await client.fetch(new URL(API_PATH, server.origin));
  await client.fetch(new Request(server.origin + API_PATH, { headers: { 'x-own': 'kept' } }));
  expect(server.requests.map(({ url }) => url)).toEqual([`${API_PATH}?name=a`, API_PATH, API_PATH]);
  for (const { headers } of server.requests) {
    expect(headers['sessionid']).toBe('session1');
    expect(headers['authorization']).toBeUndefined();
  }
  expect(server.requests.map(({ headers }) => headers['x-own'])).toEqual(['kept', undefined, 'kept']);
});

test('no other origin ever gets a request, however it is written', async () => {
  const { host, port } = new URL(stranger.origin);
  const own = new URL(server.origin);
  const attempts = [
    `${stranger.origin}/x`,
    `//${host}/x`,
    `\\\\${host}\\x`,
    `http://${own.host}@${host}/x`,
    `http://localhost:${own.port}/x`,
    `http://127.0.0.1:${port}/x`,
    'data:text/plain,x',
  ];
  for (const attempt of attempts) {
    await expect(client.fetch(attempt), attempt).rejects.toMatchObject({ code: 'foreign_origin' });
  }
  await expect(client.fetch(new Request(stranger.origin))).rejects.toMatchObject({ code: 'foreign_origin' });
  expect([...stranger.requests, ...server.requests]).toHaveLength(0);
});

test('a redirect to another origin is not followed, and its host never sees the session', async () => {
  server.inTurn(API, { status: 302, headers: { location: `${stranger.origin}/take` } });
  await expect(client.fetch(API_PATH)).rejects.toMatchObject({ code: 'redirect_refused', status: 302 });
  await expect(client.fetch(API_PATH, { redirect: 'follow' })).rejects.toMatchObject({
    code: 'redirect_refused',
  });
  expect((await client.fetch(API_PATH, { redirect: 'manual' })).status).toBe(302);
  expect(stranger.requests).toHaveLength(0);
});

test('a token endpoint that redirects gets no token sent on', async () => {
  server.inTurn(TOKEN, { status: 307, headers: { location: `${stranger.origin}/take` } });
  await expect(client.refresh()).rejects.toMatchObject({ code: 'invalid_response' });
  expect(stranger.requests).toHaveLength(0);
});

test('a POST with a text body is repeated whole after a 401', async () => {
  const route = 'POST /attask/api/v14.0/proj';
  server.inTurn(route, { status: 401 }, { json: { data: {} } });
  const answer = await client.fetch('/attask/api/v14.0/proj', { method: 'POST', body: '{"name":"New"}' });
  expect(answer.status).toBe(200);
  expect(server.requestsTo(route).map(({ body }) => body)).toEqual(['{"name":"New"}', '{"name":"New"}']);
  expect(server.requestsTo(route).map(({ headers }) => headers['sessionid'])).toEqual([
    'session1',
    'session2',
  ]);
});

test('a streamed body is sent once; its 401 is returned and the session renewed for the next call', async () => {
  const route = 'POST /attask/api/v14.0/proj';
  server.inTurn(route, { status: 401 }, { json: { data: {} } });
  const body = new Blob(['{}']).stream();
  const init = { method: 'POST', body, duplex: 'half' };
  expect((await client.fetch('/attask/api/v14.0/proj', init)).status).toBe(401);
  expect(server.requestsTo(route)).toHaveLength(1);
  await client.fetch(API_PATH);
  expect(server.requestsTo(API)[0]!.headers['sessionid']).toBe('session2');
});

test('a second 401 is the answer: one refresh and one repetition for each call', async () => {
  server.inTurn(API, { status: 401 });
  expect((await client.fetch(API_PATH)).status).toBe(401);
  expect(server.events).toEqual([API, TOKEN, API]);
});

test('a caller that gives up stops waiting, and the refresh goes on for the others', async () => {
  let answerNow = (): void => undefined;
  const asked = new Promise<void>((arrived) => {
    server.on(TOKEN, async () => {
      arrived();
      await new Promise<void>((resolve) => (answerNow = resolve));
      return tokenAnswer(2);
    });
  });
  server.inTurn(API, { status: 401 }, { json: {} });
  const abort = new AbortController();
  const impatient = client.fetch(API_PATH, { signal: abort.signal });
  await asked;
  const patient = client.refresh();
  abort.abort();
  await expect(impatient).rejects.toMatchObject({ name: 'AbortError' });
  answerNow();
  expect((await patient).accessToken).toBe('session2');
  expect(server.requestsTo(TOKEN)).toHaveLength(1);
});
