import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBase62, systemRandom } from '@fluxo/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { connectAs, signedIn, tokensOf, verdictOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { TestApplication } from '../support/tenant.js';
import { flowTokenOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
const SAMPLES = 16;
/** So many bits of a value may be the same in all samples by chance: five are a matter of 1 in 10¹³. */
const STILL_BITS = 4;
const ROOT = join(import.meta.dirname, '../..');

describe('47 · guessing', () => {
  let app: TestApplication;
  let ana: Visitor;
  beforeAll(async () => {
    app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    ana = await signedIn(stage.acme);
  });

  /** The bytes behind a value's prefix. */
  const bytesOf = (value: string): Buffer => {
    const bytes = decodeBase62(value.slice(3));
    if (bytes === undefined) throw new Error(`${value.slice(0, 3)}… is not base62.`);
    return bytes;
  };
  const collect = async (make: () => Promise<string> | string): Promise<readonly string[]> => {
    const values: string[] = [];
    while (values.length < SAMPLES) values.push(await make());
    return values;
  };
  const cookie = (visitor: Visitor, name: string): string => visitor.cookies.get(`fluxo-${name}`) ?? '';

  /** What is secret of a value: without its prefix and the identifier of its row. */
  const secrets: readonly [string, () => Promise<string>, (value: string) => Buffer][] = [
    ['code', () => ana.allow(app), (value) => bytesOf(value).subarray(16)],
    [
      'sessionID of a code',
      async () => (await connectAs(ana, app)).access_token,
      (value) => bytesOf(value).subarray(16),
    ],
    [
      'sessionID of a refresh',
      async () =>
        tokensOf(await stage.acme.refresh(app, (await connectAs(ana, app)).refresh_token)).access_token,
      (value) => bytesOf(value).subarray(16),
    ],
    [
      'refresh token of a code',
      async () => (await connectAs(ana, app)).refresh_token,
      (value) => bytesOf(value).subarray(20, -16),
    ],
    [
      'refresh token of a refresh',
      async () =>
        tokensOf(await stage.acme.refresh(app, (await connectAs(ana, app)).refresh_token)).refresh_token,
      (value) => bytesOf(value).subarray(20, -16),
    ],
    [
      'tag of a refresh token',
      async () => (await connectAs(ana, app)).refresh_token,
      (value) => bytesOf(value).subarray(-16),
    ],
    ['client secret', async () => (await stage.acme.application()).clientSecret, bytesOf],
    ['flow', async () => flowTokenOf(await ana.authorize(app)), (value) => bytesOf(value).subarray(16)],
    [
      'browser’s cookie',
      async () => {
        const visitor = stage.acme.visitor();
        await visitor.get('/account');
        return cookie(visitor, 'browser');
      },
      (value) => Buffer.from(value, 'hex'),
    ],
    [
      'browser’s session',
      async () => cookie(await signedIn(stage.acme), 'session'),
      (value) => bytesOf(value).subarray(16),
    ],
  ];
  test.each(secrets)('%s: at least 128 bits, each of them by chance', async (_name, make, secretOf) => {
    const values = (await collect(make)).map(secretOf);
    for (const value of values) expect(value.length * 8).toBeGreaterThanOrEqual(128);
    // Each bit is sometimes 0 and sometimes 1: none is a counter, a time or a constant.
    const [first] = values;
    const moved = Array.from(first ?? [], (byte, at) =>
      values.reduce((bits, value) => bits | ((value[at] ?? 0) ^ byte), 0),
    );
    const still = moved.map((bits) => 8 - bits.toString(2).replaceAll('0', '').length);
    expect(still.reduce((sum, bits) => sum + bits, 0)).toBeLessThanOrEqual(STILL_BITS);
    expect(new Set(values.map((value) => value.toString('hex'))).size).toBe(SAMPLES);
  });

  test('letters and digits only, in everything that a client has to carry', async () => {
    const tokens = await connectAs(ana, app);
    const values = [
      tokens.access_token,
      tokens.refresh_token,
      await ana.allow(app),
      app.clientId,
      app.clientSecret,
    ];
    for (const value of values) expect(value).toMatch(/^[A-Za-z0-9]+$/);
  });

  test('wrong guesses at a secret cost the rightful client nothing', async () => {
    const tokens = await connectAs(ana, app);
    for (let guess = 0; guess < 50; guess += 1) {
      const clientSecret = `fxk${Buffer.from(systemRandom.bytes(21)).toString('hex')}`;
      expect(verdictOf(await stage.acme.refresh({ ...app, clientSecret }, tokens.refresh_token))).toBe(
        '401 invalid_client',
      );
    }
    expect(verdictOf(await stage.acme.refresh(app, tokens.refresh_token))).toBe('200');
  });
});

/** Comparisons that look like one of a secret and are none; each with its reason. */
const HARMLESS: ReadonlySet<string> = new Set([
  // Two readings of one header: both sides came from the client.
  'core/applications/client-credentials.ts: === raw.clientSecret',
]);

describe('50 · timing of secret comparison', () => {
  const sources = ['core', 'storage', 'server', 'objects'].flatMap((room) => {
    const folder = join(ROOT, 'packages', room, 'src');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.includes('.test.') && !path.includes('contract'))
      .map((path) => ({ path: `${room}/${path}`, text: readFileSync(join(folder, path), 'utf8') }));
  });

  /** The name of something that must be compared in constant time, on either side of a comparison. */
  const COMPARISON =
    /\b\w*(?:digest|secret|tag|mac)\w*\s*(?:===?|!==?)\s*(?!null\b|undefined\b|''|true\b|false\b)[\w.('"]+|(?:===?|!==?)\s*[\w.]*(?:digest|secret|\btag|\bmac)\w*\b(?!\()|Buffer\.compare\(|\.equals\(|localeCompare\(/gi;

  test('digests, tags and secrets are compared by equalDigests or timingSafeEqual alone', () => {
    expect('a.digest === b').toMatch(COMPARISON);
    expect('if (tag !== tagOf(x))').toMatch(COMPARISON);
    expect('Buffer.compare(digest, presented)').toMatch(COMPARISON);
    expect('row.digest !== null && a === undefined').not.toMatch(COMPARISON);

    const found = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line))
        .flatMap((line) => (line.match(COMPARISON) ?? []).map((match) => `${path}: ${match}`)),
    );
    expect(found.filter((place) => !HARMLESS.has(place))).toEqual([]);
    expect([...HARMLESS].filter((place) => !found.includes(place))).toEqual([]);
  });

  test('every place that proves a presented secret does so in constant time', () => {
    const proves = (path: string): string => sources.find((source) => source.path === path)?.text ?? '';
    for (const [path, comparison] of [
      ['core/applications/authenticate-application.ts', 'equalDigests(secret.digest, digest)'],
      ['core/sessions/find-session.ts', 'equalDigests(evidence.digest, presented.digest)'],
      ['core/token/revoke.ts', 'equalDigests(evidence.digest, presented.digest)'],
      ['core/authorize/decide.ts', 'equalDigests(flow.digest, presented.digest)'],
      ['core/authorize/decide.ts', 'equalDigests(flow.browserDigest, browserDigest)'],
      ['core/tokens/refresh-token.ts', 'timingSafeEqual(tagOf(signed, key), tag)'],
      ['core/grants/judge-refresh.ts', 'equalDigests(row.currentDigest, digest)'],
      ['core/grants/judge-refresh.ts', 'equalDigests(row.previousDigest, presented.digest)'],
      ['core/grants/judge-redemption.ts', 'equalDigests(row.codeDigest, input.codeDigest)'],
      ['storage/operations/grants.ts', 'equalDigests(digest, presented.digest)'],
      ['server/http/form-token.ts', 'equalDigests('],
      ['core/operators/manage-operator-keys.ts', 'equalDigests('],
    ] as const) {
      expect([path, proves(path)]).toEqual([path, expect.stringContaining(comparison)]);
    }
    expect(proves('core/tokens/digest.ts')).toContain('timingSafeEqual(a, b)');
  });
});
