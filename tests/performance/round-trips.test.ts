import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';
import { postgresSettings } from '../faults/fault-driver.js';
import { HotRequests } from './hot-requests.js';

type Ask = (this: pg.Client, query: string | { readonly text: string }, ...rest: unknown[]) => unknown;

const client = pg.Client.prototype as unknown as { query: Ask };
const { query } = client;
let asked: string[] = [];
let postgres: PostgresServer;
let hot: HotRequests;

beforeAll(async () => {
  postgres = await PostgresServer.start();
  hot = await HotRequests.start(postgresSettings(await postgres.createDatabase()));
  // Each is one message there and one answer back: statements are not sent ahead.
  client.query = function (statement, ...rest) {
    asked.push(typeof statement === 'string' ? statement : statement.text);
    return query.call(this, statement, ...rest);
  };
});
afterAll(async () => {
  client.query = query;
  await hot.close();
  await postgres.stop();
});

/** The statements or functions that `work` asks the database for; not the look at what other nodes changed, beside it. */
async function roundTripsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  asked = [];
  await work();
  const own = asked.filter((text) => !text.includes('AS oldest_open'));
  return own.map((text) => /^(?:SELECT \* FROM )?(\w+)/.exec(text)?.[1] ?? text);
}

describe('what a hot request asks PostgreSQL, on any machine', () => {
  it('a refresh is one round trip', async () => {
    expect(await roundTripsOf(() => hot.refresh())).toEqual(['rotate_refresh_token']);
  });

  it('an introspection is one round trip', async () => {
    const session = await hot.usedSession();
    expect(await roundTripsOf(() => hot.introspect(session))).toEqual(['find_session']);
  });

  it('a session check at the API is one, before the three of the project search', async () => {
    const session = await hot.usedSession();
    const search = ['BEGIN', 'select', 'COMMIT'];
    expect(await roundTripsOf(() => hot.search(session))).toEqual(['find_session', ...search]);
  });

  it('a whole flow with its consent is ten', async () => {
    expect(await roundTripsOf(() => hot.connect())).toEqual([
      ...['find_session', 'BEGIN', 'insert', 'COMMIT'],
      ...['BEGIN', 'select', 'COMMIT', 'find_session', 'authorize'],
      'redeem_authorization_code',
    ]);
  });
});
