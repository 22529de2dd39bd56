import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { connectAs, DIALECT_TOKEN, signedIn, tokensOf } from '../support/oauth.js';
import { credentials, type TestApplication, type TestTenant, type Tokens } from '../support/tenant.js';
import { StatementCounter } from './statement-counter.js';

const SEARCH = '/attask/api/v14.0/proj/search?$$LIMIT=1';
const INTROSPECT = '/integrations/oauth2/api/v1/introspect';

let counter: StatementCounter;
let fluxo: TestFluxo;
let tenant: TestTenant;
let app: TestApplication;
const grants: Tokens[] = [];

beforeAll(async () => {
  // Uses are written each second, behind the requests: that second must not fall into what is counted.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  counter = new StatementCounter();
  fluxo = await startFluxo();
  tenant = await fluxo.environment('acme');
  await tenant.user('ana');
  app = await tenant.application({ refreshPolicy: { rotation: true } });
  const visitor = await signedIn(tenant);
  for (let index = 0; index < 10; index += 1) grants.push(await connectAs(visitor, app));
  await refresh(grants.pop()!);
  await fluxo.server.flushUsage();
});

afterAll(async () => {
  await fluxo.close();
  counter.restore();
  vi.useRealTimers();
});

function post(path: string, form: Readonly<Record<string, string>>) {
  return tenant.send({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...credentials(app), ...form }).toString(),
  });
}

async function refresh({ refresh_token }: Tokens): Promise<Tokens> {
  return tokensOf(await post(DIALECT_TOKEN, { grant_type: 'refresh_token', refresh_token }));
}

/** Introspection and the object API, with a session whose first use is written down already. */
async function usedSession(): Promise<string> {
  const { access_token } = await refresh(grants.pop()!);
  await search(access_token);
  await fluxo.server.flushUsage();
  return access_token;
}

async function search(sessionId: string): Promise<void> {
  const answer = await tenant.send({ path: SEARCH, headers: { sessionid: sessionId } });
  expect(answer.status).toBe(200);
}

async function introspect(token: string): Promise<void> {
  expect(JSON.parse((await post(INTROSPECT, { token })).body)).toMatchObject({ active: true });
}

const only = (statements: readonly string[], verb: string): readonly string[] =>
  statements.filter((statement) => statement.startsWith(verb));

/** Opens a snapshot, asks whether another process has committed, and ends it: once a turn of the event loop. */
const SNAPSHOT: ReadonlySet<string> = new Set(['BEGIN', 'PRAGMA', 'END']);
const withoutSnapshots = (statements: readonly string[]): readonly string[] =>
  statements.filter((statement) => !SNAPSHOT.has(statement));
/** The session look-up, by the first table that it names: it asks for the states above the session too. */
const SESSION = 'SELECT consents';

describe('what a hot request costs the database, on any machine', () => {
  // What has expired is looked for once in 32 writes, and not in this one.
  it('a refresh is one UPDATE of the grant and one INSERT of the session, in one transaction', async () => {
    const statements = await counter.during(() => refresh(grants.pop()!));
    expect(withoutSnapshots(statements)).toEqual([
      ...['BEGIN IMMEDIATE', 'UPDATE grants', 'INSERT sessions', 'COMMIT'],
    ]);
  });

  it('refreshes that come together share one commit', async () => {
    const together = grants.splice(0, 4);
    const statements = await counter.during(() => Promise.all(together.map(refresh)));
    expect(only(statements, 'UPDATE grants')).toHaveLength(4);
    expect(only(statements, 'INSERT sessions')).toHaveLength(4);
    expect(only(statements, 'COMMIT')).toHaveLength(1);
  });

  it('a commit is on the disk before its answer: synchronous is FULL on the connection that writes', async () => {
    await counter.during(() => refresh(grants.pop()!));
    expect(counter.connection.pragma('synchronous', { simple: true })).toBe(2);
  });

  it('a session check at the API only reads', async () => {
    const session = await usedSession();
    const statements = await counter.during(() => search(session));
    expect(withoutSnapshots(statements)).toEqual([SESSION, 'SELECT projects']);
  });

  it('an introspection only reads', async () => {
    const session = await usedSession();
    expect(withoutSnapshots(await counter.during(() => introspect(session)))).toEqual([SESSION]);
  });

  it('requests that come together share their snapshots, and ask once in each what other processes did', async () => {
    const session = await usedSession();
    const one = await counter.during(() => introspect(session));
    const together = await counter.during(() => Promise.all([1, 2, 3, 4].map(() => introspect(session))));
    expect(only(one, 'PRAGMA').length).toBeGreaterThan(0);
    expect(only(together, 'PRAGMA').length).toBeLessThanOrEqual(only(one, 'PRAGMA').length);
    expect(together.filter((statement) => statement === 'BEGIN')).toHaveLength(
      only(together, 'PRAGMA').length,
    );
    expect(only(together, 'SELECT')).toHaveLength(4);
  });

  it('no statement is planned again with each value that stands after LIMIT', () => {
    const limited = [...counter.texts].filter((text) => /\blimit\b/i.test(text));
    expect(limited.length).toBeGreaterThan(0);
    expect(limited.filter((text) => /\b(?:limit|offset)\s+[?@:$]/i.test(text))).toEqual([]);
  });
});
