import { beforeEach, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  connectAs,
  DAY,
  HOUR,
  introspect,
  MINUTE,
  revokeToken,
  refreshingOn,
  SECOND,
  signedIn,
  statusOf,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { Visitor } from '../support/visitor.js';

const stage = useStage();
const { refresh, verdict } = refreshingOn(stage);
let ana: Visitor;

beforeEach(async () => {
  ana = await signedIn(stage.acme);
});

describe('40 · stretching the absolute expiry', () => {
  test.each([true, false])(
    'refreshing (rotation: %s) does not: dead at 24 hours to the millisecond',
    async (rotation) => {
      const app = await stage.acme.application({ refreshPolicy: { rotation, absoluteDays: 1 } });
      let tokens = await connectAs(ana, app);
      expect(tokens.expires_in).toBe(8 * 3600);
      for (const [hoursLater, expiresIn] of [
        [7, 8 * 3600],
        [7, 8 * 3600],
        [7, 3 * 3600],
        [2, 3600],
      ] as const) {
        stage.fluxo.clock.advance(hoursLater * HOUR);
        tokens = await refresh(app, tokens);
        expect(tokens.expires_in).toBe(expiresIn);
        expect(await statusOf(stage.acme, tokens)).toBe('alive');
      }
      stage.fluxo.clock.advance(HOUR - 1);
      tokens = await refresh(app, tokens);
      expect(tokens.expires_in).toBe(1);
      expect(await statusOf(stage.acme, tokens)).toBe('alive');
      stage.fluxo.clock.advance(1);
      expect(await statusOf(stage.acme, tokens)).toBe('dead');
      expect(await verdict(app, tokens)).toBe('400 invalid_grant');
      expect(await introspect(stage.acme, app, tokens.refresh_token)).toEqual({ active: false });
      expect(await introspect(stage.acme, app, tokens.access_token)).toEqual({ active: false });
    },
  );

  test('a busy session does not either', async () => {
    const app = await stage.acme.application({ refreshPolicy: { absoluteDays: 1 } });
    const tokens = await connectAs(ana, app);
    for (let minutes = 0; minutes < 24 * 60 - 20; minutes += 20) {
      stage.fluxo.clock.advance(20 * MINUTE);
      expect(await statusOf(stage.acme, tokens)).toBe('alive');
    }
    stage.fluxo.clock.advance(20 * MINUTE - 1);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    stage.fluxo.clock.advance(1);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
  });

  test('a policy made longer or removed does not: a session and a refresh end when they were to end then', async () => {
    const administrator = new Administrator(stage.acme);
    const app = await stage.acme.application({ refreshPolicy: { absoluteDays: 1 } });
    const tokens = await connectAs(ana, app);
    await administrator.changeApplication(app, { refreshPolicy: { absoluteDays: null } });
    stage.fluxo.clock.advance(20 * HOUR);
    const last = await refresh(app, tokens);
    expect(last.expires_in).toBe(4 * 3600);
    stage.fluxo.clock.advance(4 * HOUR - 1);
    expect(await statusOf(stage.acme, last)).toBe('alive');
    stage.fluxo.clock.advance(1);
    expect(await statusOf(stage.acme, last)).toBe('dead');
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
  });

  test('a lost answer asked for again does not either', async () => {
    const app = await stage.acme.application({ refreshPolicy: { rotation: true, absoluteDays: 1 } });
    const first = await connectAs(ana, app);
    stage.fluxo.clock.advance(20 * HOUR);
    const second = await refresh(app, first);
    expect(second.expires_in).toBe(4 * 3600);
    stage.fluxo.clock.advance(3 * HOUR);
    expect(await refresh(app, first)).toEqual({ ...second, expires_in: 3600 });
    stage.fluxo.clock.advance(HOUR);
    expect(await verdict(app, first)).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, second)).toBe('dead');
  });
});

