import { UnavailableError } from '@fluxo/core';
import { readConfig } from '@fluxo/server';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { connectAs, FAMILIES, signedIn, STANDARD_TOKEN, statusOf, verdictOf } from '../support/oauth.js';
import { startFluxo } from '../support/fluxo.js';
import { useStage } from '../support/stage.js';
import { basic, credentials, type TestApplication, type TestTenant } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

/** What the RFCs demand and no other test shows by itself; docs/conformance.md points here. */
const stage = useStage();
let app: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  app = await stage.acme.application();
  ana = await signedIn(stage.acme);
});

type Metadata = Readonly<Record<string, unknown>> & { readonly issuer: string };

async function metadataOf(tenant: TestTenant): Promise<Metadata> {
  return JSON.parse(
    (await tenant.send({ path: '/.well-known/oauth-authorization-server' })).body,
  ) as Metadata;
}

test('no secret travels in the clear: a public server with http does not start', () => {
  expect(readConfig({ FLUXO_BASE_DOMAIN: 'localhost' }).publicScheme).toBe('http');
  const inTheClear = [
    { FLUXO_BASE_DOMAIN: 'example.com', FLUXO_PUBLIC_SCHEME: 'http' },
    { FLUXO_DEFAULT_ENVIRONMENT: 'acme.my', FLUXO_DEFAULT_ORIGIN: 'http://id.example.com' },
  ];
  for (const settings of inTheClear) expect(() => readConfig(settings)).toThrow(/must be https/);
});

test('an answer with tokens is JSON that nobody keeps, also for old caches', async () => {
  const tokens = await connectAs(ana, app);
  const answer = await stage.acme.refresh(app, tokens.refresh_token);
  expect(verdictOf(answer)).toBe('200');
  expect(answer.headers).toMatchObject({
    'content-type': expect.stringMatching(/^application\/json/) as unknown,
    'cache-control': 'no-store',
    pragma: 'no-cache',
  });
});

test('a challenge that is missing or plain is named in the description', async () => {
  const spa = await stage.acme.application({ kind: 'spa' });
  const challenge = 'x'.repeat(43);
  for (const [params, named] of [
    [{}, /code_challenge is missing/],
    [{ code_challenge: challenge, code_challenge_method: 'plain' }, /code_challenge_method must be S256/],
  ] as const) {
    const back = new URL((await ana.authorize(spa, params)).headers['location'] ?? '').searchParams;
    expect(back.get('error')).toBe('invalid_request');
    expect(back.get('error_description')).toMatch(named);
  }
});

test('no token for a password, nor for the client alone', async () => {
  const forms = [
    { grant_type: 'password', username: 'ana', password: 'whatever it is' },
    { grant_type: 'client_credentials' },
  ];
  for (const form of forms) {
    const answer = await stage.acme.postForm(STANDARD_TOKEN, { ...form, ...credentials(app) });
    expect([form.grant_type, verdictOf(answer)]).toEqual([form.grant_type, '400 unsupported_grant_type']);
  }
});

describe.each(FAMILIES)('%s', (_family, prefix) => {
  test('a wrong token_type_hint hides no token', async () => {
    for (const hint of ['access_token', 'refresh_token', 'something_else']) {
      for (const name of ['access_token', 'refresh_token'] as const) {
        const tokens = await connectAs(ana, app);
        const form = { token: tokens[name], token_type_hint: hint };
        const authorization = basic(app);
        const found = await stage.acme.postForm(`${prefix}/introspect`, form, { authorization });
        expect([hint, name, JSON.parse(found.body)]).toMatchObject([hint, name, { active: true }]);
        await stage.acme.postForm(`${prefix}/revoke`, form, { authorization });
        expect([hint, name, await statusOf(stage.acme, tokens)]).toEqual([hint, name, 'dead']);
      }
    }
  });

  test('a revocation that can’t be written is 503 with Retry-After, and the token lives', async () => {
    const tokens = await connectAs(ana, app);
    const form = { token: tokens.refresh_token, ...credentials(app) };
    const away = new UnavailableError('The transaction was not committed.', { retryAfterSeconds: 2 });
    const write = vi
      .spyOn(stage.acme.storageOf('protocol').grants, 'revokeByRefreshToken')
      .mockRejectedValueOnce(away);
    const answer = await stage.acme.postForm(`${prefix}/revoke`, form);
    expect(write).toHaveBeenCalledOnce();
    write.mockRestore();
    expect([verdictOf(answer), answer.headers['retry-after']]).toEqual(['503 temporarily_unavailable', '2']);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    expect((await stage.acme.postForm(`${prefix}/revoke`, form)).status).toBe(200);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
  });
});

test('metadata: addresses of this issuer without query or fragment, https in public, nothing empty', async () => {
  const settings = { FLUXO_BASE_DOMAIN: 'example.com', FLUXO_PUBLIC_SCHEME: 'https' };
  const fluxo = await startFluxo({ settings });
  try {
    const { issuer, ...more } = await metadataOf(await fluxo.environment('acme'));
    expect(new URL(issuer).origin).toBe(issuer);
    expect(new URL(issuer).protocol).toBe('https:');
    const endpoints = Object.entries(more).filter(([name]) => name.endsWith('_endpoint'));
    expect(endpoints).toHaveLength(4);
    for (const [, url] of endpoints) expect(url).toMatch(/^https:\/\/[^?#]+$/);
    for (const [name, value] of Object.entries(more)) expect([name, value]).not.toEqual([name, []]);
    expect(more).not.toHaveProperty('scopes_supported');
  } finally {
    await fluxo.close();
  }
});

test('iss in the answer is the issuer of the metadata', async () => {
  const { issuer } = await metadataOf(stage.acme);
  for (const decision of ['allow', 'cancel'] as const) {
    const answer = await ana.decide(await ana.authorize(app), decision);
    const back = new URL(answer.headers['location'] ?? '');
    expect([decision, back.searchParams.get('iss')]).toEqual([decision, issuer]);
  }
});

test('identifiers of applications and people are made here, by chance', async () => {
  const [one, two] = [await stage.acme.application(), await stage.acme.application()];
  const person = await stage.acme.user(one.clientId);
  const made = [one.clientId, two.clientId, person.id];
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(made).size).toBe(made.length);
});
