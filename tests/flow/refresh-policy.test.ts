import { beforeEach, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  connectAs,
  DAY,
  HOUR,
  introspect,
  MINUTE,
  refreshingOn,
  SECOND,
  signedIn,
  statusOf,
  tokensOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import { pageOf, type Visitor } from '../support/visitor.js';

const stage = useStage();
const { refresh, verdict } = refreshingOn(stage);
let ana: Visitor;

beforeEach(async () => {
  ana = await signedIn(stage.acme);
});

const later = (milliseconds: number): void => stage.fluxo.clock.advance(milliseconds);

describe('rotation', () => {
  test('off (web, unless set): the same refresh token, a new session each time, all of them alive', async () => {
    const app = await stage.acme.application();
    const first = await connectAs(ana, app);
    const second = await refresh(app, first);
    expect(second.refresh_token).toBe(first.refresh_token);
    expect(second.access_token).not.toBe(first.access_token);
    for (const tokens of [first, second]) expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });

  test('on: a new refresh token each time; the sessions before end by themselves, not by the refresh', async () => {
    const app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    const first = await connectAs(ana, app);
    const second = await refresh(app, first);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await statusOf(stage.acme, first)).toBe('alive');
    expect(await statusOf(stage.acme, second)).toBe('alive');
  });

  test('always on for a spa, which needs an expiry as well', async () => {
    const spa = await stage.acme.application({ kind: 'spa' });
    expect(spa.application.refreshPolicy).toEqual({ rotation: true, absoluteDays: 30, inactivityDays: null });
    const forbidden = [
      { rotation: false },
      { absoluteDays: null },
      { absoluteDays: null, inactivityDays: null },
    ];
    for (const refreshPolicy of forbidden) {
      await expect(stage.acme.application({ kind: 'spa', refreshPolicy })).rejects.toThrow(/spa/);
    }
  });

  test('switched off while tokens are out: the current one stays good, the superseded one is still theft', async () => {
    const app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    const first = await connectAs(ana, app);
    const second = await refresh(app, first);
    await new Administrator(stage.acme).changeApplication(app, { refreshPolicy: { rotation: false } });
    expect((await refresh(app, second)).refresh_token).toBe(second.refresh_token);
    expect(await verdict(app, first)).toBe('400 invalid_grant');
    expect(await verdict(app, second)).toBe('400 invalid_grant');
  });

  test('switched on while tokens are out: the next refresh rotates', async () => {
    const app = await stage.acme.application();
    const first = await connectAs(ana, app);
    await new Administrator(stage.acme).changeApplication(app, { refreshPolicy: { rotation: true } });
    const second = await refresh(app, first);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(app, first)).refresh_token).toBe(second.refresh_token);
  });
});

describe('absolute expiry', () => {
  test('none: years later the token is good, while it is a secret that nobody took back', async () => {
    const app = await stage.acme.application();
    const tokens = await connectAs(ana, app);
    later(400 * DAY);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(await statusOf(stage.acme, await refresh(app, tokens))).toBe('alive');
  });

  test('days from the grant, counted from Allow and not from the exchange', async () => {
    const app = await stage.acme.application({ refreshPolicy: { absoluteDays: 2 } });
    const code = await ana.allow(app);
    later(100 * SECOND);
    const tokens = tokensOf(await stage.acme.exchange(app, code));
    later(2 * DAY - 100 * SECOND - 1);
    expect(await verdict(app, tokens)).toBe('200');
    later(1);
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
  });

  test('a policy made shorter later counts for the grants of before; a longer one does not', async () => {
    const administrator = new Administrator(stage.acme);
    const app = await stage.acme.application({ refreshPolicy: { absoluteDays: 10 } });
    const tokens = await connectAs(ana, app);
    await administrator.changeApplication(app, { refreshPolicy: { absoluteDays: 30 } });
    later(9 * DAY);
    expect(await verdict(app, tokens)).toBe('200');
    const session = await refresh(app, tokens);
    await administrator.changeApplication(app, { refreshPolicy: { absoluteDays: 9 } });
    expect(await statusOf(stage.acme, session)).toBe('dead');
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
    await administrator.changeApplication(app, { refreshPolicy: { absoluteDays: null } });
    expect(await verdict(app, tokens)).toBe('200');
    later(DAY);
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
  });

  test('introspection names the earlier of all ends', async () => {
    const app = await stage.acme.application({ refreshPolicy: { absoluteDays: 3, inactivityDays: 2 } });
    const tokens = await connectAs(ana, app);
    const now = Math.floor(stage.fluxo.clock.now() / 1000);
    const exp = async (token: string) => (await introspect(stage.acme, app, token))['exp'];
    expect(await exp(tokens.access_token)).toBe(now + 8 * 3600);
    expect(await exp(tokens.refresh_token)).toBeGreaterThanOrEqual(now + 2 * 86_400 - 1);
    expect(await exp(tokens.refresh_token)).toBeLessThanOrEqual(now + 2 * 86_400);
  });
});