describe('40 · disabling or deleting', () => {
  test('a user: every token, session and cookie of theirs is dead at once, and stays so', async () => {
    const administrator = new Administrator(stage.acme);
    const app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    const user = await stage.acme.user('bea');
    const bea = await signedIn(stage.acme, 'bea');
    const tokens = await connectAs(bea, app);
    const successor = await refresh(app, await connectAs(bea, app));
    const bystander = await connectAs(ana, app);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');

    await administrator.changeUser(user, { enabled: false });
    const expectDead = async (): Promise<void> => {
      for (const dead of [tokens, successor]) {
        expect(await statusOf(stage.acme, dead)).toBe('dead');
        expect(await verdict(app, dead)).toBe('400 invalid_grant');
        expect(await introspect(stage.acme, app, dead.access_token)).toEqual({ active: false });
        expect(await introspect(stage.acme, app, dead.refresh_token)).toEqual({ active: false });
      }
      expect((await bea.get('/account')).body).toContain('data-page="sign-in-username"');
    };
    await expectDead();
    await administrator.changeUser(user, { enabled: true });
    await expectDead();
    expect(await statusOf(stage.acme, bystander)).toBe('alive');
    expect(await statusOf(stage.acme, await connectAs(await signedIn(stage.acme, 'bea'), app))).toBe('alive');

    const again = await connectAs(await signedIn(stage.acme, 'bea'), app);
    await administrator.deleteUser(user);
    expect(await statusOf(stage.acme, again)).toBe('dead');
    expect(await verdict(app, again)).toBe('400 invalid_grant');
  });

  test('an application: its tokens are dead at once, other applications’ live', async () => {
    const administrator = new Administrator(stage.acme);
    const app = await stage.acme.application({ name: 'Fleeting' });
    const bystander = await stage.acme.application();
    const [tokens, others] = [await connectAs(ana, app), await connectAs(ana, bystander)];
    expect(await statusOf(stage.acme, tokens)).toBe('alive');

    await administrator.changeApplication(app, { enabled: false });
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
    expect(await introspect(stage.acme, app, tokens.access_token)).toEqual({ active: false });
    expect((await ana.authorize(app)).body).toContain('data-problem="client-disabled"');

    await administrator.deleteApplication(app);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(await verdict(app, tokens)).toBe('401 invalid_client');
    expect((await ana.authorize(app)).body).toContain('data-problem="client-unknown"');
    expect(await statusOf(stage.acme, others)).toBe('alive');
  });
});

describe('91 · the clock is set back', () => {
  test('what was used, revoked, ended or disabled stays so at any time', async () => {
    const administrator = new Administrator(stage.acme);
    const app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    const user = await stage.acme.user('cleo');
    const cleo = await signedIn(stage.acme, 'cleo');
    const code = await ana.allow(app);
    const used = tokensOf(await stage.acme.exchange(app, code));
    const revoked = await connectAs(ana, app);
    const ended = await connectAs(ana, app);
    const disabled = await connectAs(cleo, app);
    const standing = await connectAs(ana, app);
    const extra = await administrator.addSecret(app);
    expect(await verdict(extra, standing)).toBe('200');

    stage.fluxo.clock.advance(MINUTE);
    await revokeToken(stage.acme, app, revoked.refresh_token);
    await revokeToken(stage.acme, app, ended.access_token);
    await administrator.changeUser(user, { enabled: false });
    await administrator.deleteSecret(app, extra.secretId);
    for (const step of [-50 * SECOND, -2 * HOUR, DAY]) {
      stage.fluxo.clock.advance(step);
      for (const dead of [revoked, ended, disabled]) expect(await statusOf(stage.acme, dead)).toBe('dead');
      expect(await verdict(app, revoked)).toBe('400 invalid_grant');
      expect(await verdict(app, disabled)).toBe('400 invalid_grant');
      expect(await verdict(extra, standing)).toBe('401 invalid_client');
    }
    stage.fluxo.clock.advance(MINUTE - DAY + 2 * HOUR);
    expect(verdictOf(await stage.acme.exchange(app, code))).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, used)).toBe('dead');
    // On to a time that the server has not seen yet, where its clock moves again.
    stage.fluxo.clock.advance(DAY);
  });

  test('a superseded refresh token is not forgiven because its window seems open again', async () => {
    const app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    const first = await connectAs(ana, app);
    const second = await refresh(app, first);
    const third = await refresh(app, second);
    stage.fluxo.clock.advance(-HOUR);
    expect(await verdict(app, first)).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, third)).toBe('dead');
    stage.fluxo.clock.advance(HOUR);
  });

  test('a code, a session and a refresh token that had expired do not come back', async () => {
    const app = await stage.acme.application({ refreshPolicy: { absoluteDays: 1 } });
    const tokens = await connectAs(ana, app);
    const code = await ana.allow(app);
    stage.fluxo.clock.advance(DAY);
    expect(verdictOf(await stage.acme.exchange(app, code))).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
    stage.fluxo.clock.advance(-DAY);
    expect([
      verdictOf(await stage.acme.exchange(app, code)),
      await statusOf(stage.acme, tokens),
      await verdict(app, tokens),
    ]).toEqual(['400 invalid_grant', 'dead', '400 invalid_grant']);
  });
});
