import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  connectAs,
  DAY,
  FAMILIES,
  MINUTE,
  refreshingOn,
  signedIn,
  statusOf,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { basic, credentials, type TestApplication } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const stage = useStage();
const { refresh } = refreshingOn(stage);
let app: TestApplication;
let spa: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  app = await stage.acme.application({ refreshPolicy: { rotation: true } });
  spa = await stage.acme.application({ kind: 'spa' });
  ana = await signedIn(stage.acme);
});

describe.each(FAMILIES)('revocation (%s)', (_family, prefix) => {
  const revoke = (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    stage.acme.postForm(`${prefix}/revoke`, form, headers);

  test('a sessionID ends alone: the refresh token stays good', async () => {
    const tokens = await connectAs(ana, app);
    const next = await refresh(app, tokens);
    const answer = await revoke(
      { token: next.access_token, token_type_hint: 'refresh_token' },
      { authorization: basic(app) },
    );
    expect([answer.status, answer.body]).toEqual([200, '{}']);
    expect([await statusOf(stage.acme, next), await statusOf(stage.acme, tokens)]).toEqual(['dead', 'alive']);
    expect(await statusOf(stage.acme, await refresh(app, next))).toBe('alive');
  });

  test('a superseded refresh token of its own takes the grant along as well', async () => {
    const tokens = await connectAs(ana, app);
    const third = await refresh(app, await refresh(app, tokens));
    expect((await revoke({ token: tokens.refresh_token, ...credentials(app) })).status).toBe(200);
    expect(await statusOf(stage.acme, third)).toBe('dead');
    const answer = await stage.acme.refresh(app, third.refresh_token);
    expect(verdictOf(answer)).toBe('400 invalid_grant');
  });

  test('a spa revokes with its client_id alone; again is no fault; JSON will do', async () => {
    const tokens = await connectAs(ana, spa);
    const form = { token: tokens.refresh_token, client_id: spa.clientId };
    for (const round of [1, 2]) expect([round, (await revoke(form)).status]).toEqual([round, 200]);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');

    const other = await connectAs(ana, spa);
    const json = await stage.acme.send({
      method: 'POST',
      path: `${prefix}/revoke`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: other.refresh_token, client_id: spa.clientId }),
    });
    expect([json.status, await statusOf(stage.acme, other)]).toEqual([200, 'dead']);
  });

  test('a disabled application may still give back what it has', async () => {
    const fleeting = await stage.acme.application();
    const tokens = await connectAs(ana, fleeting);
    const administrator = new Administrator(stage.acme);
    await administrator.changeApplication(fleeting, { enabled: false });
    expect((await revoke({ token: tokens.refresh_token, ...credentials(fleeting) })).status).toBe(200);
    await administrator.changeApplication(fleeting, { enabled: true });
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
  });
});

describe.each(FAMILIES)('introspection (%s)', (family, prefix) => {
  const ask = async (token: string, client = app): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await stage.acme.postForm(
      `${prefix}/introspect`,
      { token },
      { authorization: basic(client) },
    );
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    return JSON.parse(answer.body) as Readonly<Record<string, unknown>>;
  };

  test('a sessionID: exactly these fields', async () => {
    const tokens = await connectAs(ana, app);
    const now = Math.floor(stage.fluxo.clock.now() / 1000);
    expect(await ask(tokens.access_token)).toEqual({
      active: true,
      client_id: app.clientId,
      username: 'ana',
      sub: tokens.wid,
      iss: stage.acme.origin,
      iat: now,
      exp: now + 28_800,
      token_type: family === 'standard' ? 'Bearer' : 'sessionID',
    });
  });

  test('a refresh token: active while it is the current one, exp only where it has one', async () => {
    const tokens = await connectAs(ana, app);
    const found = await ask(tokens.refresh_token);
    expect(found).toMatchObject({ active: true, sub: tokens.wid, client_id: app.clientId });
    expect(found).not.toHaveProperty('exp');
    expect(found).not.toHaveProperty('token_type');
    const next = await refresh(app, tokens);
    expect(await ask(tokens.refresh_token)).toEqual({ active: false });
    expect(await ask(next.refresh_token)).toMatchObject({ active: true });

    const bounded = await stage.acme.application({ refreshPolicy: { absoluteDays: 2 } });
    const { refresh_token } = await connectAs(ana, bounded);
    const exp = Math.floor((stage.fluxo.clock.now() + 2 * DAY) / 1000);
    expect(await ask(refresh_token, bounded)).toMatchObject({ exp });
  });

  test('a code, rubbish, an ended session, a dead grant: {"active":false} and nothing else', async () => {
    const tokens = await connectAs(ana, app);
    const dead = await connectAs(ana, app);
    const form = { token: dead.refresh_token, ...credentials(app) };
    await stage.acme.postForm(`${prefix}/revoke`, form);
    const code = await ana.allow(app);
    for (const token of [
      code,
      'x',
      dead.access_token,
      dead.refresh_token,
      tokens.access_token.slice(0, -1),
    ]) {
      expect(await ask(token)).toEqual({ active: false });
    }
    expect(verdictOf(await stage.acme.exchange(app, code))).toBe('200');
  });
});

