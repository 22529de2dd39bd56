import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exchangeJwt, type JwtExchange } from './index.js';
import { ScriptedServer, WID } from './scripted-server.test.support.js';

const ROUTE = 'POST /oauth2/token';
const ENVIRONMENT = 'fedcba9876543210fedcba9876543210';
const NOW = Date.UTC(2026, 10, 27, 7);
const ANSWER = { json: { token_type: 'Bearer', access_token: 'session1', expires_in: 60, wid: WID } };

let server: ScriptedServer;
beforeEach(async () => {
  server = await new ScriptedServer().start();
  server.inTurn(ROUTE, ANSWER);
});
afterEach(() => server.stop());

const ed25519 = generateKeyPairSync('ed25519');

function exchange({ privateKey }: { privateKey: KeyObject }, changes: Partial<JwtExchange> = {}) {
  return exchangeJwt({
    ...{ origin: server.origin, clientId: 'c', clientSecret: 's', environmentId: ENVIRONMENT, wid: WID },
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    algorithm: 'EdDSA',
    now: () => NOW,
    ...changes,
  });
}

function sentJwts(): { readonly jwt: string; readonly claims: Record<string, unknown> }[] {
  return server.requestsTo(ROUTE).map(({ form }) => {
    const jwt = form.get('assertion') ?? '';
    const payload = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
    return { jwt, claims: JSON.parse(payload) as Record<string, unknown> };
  });
}

test('a JWT for the user, the environment and this server is traded for a session', async () => {
  const session = await exchange(ed25519);
  expect(session).toEqual({
    ...{ accessToken: 'session1', tokenType: 'Bearer', wid: WID },
    ...{ obtainedAt: NOW, expiresAt: NOW + 60_000 },
  });
  const [sent] = sentJwts();
  expect(sent?.claims).toEqual({
    ...{ iss: ENVIRONMENT, sub: WID, aud: server.origin, jti: expect.any(String) as string },
    ...{ iat: NOW / 1000, exp: NOW / 1000 + 120 },
  });
  expect(server.requestsTo(ROUTE)[0]?.form.get('grant_type')).toBe(
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
  );
});

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)(
  '%s: the signature is the key’s',
  async (algorithm) => {
    const pairs = {
      RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
      PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
      ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      EdDSA: () => ed25519,
    };
    const pair = pairs[algorithm]();
    await exchange(pair, { algorithm });
    const [head = '', payload = '', signature = ''] = (sentJwts()[0]?.jwt ?? '').split('.');
    const key = {
      key: pair.publicKey,
      ...(algorithm === 'PS256' ? { padding: 6, saltLength: 32 } : {}),
      dsaEncoding: 'ieee-p1363' as const,
    };
    const hash = algorithm === 'EdDSA' ? null : 'sha256';
    const signed = Buffer.from(`${head}.${payload}`);
    expect(verify(hash, signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  },
);

test('when an answer got lost another JWT is signed, for none is taken twice', async () => {
  server.inTurn(ROUTE, { lost: true }, { status: 503, headers: { 'retry-after': '0' } }, ANSWER);
  await exchange(ed25519);
  expect(new Set(sentJwts().map(({ claims }) => claims['jti'])).size).toBe(3);
});

test('a refusal comes as it is, once', async () => {
  server.inTurn(ROUTE, { status: 400, json: { error: 'invalid_grant' } });
  await expect(exchange(ed25519)).rejects.toMatchObject({ code: 'request_refused', error: 'invalid_grant' });
  expect(server.requestsTo(ROUTE)).toHaveLength(1);
});

test('what can’t be a key for the algorithm is told without the key, and nothing is sent', async () => {
  const pem = ed25519.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const wrong = [
    { algorithm: 'RS256' as const },
    { privateKeyPem: '' },
    { privateKeyPem: pem.replace('PRIVATE', 'PUBLIC') },
  ];
  for (const changes of wrong) {
    const refused = exchange(ed25519, changes);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_option' });
    await expect(refused).rejects.not.toThrow(pem.split('\n')[1]);
  }
  await expect(exchange(ed25519, { wid: '' })).rejects.toThrow('wid must not be empty.');
  expect(server.requests).toEqual([]);
});
