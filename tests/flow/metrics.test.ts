import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { JWT_BEARER, JWT_EXCHANGE } from '../support/machine.js';
import { basic, credentials, PASSWORD, type TestApplication, type TestTenant } from '../support/tenant.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;

beforeAll(async () => {
  fluxo = await startFluxo({ settings: { FLUXO_OPERATIONS_PORT: '0' } });
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application({ refreshPolicy: { rotation: true } });
});

afterAll(() => fluxo.close());

async function scrape(server: TestFluxo = fluxo): Promise<string> {
  const answer = await server.server.operations!.inject({ url: '/metrics', headers: { host: '127.0.0.1' } });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  return answer.body;
}

/** Each series, without those that only the machine's speed decides. */
function seriesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

/** What an action added, of the counters whose name begins so. */
async function added(prefix: string, action: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = seriesOf(await scrape());
  await action();
  const grown = [...seriesOf(await scrape())]
    .map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const)
    .filter(([name, value]) => name.startsWith(prefix) && value !== 0);
  return Object.fromEntries(grown.map(([name, value]) => [name.slice(prefix.length), value]));
}

test('the requests of a connection are counted by surface, method, route and status, and timed by route', async () => {
  const requests = await added('fluxo_http_requests_total', async () => {
    const { access_token } = await acme.connect(app, 'ana');
    await acme.callApi(access_token);
    await acme.callApi(access_token);
    await acme.send({ path: '/health/ready', headers: { host: '10.0.0.1' } });
  });
  const series = (surface: string, answered: string): string => {
    const [method, route, status] = answered.split(' ');
    return `{surface="${surface}",method="${method}",route="${route}",status="${status}"}`;
  };
  expect(requests).toEqual({
    [series('pages', 'GET /account 200')]: 1,
    [series('pages', 'POST /sign-in 303')]: 1,
    [series('pages', 'GET /sign-in/password 200')]: 1,
    [series('pages', 'POST /sign-in/password 303')]: 1,
    [series('pages', 'GET /oauth2/authorize 200')]: 1,
    [series('pages', 'POST /consent 303')]: 1,
    [series('oauth', 'POST /oauth2/token 200')]: 1,
    [series('objects', 'GET /attask/api/:version/proj/search 200')]: 2,
    [series('operations', 'GET /health/ready 200')]: 1,
  });
  const timed = await added('fluxo_http_request_duration_seconds_count', () => acme.callApi('nothing'));
  expect(timed).toEqual({ '{surface="objects",route="/attask/api/:version/proj/search"}': 1 });
});

test('tokens are counted by grant type and outcome', async () => {
  const tokens = await added('fluxo_token_requests_total', async () => {
    const { refresh_token } = await acme.connect(app, 'ana');
    await acme.refresh(app, refresh_token);
    await acme.refresh(app, 'nonsense');
    await acme.exchange({ ...app, clientSecret: 'wrong' }, 'x');
    await acme.postForm('/oauth2/token', { grant_type: 'made-up', ...credentials(app) });
    await acme.send({ method: 'POST', path: '/oauth2/token', body: 'x' });
    await acme.postForm(JWT_EXCHANGE, { jwt_token: 'x', ...credentials(app) });
    await acme.postForm('/oauth2/token', { grant_type: JWT_BEARER, ...credentials(app) });
  });
  expect(tokens).toEqual({
    '{grant_type="authorization_code",outcome="issued"}': 1,
    '{grant_type="refresh_token",outcome="issued"}': 1,
    '{grant_type="refresh_token",outcome="invalid_grant"}': 1,
    '{grant_type="authorization_code",outcome="invalid_client"}': 1,
    '{grant_type="other",outcome="unsupported_grant_type"}': 1,
    '{grant_type="other",outcome="invalid_request"}': 1,
    '{grant_type="jwt",outcome="unauthorized_client"}': 1,
    '{grant_type="jwt",outcome="invalid_request"}': 1,
  });
});

test('refusals are counted by the check that refused', async () => {
  const visitor = acme.visitor();
  const refusals = await added('fluxo_refusals_total', async () => {
    await acme.exchange(app, 'nonsense');
    await acme.refresh({ ...app, clientSecret: 'wrong' }, 'x');
    await acme.send({ method: 'GET', path: '/oauth2/token' });
    await visitor.authorize(app, { redirect_uri: 'https://evil.example/' });
    await visitor.authorize(app, { response_type: 'token' });
    await acme.callApi('nonsense');
  });
  expect(refusals).toEqual({
    '{surface="oauth",check="redeem-unknown"}': 1,
    '{surface="oauth",check="client-secret"}': 1,
    '{surface="oauth",check="method"}': 1,
    '{surface="pages",check="redirect-uri-mismatch"}': 1,
    '{surface="pages",check="response-type"}': 1,
    '{surface="objects",check="session-live"}': 1,
  });
});