describe('inactivity expiry', () => {
  test('counts the user’s own doing, never the application’s calls and refreshes', async () => {
    const app = await stage.acme.application({ refreshPolicy: { inactivityDays: 1 } });
    let tokens = await connectAs(ana, app);
    for (let round = 0; round < 3; round += 1) {
      later(7 * HOUR);
      tokens = await refresh(app, tokens);
      expect(await statusOf(stage.acme, tokens)).toBe('alive');
    }
    expect(tokens.expires_in).toBeLessThanOrEqual(3 * 3600);
    later(3 * HOUR);
    await stage.fluxo.server.flushUsage();
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
  });

  test('a sign-in, or a page of ours in the browser, begins it anew', async () => {
    const app = await stage.acme.application({ refreshPolicy: { inactivityDays: 1 } });
    const tokens = await connectAs(ana, app);
    later(20 * HOUR);
    await signedIn(stage.acme);
    later(20 * HOUR);
    expect(await verdict(app, tokens)).toBe('200');
    const visitor = await signedIn(stage.acme);
    later(7 * HOUR);
    expect(pageOf(await visitor.get('/account')).page).toBe('account');
    await stage.fluxo.server.flushUsage();
    later(DAY - 1);
    expect(await verdict(app, tokens)).toBe('200');
    later(1);
    expect(await verdict(app, tokens)).toBe('400 invalid_grant');
  });
});

describe('loss-proof rotation', () => {
  const kinds = [
    ['web', 24 * HOUR],
    ['spa', 30 * SECOND],
  ] as const;
  test.each(kinds)('%s: the same answer again within its window', async (kind, windowMs) => {
    const app = await stage.acme.application({ kind, refreshPolicy: { rotation: true } });
    const first = await connectAs(ana, app);
    const second = await refresh(app, first);
    expect(await refresh(app, first)).toEqual(second);
    const waitMs = Math.min(windowMs, 8 * HOUR) - SECOND;
    later(waitMs);
    expect(await refresh(app, first)).toEqual({ ...second, expires_in: second.expires_in - waitMs / SECOND });
    expect(await statusOf(stage.acme, second)).toBe('alive');
  });

  test('when the session ended unused, the repeat brings a live one with the same refresh token', async () => {
    const app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    const first = await connectAs(ana, app);
    const second = await refresh(app, first);
    later(9 * HOUR);
    expect(await statusOf(stage.acme, second)).toBe('dead');
    const again = await refresh(app, first);
    expect(again.refresh_token).toBe(second.refresh_token);
    expect(again.access_token).not.toBe(second.access_token);
    expect(again.expires_in).toBe(8 * 3600);
    expect(await refresh(app, first)).toEqual(again);
    later(9 * HOUR);
    const once = await refresh(app, first);
    expect(await statusOf(stage.acme, once)).toBe('alive');
    await stage.fluxo.server.flushUsage();
    expect(await verdict(app, first)).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, once)).toBe('dead');
  });

  test('many repeats at once after the session ended unused: one new session for all', async () => {
    const app = await stage.acme.application({ refreshPolicy: { rotation: true } });
    const first = await connectAs(ana, app);
    await refresh(app, first);
    later(9 * HOUR);
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(app, first)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test('the idle timeout made shorter meanwhile: the repeat does not promise what is over', async () => {
    const beta = await stage.fluxo.environment('beta');
    await beta.user('ana');
    const app = await beta.application({ refreshPolicy: { rotation: true } });
    const first = await connectAs(await signedIn(beta), app);
    tokensOf(await beta.refresh(app, first.refresh_token));
    later(HOUR);
    await new Administrator(beta).changeSettings({ sessionIdleTimeoutMs: 15 * MINUTE });
    const again = tokensOf(await beta.refresh(app, first.refresh_token));
    expect(again.expires_in).toBe(15 * 60);
    expect(await statusOf(beta, again)).toBe('alive');
  });

  test('reuse forgets the remembered consent: the person is asked again', async () => {
    const app = await stage.acme.application({ rememberConsent: true, refreshPolicy: { rotation: true } });
    const first = await connectAs(ana, app);
    expect((await ana.authorize(app)).status).toBe(302);
    const third = await refresh(app, await refresh(app, first));
    expect(await verdict(app, first)).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, third)).toBe('dead');
    expect(pageOf(await ana.authorize(app)).page).toBe('consent');
  });
});
