import { DEMO_PASSWORD, DEMO_USERS } from './demo-data.js';
import { HttpTranscript, type Answer, type Print } from './http-transcript.js';
import type { ClientRegistration } from './seed.js';

export interface WalkOptions extends ClientRegistration {
  readonly origin: string;
  readonly redirectUri: string;
  readonly print: Print;
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

const STATE = 'from-the-demo';

/**
 * The whole flow without a person: authorize, sign in, allow, exchange, call, refresh, lose an answer,
 * revoke. Each step checks what came. @throws Error when an answer isn't the promised one
 */
export async function walkTheFlow(options: WalkOptions): Promise<void> {
  const { print } = options;
  const http = new HttpTranscript(print);
  const step = (text: string): void => print(`── ${text}\n`);

  step('The third-party app sends the person to Fluxo. Nobody is signed in: the sign-in page.');
  const signInPage = await openAuthorization(http, options);
  step('The person says who they are, then proves it.');
  const consentPage = await signIn(http, options, signInPage);
  step('The consent screen. The person presses "Allow access": back to the app, with a code.');
  const code = await allow(http, options, consentPage);
  step('The app trades the code for a session token and a refresh token (JSON, HTTP Basic).');
  const first = await exchange(http, options, code);
  step('The app calls the API as that person.');
  await callApi(http, options, { token: first.access_token, expected: 200 });
  step('The session runs out; the app refreshes it (form, credentials in the body).');
  const second = await refresh(http, options, first.refresh_token);
  step('The answer got lost on the way? The same request gets the same tokens again.');
  const again = await refresh(http, options, first.refresh_token);
  expect(again.access_token === second.access_token, 'the repeated answer has the same session');
  expect(again.refresh_token === second.refresh_token, 'the repeated answer has the same refresh token');
  step('The new session works.');
  await callApi(http, options, { token: second.access_token, expected: 200 });
  step('Somebody says stop: the app gives its access back (RFC 7009).');
  await revoke(http, options, second.refresh_token);
  step('From now on: 401.');
  await callApi(http, options, { token: second.access_token, expected: 401 });
  print('The flow works, from "Connect" to "stop".');
}

async function openAuthorization(
  http: HttpTranscript,
  { origin, clientId, redirectUri }: WalkOptions,
): Promise<string> {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    state: STATE,
  });
  const url = `${origin}/integrations/oauth2/authorize?${query.toString()}`;
  const page = await http.send({ method: 'GET', url, cookies: true });
  expectStatus(page, 200);
  return page.body;
}

async function signIn(http: HttpTranscript, options: WalkOptions, page: string): Promise<string> {
  const passwordPage = await submit(http, options, { page, fields: { username: DEMO_USERS[0].username } });
  const consent = await submit(http, options, {
    page: passwordPage.body,
    fields: { password: DEMO_PASSWORD },
  });
  expectStatus(consent, 200);
  return consent.body;
}

async function allow(http: HttpTranscript, options: WalkOptions, page: string): Promise<string> {
  const answer = await post(http, options, { page, fields: { decision: 'allow' } });
  expectStatus(answer, 303);
  const back = new URL(answer.headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}` === options.redirectUri, 'the answer goes to the redirect URL');
  expect(back.searchParams.get('state') === STATE, 'the state came back');
  expect(
    back.searchParams.get('domain') === 'acme' && back.searchParams.get('lane') === 'my',
    'domain and lane are named',
  );
  return back.searchParams.get('code') ?? '';
}

async function exchange(http: HttpTranscript, options: WalkOptions, code: string): Promise<Tokens> {
  const basic = Buffer.from(`${options.clientId}:${options.clientSecret}`).toString('base64');
  const answer = await http.send({
    method: 'POST',
    url: `${options.origin}/integrations/oauth2/api/v1/token`,
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'authorization_code', code, redirect_uri: options.redirectUri }),
  });
  return readTokens(answer);
}

async function refresh(http: HttpTranscript, options: WalkOptions, refreshToken: string): Promise<Tokens> {
  const { origin, clientId, clientSecret } = options;
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  };
  const answer = await http.send({
    method: 'POST',
    url: `${origin}/integrations/oauth2/api/v1/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return readTokens(answer);
}

async function callApi(
  http: HttpTranscript,
  { origin }: WalkOptions,
  { token, expected }: { readonly token: string; readonly expected: number },
): Promise<void> {
  const url = `${origin}/attask/api/v14.0/proj/search?$$LIMIT=2&fields=percentComplete`;
  expectStatus(await http.send({ method: 'GET', url, headers: { sessionID: token } }), expected);
}

async function revoke(http: HttpTranscript, options: WalkOptions, token: string): Promise<void> {
  const { origin, clientId, clientSecret } = options;
  const answer = await http.send({
    method: 'POST',
    url: `${origin}/integrations/oauth2/api/v1/revoke`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret }).toString(),
  });
  expectStatus(answer, 200);
}

interface Submission {
  readonly page: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Sends the page's first form as a browser would, hidden fields and all. */
function post(http: HttpTranscript, { origin }: WalkOptions, { page, fields }: Submission): Promise<Answer> {
  const form = /<form[^>]*>.*?<\/form>/s.exec(page)?.[0] ?? '';
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? '';
  const flow = /<input[^>]*name="flow"[^>]*>/.exec(form)?.[0] ?? '';
  const token = /value="([^"]*)"/.exec(flow)?.[1] ?? '';
  return http.send({
    method: 'POST',
    url: new URL(action, origin).href,
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ flow: token, ...fields }).toString(),
    cookies: true,
  });
}

async function submit(http: HttpTranscript, options: WalkOptions, submission: Submission): Promise<Answer> {
  const answer = await post(http, options, submission);
  expectStatus(answer, 303);
  const url = new URL(answer.headers.get('location') ?? '', options.origin).href;
  return http.send({ method: 'GET', url, cookies: true });
}

function readTokens(answer: Answer): Tokens {
  expectStatus(answer, 200);
  return JSON.parse(answer.body) as Tokens;
}

function expectStatus(answer: Answer, status: number): void {
  expect(answer.status === status, `the answer is ${status} (it was ${answer.status})`);
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The demo expected that ${what}.`);
}
