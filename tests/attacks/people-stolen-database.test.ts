import { encodeBase62 } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '../support/database.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { credentials, type TestApplication, type TestTenant, type Tokens } from '../support/tenant.js';
import { flowTokenOf, pageOf } from '../support/visitor.js';

const PREFIXES = ['fxc', 'fxs', 'fxr', 'fxf', 'fxk'];

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;
/** What the rightful owners hold, one of each kind, still good. */
let held: { code: string; session: string; tokens: Tokens; flow: string; browser: string };

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application({ refreshPolicy: { rotation: true } });
  const visitor = acme.visitor();
  await visitor.signIn('ana');
  const first = JSON.parse((await acme.exchange(app, await visitor.allow(app))).body) as Tokens;
  const tokens = JSON.parse((await acme.refresh(app, first.refresh_token)).body) as Tokens;
  held = {
    code: await visitor.allow(app),
    session: visitor.cookies.get('fluxo-session')!,
    tokens,
    flow: flowTokenOf(await visitor.authorize(app)),
    browser: visitor.cookies.get('fluxo-browser')!,
  };
  await fluxo.server.flushUsage();
});

afterAll(() => fluxo.close());

/** Whether a text is good for anything, tried in every place that takes a secret. */
async function waysIn(text: string): Promise<readonly string[]> {
  const form = { token: text, ...credentials(app) };
  const cookie = `fluxo-session=${encodeURIComponent(text)}`;
  const browser = `fluxo-session=${held.session}; fluxo-browser=${encodeURIComponent(text)}`;
  const flow = `/consent?flow=${encodeURIComponent(text)}`;
  const own = `fluxo-session=${held.session}; fluxo-browser=${held.browser}`;
  const [code, refresh, secret, introspected, api, account, flowPage, browserPage] = await Promise.all([
    acme.exchange(app, text),
    acme.refresh(app, text),
    acme.refresh({ ...app, clientSecret: text }, 'x'),
    acme.postForm('/oauth2/introspect', form),
    acme.send({ path: '/attask/api/v14.0/proj/search', headers: { authorization: `Bearer ${text}` } }),
    acme.send({ path: '/account', headers: { cookie } }),
    acme.send({ path: flow, headers: { cookie: own } }),
    acme.send({ path: `/consent?flow=${held.flow}`, headers: { cookie: browser } }),
  ]);
  return [
    ...(code.status === 200 ? ['code'] : []),
    ...(refresh.status === 200 ? ['refresh token'] : []),
    ...(secret.status === 401 ? [] : ['secret']),
    ...(introspected.body === '{"active":false}' ? [] : ['introspection']),
    ...(api.status === 401 ? [] : ['access token']),
    ...(pageOf(account).page === 'account' ? ['session'] : []),
    ...(flowPage.status === 403 ? [] : ['flow']),
    ...(browserPage.status === 403 ? [] : ['browser']),
  ];
}

interface Stolen {
  readonly texts: ReadonlySet<string>;
  /** Identifiers and blobs of one row, from which a token could be put together. */
  readonly pairs: readonly (readonly [Buffer, Buffer])[];
}

async function steal(): Promise<Stolen> {
  const texts = new Set<string>();
  const pairs: (readonly [Buffer, Buffer])[] = [];
  for (const row of await rowsOf(fluxo.folder)) {
    const blobs = row.filter((value) => value instanceof Uint8Array).map((value) => Buffer.from(value));
    const strings = row.filter((value) => typeof value === 'string');
    const ids = strings.filter((value) => /^[0-9a-f]{32}$/.test(value)).map((id) => Buffer.from(id, 'hex'));
    for (const value of strings) if (value.length >= 12) texts.add(value);
    for (const id of ids) for (const blob of blobs) pairs.push([id, blob]);
  }
  return { texts, pairs };
}

/** The text itself and its bytes, in every dress that a secret of ours wears. */
function dress(bytes: Buffer): readonly string[] {
  const padded = Buffer.concat([bytes, Buffer.alloc((5 - (bytes.length % 5)) % 5)]);
  const base62 = encodeBase62(padded);
  const plain = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url'), base62];
  return [...plain, ...PREFIXES.map((prefix) => prefix + base62)];
}

/** Identifier and blob in the layout of our tokens: 24 bytes fit where the secret would be. */
function assemble([id, blob]: readonly [Buffer, Buffer]): readonly string[] {
  if (blob.length < 24) return [];
  const secrets = [blob.subarray(0, 24), blob.subarray(-24)];
  const short = secrets.map((secret) => encodeBase62(Buffer.concat([id, secret])));
  const generation = Buffer.from([0, 0, 0, 2]);
  const long = secrets.map((secret) =>
    encodeBase62(Buffer.concat([id, generation, secret, blob.subarray(0, 16)])),
  );
  return [
    ...short.flatMap((text) => ['fxc', 'fxs', 'fxf'].map((kind) => kind + text)),
    ...long.map((text) => `fxr${text}`),
  ];
}

describe('81 · the database file is stolen', () => {
  test('the benign twin: what people and applications hold is recognized by the same probe', async () => {
    expect(await waysIn(held.session)).toEqual(['session']);
    expect(await waysIn(held.tokens.access_token)).toEqual(['introspection', 'access token']);
    expect(await waysIn(app.clientSecret)).toEqual(['secret']);
    expect(await waysIn(held.flow)).toEqual(['flow']);
    expect(await waysIn(held.browser)).toEqual(['browser']);
  });

  test('nothing that is held stands in it', async () => {
    const { texts, pairs } = await steal();
    const everything = [...texts, ...pairs.map(([, blob]) => blob.toString('latin1'))].join('\n');
    const { tokens, code, session, flow, browser } = held;
    const secrets = [
      code,
      session,
      flow,
      browser,
      tokens.access_token,
      tokens.refresh_token,
      app.clientSecret,
    ];
    for (const secret of secrets) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(secret.slice(-20));
    }
    expect(everything).not.toContain('a password for tests');
  });

  test('nothing that stands in it signs in, raw, encoded or put together', async () => {
    const { texts, pairs } = await steal();
    expect(pairs.length).toBeGreaterThan(10);
    const blobs = new Map(pairs.map(([, blob]) => [blob.toString('hex'), blob]));
    const candidates = new Set([
      ...texts,
      ...[...texts]
        .filter((text) => /^[0-9a-f]{32}$/.test(text))
        .flatMap((id) => dress(Buffer.from(id, 'hex'))),
      ...[...blobs.values()].flatMap(dress),
      ...pairs.flatMap(assemble),
    ]);
    const found: string[] = [];
    const queue = [...candidates];
    const work = async (): Promise<void> => {
      for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
        for (const way of await waysIn(text)) found.push(`${way}: ${text}`);
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect(found).toEqual([]);
  });

  test('a stored password hash is no password', async () => {
    const [hash] = [...(await steal()).texts].filter((text) => text.startsWith('$argon2id$'));
    // From elsewhere: what was tried before has used up how many sign-ins one network may begin.
    const from = { remoteAddress: '203.0.113.9' };
    expect((await acme.visitor(from).signIn('ana', hash)).status).toBe(422);
    expect((await acme.visitor(from).signIn('ana')).status).toBe(303);
  });

  test('after all that, what was held is still good: code and refresh token too', async () => {
    expect((await acme.refresh(app, held.tokens.refresh_token)).status).toBe(200);
    expect((await acme.exchange(app, held.code)).status).toBe(200);
    expect(
      pageOf(await acme.send({ path: '/account', headers: { cookie: `fluxo-session=${held.session}` } }))
        .page,
    ).toBe('account');
  });
});
