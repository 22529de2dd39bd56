import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFluxoClient, FluxoError } from './index.js';
import {
  NotingStore,
  optionsFor,
  ScriptedServer,
  TOKEN,
  tokenAnswer,
  WID,
} from './scripted-server.test.support.js';

let server: ScriptedServer;
beforeEach(async () => {
  server = await new ScriptedServer().start();
  server.inTurn(TOKEN, tokenAnswer(1));
});
afterEach(() => server.stop());

test('the authorization URL carries a fresh state and the S256 challenge of the pending verifier', async () => {
  const client = createFluxoClient(optionsFor(server));
  const { url, pending } = await client.beginAuthorization({ prompt: 'login', uiLocales: ['pt-BR', 'en'] });
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toBe('/integrations/oauth2/authorize');
  expect(Object.fromEntries(searchParams)).toEqual({
    response_type: 'code',
    client_id: 'abcdef0123456789abcdef0123456789',
    redirect_uri: 'http://127.0.0.1:4000/callback',
    state: pending.state,
    code_challenge: createHash('sha256').update(pending.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'login',
    ui_locales: 'pt-BR en',
  });
  expect(pending.codeVerifier).toMatch(/^[\w-]{43}$/);
  expect((await client.beginAuthorization()).pending.state).not.toBe(pending.state);
});

test('a completed authorization is stored before it is reported', async () => {
  const tokenStore = new NotingStore(server.events);
  const client = createFluxoClient(optionsFor(server, { tokenStore, now: () => 1_000 }));
  const { pending } = await client.beginAuthorization();
  const completed = await client.completeAuthorization(
    `/callback?code=thecode&state=${pending.state}&domain=acme&lane=preview`,
    pending,
  );
  expect(completed).toEqual({ wid: WID, domain: 'acme', lane: 'preview', expiresAt: 28_801_000 });
  expect(server.events).toEqual([TOKEN, 'saved refresh1']);
  expect(await tokenStore.load()).toMatchObject({ accessToken: 'session1', obtainedAt: 1_000 });
});

test('a web application authenticates with form-encoded Basic and keeps its secret out of the form', async () => {
  const client = createFluxoClient(optionsFor(server));
  const { pending } = await client.beginAuthorization();
  await client.completeAuthorization(`/callback?code=thecode&state=${pending.state}`, pending);
  const request = server.requestsTo(TOKEN)[0]!;
  expect(atob(String(request.headers['authorization']).slice('Basic '.length))).toBe(
    'abcdef0123456789abcdef0123456789:secret%3Awith+%25%2B',
  );
  expect(Object.fromEntries(request.form)).toEqual({
    grant_type: 'authorization_code',
    code: 'thecode',
    redirect_uri: 'http://127.0.0.1:4000/callback',
    code_verifier: pending.codeVerifier,
  });
});

test('a spa sends its client_id alone, and no Authorization header', async () => {
  const client = createFluxoClient(optionsFor(server, { clientSecret: undefined }));
  const { pending } = await client.beginAuthorization();
  await client.completeAuthorization(`/callback?code=thecode&state=${pending.state}`, pending);
  const request = server.requestsTo(TOKEN)[0]!;
  expect(request.headers['authorization']).toBeUndefined();
  expect(request.form.get('client_id')).toBe('abcdef0123456789abcdef0123456789');
  expect(request.form.has('client_secret')).toBe(false);
});

test.each([
  ['another state', 'code=thecode&state=other', 'state_mismatch'],
  ['no state', 'code=thecode', 'state_mismatch'],
  ['an error with another state', 'error=access_denied&state=other', 'state_mismatch'],
  ['a state twice', 'code=thecode&state=STATE&state=STATE', 'invalid_callback'],
  ['no code', 'state=STATE', 'invalid_callback'],
  ['an iss that is not the origin', 'code=thecode&state=STATE&iss=https://evil.example', 'issuer_mismatch'],
])('a callback with %s is refused and its code never sent', async (_, query, code) => {
  const client = createFluxoClient(optionsFor(server));
  const { pending } = await client.beginAuthorization();
  const callback = `/callback?${query.replaceAll('STATE', pending.state)}`;
  await expect(client.completeAuthorization(callback, pending)).rejects.toMatchObject({ code });
  expect(server.requests).toHaveLength(0);
});

test('on the standard path the callback must name the origin as iss', async () => {
  const client = createFluxoClient(optionsFor(server, { endpoints: 'standard' }));
  server.inTurn('POST /oauth2/token', tokenAnswer(1));
  const { url, pending } = await client.beginAuthorization();
  expect(new URL(url).pathname).toBe('/oauth2/authorize');
  const callback = `/callback?code=thecode&state=${pending.state}`;
  await expect(client.completeAuthorization(callback, pending)).rejects.toMatchObject({
    code: 'issuer_mismatch',
  });
  expect(server.requests).toHaveLength(0);
  const named = `${callback}&iss=${encodeURIComponent(server.origin)}`;
  expect((await client.completeAuthorization(named, pending)).wid).toBe(WID);
});

test('a refusal by the person arrives as authorization_refused with access_denied', async () => {
  const client = createFluxoClient(optionsFor(server));
  const { pending } = await client.beginAuthorization();
  const callback = `/callback?error=access_denied&error_description=No.&state=${pending.state}`;
  const failure = client.completeAuthorization(callback, pending);
  await expect(failure).rejects.toMatchObject({
    code: 'authorization_refused',
    error: 'access_denied',
    errorDescription: 'No.',
  });
});

test('a code is never sent twice, not even when its answer got lost', async () => {
  server.inTurn(TOKEN, { lost: true }, tokenAnswer(1));
  const client = createFluxoClient(optionsFor(server));
  const { pending } = await client.beginAuthorization();
  const failure = client.completeAuthorization(`/callback?code=thecode&state=${pending.state}`, pending);
  await expect(failure).rejects.toMatchObject({ code: 'unavailable' });
  expect(server.requestsTo(TOKEN)).toHaveLength(1);
});

test('no error tells a secret, a code or a verifier', async () => {
  server.inTurn(TOKEN, { status: 401, json: { error: 'invalid_client', error_description: 'Unknown.' } });
  const client = createFluxoClient(optionsFor(server));
  const { pending } = await client.beginAuthorization();
  const error: unknown = await client
    .completeAuthorization(`/callback?code=thecode&state=${pending.state}`, pending)
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'request_refused', error: 'invalid_client', status: 401 });
  const text = error instanceof FluxoError ? JSON.stringify(error) + String(error.stack) : '';
  for (const secret of ['secret:with', 'secret%3A', 'thecode', pending.codeVerifier]) {
    expect(text).not.toContain(secret);
  }
});

test.each([
  ['http://fluxo.example', 'plain http off this machine'],
  ['https://fluxo.example/path', 'a path'],
  ['https://user@fluxo.example', 'userinfo'],
  ['fluxo.example', 'no scheme'],
])('the origin %s is refused: %s', (origin) => {
  expect(() => createFluxoClient(optionsFor(server, { origin }))).toThrow(FluxoError);
  expect(() => createFluxoClient(optionsFor(server, { origin: 'https://fluxo.example/' }))).not.toThrow();
});
