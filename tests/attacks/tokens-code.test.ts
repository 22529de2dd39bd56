import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { connectAs, pkce, SECOND, signedIn, statusOf, tokensOf, verdictOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { TestApplication } from '../support/tenant.js';
import { pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;
let other: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  app = await stage.acme.application();
  other = await stage.acme.application({ name: 'Other' });
  ana = await signedIn(stage.acme);
});

const exchange = async (code: string, more: Readonly<Record<string, string>> = {}, as = app) =>
  verdictOf(await stage.acme.exchange(as, code, more));

describe('20 · verifier missing, wrong or too short', () => {
  const attacks: readonly [string, Readonly<Record<string, string>>, string][] = [
    ['missing', {}, '400 invalid_grant'],
    ['empty', { code_verifier: '' }, '400 invalid_grant'],
    ['another one', { code_verifier: pkce().verifier }, '400 invalid_grant'],
    ['too short', { code_verifier: 'a'.repeat(42) }, '400 invalid_request'],
    ['too long', { code_verifier: 'a'.repeat(129) }, '400 invalid_request'],
    ['of other characters', { code_verifier: `${'a'.repeat(42)}+` }, '400 invalid_request'],
  ];
  test.each(attacks)('%s: refused, and the code stays good for its owner', async (_name, attack, verdict) => {
    const { verifier, challenge } = pkce();
    expect(await exchange(await ana.allow(app, challenge), { code_verifier: verifier })).toBe('200');

    const code = await ana.allow(app, challenge);
    expect(await exchange(code, attack)).toBe(verdict);
    expect(await exchange(code, { code_verifier: verifier })).toBe('200');
  });

  test('the challenge itself is no verifier', async () => {
    const { verifier, challenge } = pkce();
    const code = await ana.allow(app, challenge);
    expect(await exchange(code, { code_verifier: challenge.code_challenge })).toBe('400 invalid_grant');
    expect(await exchange(code, { code_verifier: verifier })).toBe('200');
  });
});

describe('21 · a verifier although no challenge was sent', () => {
  test('invalid_request: a downgraded request does not pass for a protected one', async () => {
    expect(await exchange(await ana.allow(app))).toBe('200');

    const code = await ana.allow(app);
    expect(await exchange(code, { code_verifier: pkce().verifier })).toBe('400 invalid_request');
    expect(await exchange(code)).toBe('200');
  });
});

describe('22 · a code used twice', () => {
  test('rightly: invalid_grant, and everything of the grant is dead, recorded once', async () => {
    const untouched = await connectAs(ana, app);
    const code = await ana.allow(app);
    const tokens = tokensOf(await stage.acme.exchange(app, code));
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    const administrator = new Administrator(stage.acme);
    const before = (await administrator.eventsOf('grant.code-replayed')).length;

    expect(await exchange(code)).toBe('400 invalid_grant');
    expect(await exchange(code)).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(verdictOf(await stage.acme.refresh(app, tokens.refresh_token))).toBe('400 invalid_grant');
    expect(await administrator.eventsOf('grant.code-replayed')).toHaveLength(before + 1);
    expect(await statusOf(stage.acme, untouched)).toBe('alive');
  });

  test('with something wrong: refused, and the grant lives', async () => {
    const { verifier, challenge } = pkce();
    const code = await ana.allow(app, challenge);
    const right = { code_verifier: verifier };
    const tokens = tokensOf(await stage.acme.exchange(app, code, right));

    expect(await exchange(code, { ...right, client_secret: `${app.clientSecret}x` })).toBe(
      '401 invalid_client',
    );
    expect(await exchange(code, { code_verifier: pkce().verifier })).toBe('400 invalid_grant');
    expect(await exchange(code)).toBe('400 invalid_grant');
    expect(await exchange(code, { ...right, redirect_uri: 'https://app.example/other' })).toBe(
      '400 invalid_grant',
    );
    expect(await exchange(code, right, other)).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    expect(verdictOf(await stage.acme.refresh(app, tokens.refresh_token))).toBe('200');
  });
});

describe('24 · a code of another client', () => {
  test('invalid_grant for the thief; the owner’s exchange still succeeds', async () => {
    expect(await exchange(await ana.allow(other), {}, other)).toBe('200');

    const code = await ana.allow(app);
    expect(await exchange(code, {}, other)).toBe('400 invalid_grant');
    expect(await exchange(code)).toBe('200');
  });
});

describe('25 · a code after 120 seconds', () => {
  test('good at 119.999 seconds, invalid_grant at 120', async () => {
    const [early, late] = [await ana.allow(app), await ana.allow(app)];
    stage.fluxo.clock.advance(120 * SECOND - 1);
    expect(await exchange(early)).toBe('200');
    stage.fluxo.clock.advance(1);
    expect(await exchange(late)).toBe('400 invalid_grant');
  });
});

describe('26 · user, application or consent ended in mid-flow', () => {
  test('a user disabled after Allow: the code is dead, also when the user is enabled again', async () => {
    const bea = await stage.acme.user('bea');
    const visitor = await signedIn(stage.acme, 'bea');
    expect(await exchange(await visitor.allow(app))).toBe('200');

    const code = await visitor.allow(app);
    const administrator = new Administrator(stage.acme);
    await administrator.changeUser(bea, { enabled: false });
    expect(await exchange(code)).toBe('400 invalid_grant');
    await administrator.changeUser(bea, { enabled: true });
    expect(await exchange(code)).toBe('400 invalid_grant');
  });

  test('a user deleted after Allow', async () => {
    const cleo = await stage.acme.user('cleo');
    const code = await (await signedIn(stage.acme, 'cleo')).allow(app);
    await new Administrator(stage.acme).deleteUser(cleo);
    expect(await exchange(code)).toBe('400 invalid_grant');
  });

  test('an application disabled after Allow: invalid_grant', async () => {
    const fleeting = await stage.acme.application({ name: 'Fleeting' });
    const code = await ana.allow(fleeting);
    await new Administrator(stage.acme).changeApplication(fleeting, { enabled: false });
    expect(await exchange(code, {}, fleeting)).toBe('400 invalid_grant');
  });

  test('a user or an application disabled on the consent screen: no code comes', async () => {
    const administrator = new Administrator(stage.acme);
    const dan = await stage.acme.user('dan');
    const visitor = await signedIn(stage.acme, 'dan');
    const consent = await visitor.authorize(app);
    expect(pageOf(consent).page).toBe('consent');
    await administrator.changeUser(dan, { enabled: false });
    const refused = await visitor.decide(consent, 'allow');
    expect([refused.status, refused.headers['location']]).toEqual([403, undefined]);

    const fleeting = await stage.acme.application({ name: 'Fleeting' });
    const asked = await ana.authorize(fleeting);
    await administrator.changeApplication(fleeting, { enabled: false });
    const stopped = await ana.decide(asked, 'allow');
    expect([stopped.status, stopped.headers['location']]).toEqual([400, undefined]);
  });

  test('a consent taken back between Allow and the exchange', async () => {
    await stage.acme.user('eve');
    const visitor = await signedIn(stage.acme, 'eve');
    const code = await visitor.allow(app);
    const found = await stage.acme.storage.users.findByUsername('eve');
    const userId = found!.user.id;
    const [consent] = await stage.acme.storage.grants.listConsents(userId);
    await stage.acme.storage.grants.revokeConsent(consent!.consentId, userId, stage.fluxo.clock.now());
    expect(await exchange(code)).toBe('400 invalid_grant');
  });
});
