import { verifyAudit, type AuditEntry, type AuditFilter } from '@fluxo/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { refreshForm, tokensOf } from '../support/oauth.js';
import { basic, credentials, PASSWORD, type TestApplication, type TestTenant } from '../support/tenant.js';
import { authorizePath } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;
let count = 0;

beforeAll(async () => {
  fluxo = await startFluxo();
});
afterAll(() => fluxo.close());
/** What is sampled is counted for each environment. */
beforeEach(async () => {
  count += 1;
  acme = await fluxo.environment(`acme${count}`);
  await acme.user('ana');
  app = await acme.application({ refreshPolicy: { rotation: true } });
});

/** Everything that was noted, written down. */
async function events(filter: AuditFilter): Promise<readonly AuditEntry[]> {
  await fluxo.server.flushUsage();
  return (await acme.storage.audit.page({ ...filter, limit: 100 })).events;
}

describe('what was refused is in the activity log', () => {
  it('a wrong password: whose, and that it was the password', async () => {
    const visitor = acme.visitor({ remoteAddress: '203.0.113.7' });
    await visitor.signInWithin(await visitor.get(authorizePath(app)), 'ana', 'wrong');
    await visitor.signIn('nobody-known', 'wrong');
    await visitor.signIn('ana');
    const [unknown, wrong, ...more] = await events({ types: ['user.sign-in-failed'] });
    expect(more).toEqual([]);
    expect(wrong).toMatchObject({
      ...{ user: { username: 'ana' }, via: 'page', application: { clientId: app.clientId } },
      ...{ evidence: { check: 'password' }, detail: 'from 203.0.113.0/24' },
    });
    expect(unknown).toMatchObject({ user: null, application: null, evidence: { check: 'user-known' } });
    expect(JSON.stringify(unknown)).not.toContain('nobody-known');
    expect((await events({ types: ['user.signed-in'] }))[0]).toMatchObject({ via: 'page', actor: null });
  });

  it('guesses at one account: each up to the limit, then the throttle, and beyond what is kept their number', async () => {
    const visitor = acme.visitor();
    for (let guess = 0; guess < 40; guess += 1) await visitor.signIn('ana', 'wrong');
    const failed = await events({ types: ['user.sign-in-failed'] });
    const throttled = await events({ types: ['user.sign-in-throttled'] });
    expect([failed.length, throttled.length]).toEqual([10, 20]);
    expect(throttled[0]).toMatchObject({
      user: { username: 'ana' },
      evidence: { check: 'password-attempts' },
    });
  });

  it('a redirect URL that differs: where, and nothing of what came but its origin', async () => {
    const visitor = acme.visitor();
    const redirect_uri = 'https://app.example/callbaXk?code=CANARY';
    await visitor.get(authorizePath(app, { redirect_uri }));
    const [event] = await events({ types: ['authorization.refused'] });
    expect(event).toMatchObject({
      ...{ via: 'page', application: { clientId: app.clientId, name: 'Planner' } },
      ...{ detail: 'redirect URL differs at character 27 (path)' },
      evidence: { check: 'redirect-uri-mismatch', received: 'https://app.example/…' },
    });
    expect(JSON.stringify(event)).not.toContain('CANARY');
  });

  it('a request that its application is told of by a redirect, but not the answers that it asked for', async () => {
    const visitor = acme.visitor();
    await visitor.get(authorizePath(app, { response_type: 'token' }));
    await visitor.get(authorizePath(app, { prompt: 'none' }));
    expect(await events({ types: ['authorization.refused'] })).toMatchObject([
      { evidence: { check: 'response-type', expected: 'code' }, detail: 'unsupported_response_type' },
    ]);
  });

  it('a secret that was deleted, by its last two characters; a stranger’s identifier not at all', async () => {
    const [secret] = await acme.storage.applications.listSecrets(app.clientId as never);
    if (secret === undefined) throw new Error('No secret.');
    await acme.storage.applications.deleteSecret(app.clientId as never, secret.id, Date.now());
    const form = refreshForm('none');
    await acme.postForm('/oauth2/token', form, { authorization: basic(app) });
    await acme.postForm('/oauth2/token', form, { authorization: basic({ ...app, clientSecret: 'wrong' }) });
    await acme.postForm('/oauth2/token', { ...form, client_id: 'f'.repeat(32), client_secret: 'x' });
    await acme.postForm('/oauth2/token', form);
    expect(await events({ types: ['token.refused'] })).toMatchObject([
      { evidence: { check: 'client-secret' }, detail: 'invalid_client at /oauth2/token' },
      {
        ...{ via: 'protocol', application: { clientId: app.clientId } },
        evidence: {
          check: 'client-secret-deleted',
          received: `a secret ending in ${app.clientSecret.slice(-2)}, deleted`,
        },
      },
    ]);
  });

  it('a code that can’t be exchanged, and why; one that is used again is told with its grant, once', async () => {
    const visitor = acme.visitor();
    await visitor.signIn('ana');
    const code = await visitor.allow(app);
    await acme.exchange(app, code, { redirect_uri: 'https://other.example/' });
    await acme.exchange(app, code);
    await acme.exchange(app, code);
    expect(await events({ types: ['token.refused', 'grant.code-replayed'] })).toMatchObject([
      { type: 'grant.code-replayed', via: 'protocol', user: { username: 'ana' } },
      { type: 'token.refused', evidence: { check: 'redeem-redirect-uri-differs' }, user: null },
    ]);
  });

  it('and no answer waits for it: while the log can’t be written, a refusal is answered, and written later', async () => {
    const storage = fluxo.server.services.storage.forEnvironment(acme.environment.id);
    const { audit } = storage;
    const record = audit.record.bind(audit);
    audit.record = () => Promise.reject(new Error('away'));
    try {
      const answer = await acme.postForm('/oauth2/token', refreshForm('none'), {
        authorization: basic({ ...app, clientSecret: 'wrong' }),
      });
      expect(answer.status).toBe(401);
      await expect(fluxo.server.flushUsage()).rejects.toThrow('away');
    } finally {
      audit.record = record;
    }
    expect(await events({ types: ['token.refused'] })).toHaveLength(1);
  });
});