describe('an administrator or the person says stop', () => {
  test('a grant revoked from outside the request is dead at once', async () => {
    const tokens = await connectAs(ana, app);
    const { grants } = stage.acme.storage;
    const [newest] = await grants.list({ clientId: app.application.clientId });
    const now = stage.fluxo.clock.now();
    expect(await grants.revokeGrant(newest!.id, 'revoked-by-administrator', { now })).toBe(true);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(verdictOf(await stage.acme.refresh(app, tokens.refresh_token))).toBe('400 invalid_grant');
  });

  test('an application switched off and on again goes on: it was a pause, nobody took the access back', async () => {
    const administrator = new Administrator(stage.acme);
    const paused = await stage.acme.application();
    const tokens = await connectAs(ana, paused);
    await administrator.changeApplication(paused, { enabled: false });
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    stage.fluxo.clock.advance(MINUTE);
    await administrator.changeApplication(paused, { enabled: true });
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });
});

describe('several secrets', () => {
  test('each works, has its note, and its last use is written behind', async () => {
    const administrator = new Administrator(stage.acme);
    const client = await stage.acme.application();
    const second = await administrator.addSecret(client, 'deploy 2026');
    expect(second.clientSecret).not.toBe(client.clientSecret);
    const tokens = await connectAs(ana, client);
    const usedAt = stage.fluxo.clock.now();
    expect(verdictOf(await stage.acme.refresh(second, tokens.refresh_token))).toBe('200');
    await stage.fluxo.server.flushUsage();
    const secrets = await administrator.listSecrets(client);
    expect(secrets.map(({ note, lastUsedAt }) => ({ note, lastUsedAt }))).toEqual([
      { note: null, lastUsedAt: usedAt },
      { note: 'deploy 2026', lastUsedAt: usedAt },
    ]);
    expect(JSON.stringify(secrets)).not.toContain(second.clientSecret);
    expect(secrets[1]?.lastCharacters).toBe(second.clientSecret.slice(-2));
    await expect(administrator.addSecret(client, 'x'.repeat(65))).rejects.toThrow(/64/);
  });

  test('deleted: invalid_client at once; what it opened stays open, the other secret works', async () => {
    const administrator = new Administrator(stage.acme);
    const client = await stage.acme.application();
    const second = await administrator.addSecret(client);
    const code = await ana.allow(client);
    const tokens = tokensOf(await stage.acme.exchange(second, code));
    await administrator.deleteSecret(client, second.secretId);
    expect(verdictOf(await stage.acme.refresh(second, tokens.refresh_token))).toBe('401 invalid_client');
    const introspected = { token: tokens.access_token, ...credentials(second) };
    expect(verdictOf(await stage.acme.postForm('/oauth2/introspect', introspected))).toBe(
      '401 invalid_client',
    );
    expect(verdictOf(await stage.acme.postForm('/oauth2/revoke', introspected))).toBe('401 invalid_client');
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    expect(verdictOf(await stage.acme.refresh(client, tokens.refresh_token))).toBe('200');
  });

  test('a spa has none, and more than ten are refused', async () => {
    const administrator = new Administrator(stage.acme);
    await expect(administrator.addSecret(spa)).rejects.toThrow(/secret/);
    const client = await stage.acme.application();
    for (let count = 1; count < 10; count += 1) await administrator.addSecret(client);
    await expect(administrator.addSecret(client)).rejects.toThrow(/10/);
  });
});
