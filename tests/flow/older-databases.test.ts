import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServer, readConfig, type FluxoServer } from '@fluxo/server';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';

interface Fixture {
  readonly madeAt: number;
  readonly secretKeys: string;
  readonly host: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly code: string;
}

const FIXTURES = join(import.meta.dirname, '../../packages/storage/src/schema/fixtures');

let server: FluxoServer | undefined;
let folder = '';
afterEach(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A server of now, on the data of then, at the time of then. */
async function serve(name: string): Promise<Fixture & { readonly app: FluxoServer['app'] }> {
  const fixture = JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8')) as Fixture;
  folder = mkdtempSync(join(tmpdir(), 'fluxo-older-'));
  const database = new SqliteDatabase(join(folder, 'fluxo.sqlite'));
  database.exec(readFileSync(join(FIXTURES, `${name}.sql`), 'utf8'));
  database.close();
  const { madeAt, secretKeys } = fixture;
  server = await composeServer(
    readConfig({ FLUXO_DATA: folder, PORT: '3000', FLUXO_SECRET_KEYS: secretKeys }),
    { logLevel: 'silent', clock: { now: () => madeAt, real: () => madeAt } },
  );
  return { ...fixture, app: server.app };
}

describe.each([
  '0001-initial',
  '0002-key-fingerprints',
  '0003-change-log',
  '0004-used-once',
  '0005-identity-providers',
  '0006-people',
  '0007-machine-applications',
  '0008-activity',
  '0009-lanes-and-appearance',
  '0010-revisions',
])('a database that version %s left behind', (name) => {
  it('works on: its session is alive, its refresh token refreshes, its code is exchanged once', async () => {
    const { app, host, clientId, clientSecret, accessToken, refreshToken, code } = await serve(name);
    const call = await app.inject({
      url: '/attask/api/v14.0/proj/search',
      headers: { host, sessionid: accessToken },
    });
    expect(call.json()).toMatchObject({ data: [{ name: 'Harbour' }] });
    const token = async (fields: Readonly<Record<string, string>>): Promise<number> => {
      const { statusCode } = await app.inject({
        method: 'POST',
        url: '/oauth2/token',
        headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          ...fields,
          client_id: clientId,
          client_secret: clientSecret,
        }).toString(),
      });
      return statusCode;
    };
    expect(await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).toBe(200);
    const exchange = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'https://app.example/callback',
    };
    expect([await token(exchange), await token(exchange)]).toEqual([200, 400]);
  });
});
