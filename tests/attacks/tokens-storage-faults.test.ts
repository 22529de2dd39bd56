import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { connectAs, DAY, revokeToken, signedIn, statusOf, tokensOf, verdictOf } from '../support/oauth.js';
import { TestTenant, type TestApplication, type Tokens } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;
let ana: Visitor;
/** The server's own connection: what fails is the real database. */
let database: Database;

/** Starts the server and catches its connection as it is made. */
async function start(folder?: string): Promise<void> {
  const pragma = vi.spyOn(SqliteDatabase.prototype, 'pragma');
  fluxo = await startFluxo(folder === undefined ? {} : { folder });
  const opened = pragma.mock.contexts.at(-1);
  pragma.mockRestore();
  if (!(opened instanceof SqliteDatabase)) throw new Error('No database was opened.');
  database = opened;
}

beforeAll(async () => {
  await start();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application({ refreshPolicy: { rotation: true } });
  ana = await signedIn(acme);
});

afterAll(() => fluxo.close());

const connect = (): Promise<Tokens> => connectAs(ana, app);
const refresh = async ({ refresh_token }: Tokens): Promise<Tokens> =>
  tokensOf(await acme.refresh(app, refresh_token));

/** While the file may not grow, as on a full disk. */
async function onFullDisk(work: () => Promise<void>): Promise<void> {
  database.pragma(`max_page_count = ${String(database.pragma('page_count', { simple: true }))}`);
  try {
    await work();
  } finally {
    database.pragma('max_page_count = 1073741823');
  }
}

/** While the database takes no write. */
async function whileReadOnly(work: () => Promise<void>): Promise<void> {
  database.pragma('query_only = 1');
  try {
    await work();
  } finally {
    database.pragma('query_only = 0');
  }
}

describe('36 · a restart, then a superseded refresh token', () => {
  test('the newest lives across restarts; the superseded one is theft as before', async () => {
    const first = await connect();
    const second = await refresh(first);
    const { folder, server } = fluxo;
    await server.close();
    await start(folder);
    acme = new TestTenant(fluxo, acme.environment, acme.origin);
    ana = await signedIn(acme);
    const third = await refresh(second);
    expect(await statusOf(acme, third)).toBe('alive');
    fluxo.clock.advance(DAY);
    ana = await signedIn(acme);
    const bystander = await connect();
    expect(verdictOf(await acme.refresh(app, second.refresh_token))).toBe('400 invalid_grant');
    expect(verdictOf(await acme.refresh(app, third.refresh_token))).toBe('400 invalid_grant');
    expect(await statusOf(acme, bystander)).toBe('alive');
  });
});

describe('37 · the database fails in mid-rotation', () => {
  test('503 with Retry-After; the old token still works, and nothing of the rotation is there', async () => {
    let tokens = await connect();
    await onFullDisk(async () => {
      // What still fits into pages that are there succeeds: each success is a benign twin.
      let refused = 0;
      for (let round = 0; round < 500 && refused === 0; round += 1) {
        const answer = await acme.refresh(app, tokens.refresh_token);
        if (answer.status === 200) tokens = tokensOf(answer);
        else {
          refused += 1;
          expect(verdictOf(answer)).toBe('503 temporarily_unavailable');
          expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
          expect(answer.body).not.toMatch(/sqlite|full|disk/i);
        }
      }
      expect(refused).toBe(1);
      expect(await statusOf(acme, tokens)).toBe('alive');
    });
    const next = await refresh(tokens);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect(await statusOf(acme, next)).toBe('alive');
  });

  test('a code that could not be exchanged is not used up', async () => {
    const code = await ana.allow(app);
    await whileReadOnly(async () => {
      expect(verdictOf(await acme.exchange(app, code))).toBe('503 temporarily_unavailable');
    });
    expect(await statusOf(acme, tokensOf(await acme.exchange(app, code)))).toBe('alive');
  });
});

describe('39 · revoke races rotate', () => {
  test('nothing is alive after, whichever came first', async () => {
    const calm = await refresh(await connect());
    expect(await statusOf(acme, calm)).toBe('alive');
    const refreshed = new Set<number>();
    for (let round = 0; round < 24; round += 1) {
      const first = await connect();
      const revoke = () => revokeToken(acme, app, first.refresh_token);
      const rotate = () => acme.refresh(app, first.refresh_token);
      const pair = round % 2 === 0 ? [revoke(), rotate(), rotate()] : [rotate(), rotate(), revoke()];
      const answers = await Promise.all(pair);
      for (const answer of answers) {
        expect(answer.status).toBeOneOf([200, 400]);
        if (!answer.body.includes('access_token')) continue;
        refreshed.add(round);
        const successor = tokensOf(answer);
        expect(await statusOf(acme, successor)).toBe('dead');
        expect(verdictOf(await acme.refresh(app, successor.refresh_token))).toBe('400 invalid_grant');
      }
      expect(await statusOf(acme, first)).toBe('dead');
      expect(verdictOf(await acme.refresh(app, first.refresh_token))).toBe('400 invalid_grant');
    }
    // Otherwise nothing ever raced.
    expect(refreshed.size).toBeGreaterThan(0);
    expect(await statusOf(acme, calm)).toBe('alive');
  });
});

describe('41 · a storage error on revoke', () => {
  test('503, never 200; asked again, it is dead', async () => {
    const twin = await connect();
    expect((await revokeToken(acme, app, twin.refresh_token)).status).toBe(200);
    expect(await statusOf(acme, twin)).toBe('dead');

    const tokens = await connect();
    await whileReadOnly(async () => {
      for (const token of [tokens.refresh_token, tokens.access_token]) {
        const answer = await revokeToken(acme, app, token);
        expect(verdictOf(answer)).toBe('503 temporarily_unavailable');
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      }
    });
    expect(await statusOf(acme, tokens)).toBe('alive');
    expect((await revokeToken(acme, app, tokens.refresh_token)).status).toBe(200);
    expect(await statusOf(acme, tokens)).toBe('dead');
  });
});
