import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HotRequests } from './hot-requests.js';
import { StatementCounter } from './statement-counter.js';

let counter: StatementCounter;
let hot: HotRequests;

beforeAll(async () => {
  counter = new StatementCounter();
  hot = await HotRequests.start();
});
afterAll(async () => {
  await hot.close();
  counter.restore();
});

const only = (statements: readonly string[], verb: string): readonly string[] =>
  statements.filter((statement) => statement.startsWith(verb));

/** Opens a snapshot, asks whether another process has committed, and ends it: once a turn of the event loop. */
const SNAPSHOT: ReadonlySet<string> = new Set(['BEGIN', 'PRAGMA', 'END']);
const withoutSnapshots = (statements: readonly string[]): readonly string[] =>
  statements.filter((statement) => !SNAPSHOT.has(statement));
/** The session look-up, by the first table that it names: it asks for the states above the session too. */
const SESSION = 'SELECT consents';
/** The grant that a refresh token is current of, in the same way. */
const CURRENT_GRANT = 'SELECT users';

describe('what a hot request costs the database, on any machine', () => {
  // What has expired is looked for once in 128 writes, and not in this one.
  it('a refresh finds the grant, changes it and adds a session, in one transaction', async () => {
    const statements = await counter.during(() => hot.refresh());
    expect(withoutSnapshots(statements)).toEqual([
      ...['BEGIN IMMEDIATE', CURRENT_GRANT, 'UPDATE grants', 'INSERT sessions', 'COMMIT'],
    ]);
  });

  it('refreshes that come together share one commit', async () => {
    const statements = await counter.during(() => Promise.all([1, 2, 3, 4].map(() => hot.refresh())));
    expect(only(statements, 'UPDATE grants')).toHaveLength(4);
    expect(only(statements, 'INSERT sessions')).toHaveLength(4);
    expect(only(statements, 'COMMIT')).toHaveLength(1);
  });

  it('a commit is on the disk before its answer: synchronous is FULL on the connection that writes', async () => {
    await counter.during(() => hot.refresh());
    expect(counter.connection.pragma('synchronous', { simple: true })).toBe(2);
  });

  it('a session check at the API only reads', async () => {
    const session = await hot.usedSession();
    const statements = await counter.during(() => hot.search(session));
    expect(withoutSnapshots(statements)).toEqual([SESSION, 'SELECT projects']);
  });

  it('an introspection only reads', async () => {
    const session = await hot.usedSession();
    expect(withoutSnapshots(await counter.during(() => hot.introspect(session)))).toEqual([SESSION]);
  });

  it('a whole flow with its consent is three reads and three transactions', async () => {
    expect(withoutSnapshots(await counter.during(() => hot.connect()))).toEqual([
      ...[SESSION, 'BEGIN IMMEDIATE', 'INSERT flows', 'COMMIT'],
      ...['SELECT flows', SESSION, 'BEGIN IMMEDIATE', 'SELECT users', 'DELETE flows'],
      ...['INSERT consents', 'INSERT grants', 'INSERT audit_events', 'COMMIT'],
      ...['BEGIN IMMEDIATE', 'UPDATE grants', 'INSERT sessions', 'INSERT audit_events', 'COMMIT'],
    ]);
  });

  it('requests that come together share their snapshots, and ask once in each what other processes did', async () => {
    const session = await hot.usedSession();
    const one = await counter.during(() => hot.introspect(session));
    const together = await counter.during(() => Promise.all([1, 2, 3, 4].map(() => hot.introspect(session))));
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