describe('the activity log of a server', () => {
  it('is sealed while the server works, and is whole', async () => {
    const tokens = await acme.connect(app, 'ana');
    await acme.refresh(app, tokens.refresh_token);
    await acme.postForm('/oauth2/revoke', { token: tokens.refresh_token, ...credentials(app) });
    await fluxo.server.sealAudit();
    const log = await events({});
    expect(log.length).toBeGreaterThan(5);
    expect(log.filter(({ sealed }) => !sealed)).toEqual([]);
    const { keyRing } = fluxo.server.services.essentials;
    const environmentId = acme.environment.id;
    const verdict = await verifyAudit({ store: acme.storage.auditSeals, environmentId, keyRing });
    expect(verdict).toMatchObject({ checked: log.length, unsealed: 0, broken: null });
  });

  it('is sealed up to now also when a round is under way that has passed it', async () => {
    const { auditQueue } = fluxo.server.services.storage;
    await fluxo.server.sealAudit();
    const nextWaiting = auditQueue.nextWaiting.bind(auditQueue);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const looked = new Promise<void>((resolve) => {
      auditQueue.nextWaiting = async (after) => {
        const found = await nextWaiting(after);
        resolve();
        await held;
        return found;
      };
    });
    const underWay = fluxo.server.sealAudit();
    await looked;
    auditQueue.nextWaiting = nextWaiting;
    await acme.connect(app, 'ana');
    const sealing = fluxo.server.sealAudit();
    goOn();
    await Promise.all([underWay, sealing]);
    expect((await events({})).filter(({ sealed }) => !sealed)).toEqual([]);
  });

  it('holds nothing that opens anything', async () => {
    const tokens = tokensOf(await acme.exchange(app, await signedInCode()));
    await acme.refresh(app, tokens.refresh_token);
    await acme.refresh(app, 'fxr-nobody');
    await acme.postForm('/oauth2/token', { ...refreshForm(tokens.access_token), ...credentials(app) });
    const text = JSON.stringify(await events({}));
    const secrets = [tokens.access_token, tokens.refresh_token, app.clientSecret, PASSWORD];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

async function signedInCode(): Promise<string> {
  const visitor = acme.visitor();
  await visitor.signIn('ana');
  return visitor.allow(app);
}