test('sign-ins are counted by outcome', async () => {
  await acme.user('bea');
  const outcomes = await added('fluxo_sign_ins_total', async () => {
    await acme.visitor().signIn('bea');
    for (let guess = 0; guess < 11; guess += 1) await acme.visitor().signIn('bea', 'wrong');
  });
  expect(outcomes).toEqual({
    '{outcome="signed-in"}': 1,
    '{outcome="not-recognized"}': 10,
    '{outcome="throttled"}': 1,
  });
});

test('commits are counted, with the writes that shared each, and uses until they are written', async () => {
  const { access_token } = await acme.connect(app, 'ana');
  await fluxo.server.flushUsage();
  const commits = await added('fluxo_storage_commit_', async () => {
    await Promise.all([1, 2, 3].map((index) => acme.user(`user-${index}`)));
  });
  expect(commits['jobs_sum']).toBe(3);
  expect(commits['duration_seconds_count']).toBe(commits['jobs_count']);
  fluxo.clock.advance(61_000);
  await fluxo.server.flushUsage();
  await acme.callApi(access_token);
  expect(seriesOf(await scrape()).get('fluxo_usage_writes_pending')).toBe(1);
  await fluxo.server.flushUsage();
  const text = seriesOf(await scrape());
  expect(text.get('fluxo_usage_writes_pending')).toBe(0);
  expect(text.get('fluxo_storage_failed_commits_total')).toBe(0);
  expect(text.get('fluxo_storage_postponed_batches_total')).toBe(0);
});

/** Every kind of nonsense, each time with another value. */
async function sendNonsense(value: string): Promise<void> {
  await acme.send({ path: `/${value}` });
  await acme.send({ method: 'DELETE', path: `/${value}` });
  await acme.send({ path: `/attask/api/v14.0/${value}` });
  await acme.send({ path: '/account', headers: { host: `${value}.my.localhost` } });
  await acme.callApi(value);
  await acme.visitor().authorize(app, { client_id: value });
  await acme.visitor().authorize(app, { redirect_uri: `https://${value}.example/` });
  await acme.postForm('/oauth2/token', { grant_type: value, ...credentials(app) });
  await acme.postForm('/oauth2/token', { [value]: '1' }, { authorization: basic(app) });
}

test('what nobody knows makes no series, and nothing that a client sent or got is in the text', async () => {
  const tokens = await acme.connect(app, 'ana');
  await sendNonsense('UNKNOWN0');
  const before = [...seriesOf(await scrape()).keys()];
  for (let index = 1; index < 10; index += 1) await sendNonsense(`UNKNOWN${index}`);
  const text = await scrape();
  expect([...seriesOf(text).keys()]).toEqual(before);
  expect(text).toContain('{surface="none",method="DELETE",route="none",status="404"} 10');
  const secrets = [tokens.access_token, tokens.refresh_token, tokens.wid, PASSWORD, app.clientSecret];
  const found = [...secrets, app.clientId, 'UNKNOWN', '"ana', 'acme'].filter((value) => text.includes(value));
  expect(found).toEqual([]);
});

test('metrics are on the operations port alone, for local names; each server counts for itself', async () => {
  for (const host of ['acme.my.localhost', 'localhost:3000', '127.0.0.1']) {
    expect((await acme.send({ path: '/metrics', headers: { host } })).status).toBe(404);
  }
  const operations = fluxo.server.operations!;
  for (const [host, status] of [
    ['localhost:9464', 200],
    ['127.0.0.1:9464', 200],
    ['[::1]:9464', 200],
    ['rebound.example', 404],
  ] as const) {
    expect([host, (await operations.inject({ url: '/metrics', headers: { host } })).statusCode]).toEqual([
      host,
      status,
    ]);
    expect((await operations.inject({ url: '/health/ready', headers: { host } })).statusCode).toBe(200);
  }
  expect((await operations.inject({ url: '/oauth2/token', method: 'POST' })).statusCode).toBe(404);
  const other = await startFluxo({ settings: { FLUXO_OPERATIONS_PORT: '0' } });
  try {
    const series = seriesOf(await scrape(other));
    expect([...series.keys()].filter((name) => name.startsWith('fluxo_http_requests_total'))).toEqual([]);
    expect([...series.keys()].some((name) => /^fluxo_build_info\{version="\d.*",node="\d/.test(name))).toBe(
      true,
    );
    expect(series.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(series.get('fluxo_event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);
  } finally {
    await other.close();
  }
});
