import { parseIdentifiedSecret, type SessionId } from '@fluxo/core';
import { describe, expect, test, vi } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  connectAs,
  DAY,
  HOUR,
  introspect,
  MINUTE,
  SECOND,
  signedIn,
  statusOf,
  tokensOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { Tokens } from '../support/tenant.js';
import { pageOf } from '../support/visitor.js';

const stage = useStage();
const later = (milliseconds: number): void => stage.fluxo.clock.advance(milliseconds);

const idOf = ({ access_token }: Pick<Tokens, 'access_token'>): SessionId =>
  parseIdentifiedSecret('session', access_token)!.id;

describe('an application’s session', () => {
  test('ends after 8 hours without use, to the millisecond; a use begins them anew', async () => {
    const app = await stage.acme.application();
    const tokens = await connectAs(await signedIn(stage.acme), app);
    expect(tokens.expires_in).toBe(28_800);
    for (const flush of [true, false]) {
      later(8 * HOUR - 1);
      expect(await statusOf(stage.acme, tokens)).toBe('alive');
      if (flush) await stage.fluxo.server.flushUsage();
    }
    later(8 * HOUR);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(await introspect(stage.acme, app, tokens.access_token)).toEqual({ active: false });
  });

  test('ends at 7 days however much it is used', async () => {
    const app = await stage.acme.application();
    const tokens = await connectAs(await signedIn(stage.acme), app);
    for (let hours = 0; hours < 7 * 24 - 7; hours += 7) {
      later(7 * HOUR);
      expect(await statusOf(stage.acme, tokens)).toBe('alive');
    }
    later(7 * HOUR - 1);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    later(1);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
  });

  test('follows the environment’s settings, also those changed later', async () => {
    const beta = await stage.fluxo.environment('beta', 'my', {
      sessionIdleTimeoutMs: 15 * MINUTE,
      sessionTotalAgeMs: 30 * MINUTE,
    });
    await beta.user('ana');
    const app = await beta.application();
    const visitor = await signedIn(beta);
    const tokens = await connectAs(visitor, app);
    expect(tokens.expires_in).toBe(15 * 60);
    for (const step of [14 * MINUTE, 14 * MINUTE]) {
      later(step);
      expect(await statusOf(beta, tokens)).toBe('alive');
    }
    later(2 * MINUTE);
    expect(await statusOf(beta, tokens)).toBe('dead');

    const fresh = await connectAs(await signedIn(beta), app);
    await new Administrator(beta).changeSettings({ sessionIdleTimeoutMs: HOUR, sessionTotalAgeMs: DAY });
    later(40 * MINUTE);
    expect(await statusOf(beta, fresh)).toBe('alive');
    expect(tokensOf(await beta.refresh(app, fresh.refresh_token)).expires_in).toBe(3600);
  });

  test('settings out of their bounds are refused', async () => {
    const administrator = new Administrator(stage.acme);
    for (const settings of [
      { sessionIdleTimeoutMs: 15 * MINUTE - 1 },
      { sessionIdleTimeoutMs: 7 * DAY + 1, sessionTotalAgeMs: 60 * DAY },
      { sessionIdleTimeoutMs: DAY, sessionTotalAgeMs: HOUR },
      { sessionIdleTimeoutMs: Number.NaN },
    ]) {
      await expect(administrator.changeSettings(settings)).rejects.toThrow(/sessions/);
    }
  });

  test('never ends after its grant, and expires_in is never 0', async () => {
    const app = await stage.acme.application({ refreshPolicy: { absoluteDays: 1 } });
    const first = await connectAs(await signedIn(stage.acme), app);
    later(DAY - 90 * SECOND);
    const late = tokensOf(await stage.acme.refresh(app, first.refresh_token));
    expect(late.expires_in).toBe(90);
    later(89 * SECOND + 500);
    const last = tokensOf(await stage.acme.refresh(app, first.refresh_token));
    expect(last.expires_in).toBe(1);
    expect(await statusOf(stage.acme, last)).toBe('alive');
    later(500);
    expect(await statusOf(stage.acme, last)).toBe('dead');
    expect(await statusOf(stage.acme, late)).toBe('dead');
  });

  test('introspection is no use', async () => {
    const app = await stage.acme.application();
    const tokens = await connectAs(await signedIn(stage.acme), app);
    later(7 * HOUR);
    expect(await introspect(stage.acme, app, tokens.access_token)).toMatchObject({ active: true });
    later(HOUR);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
  });

  test('is touched in batches: fifty calls are one write, and within a minute none more', async () => {
    const { server } = stage.fluxo;
    const app = await stage.acme.application();
    const visitor = await signedIn(stage.acme);
    await server.flushUsage();
    const tokens = await connectAs(visitor, app);
    await server.flushUsage();
    const record = vi.spyOn(server.services.storage, 'recordUsage');
    const writesOf = () =>
      record.mock.calls
        .flatMap(([batch]) => batch.sessions)
        .filter(({ sessionId }) => sessionId === idOf(tokens));
    const lastUsedAt = async () => (await stage.acme.storage.sessions.find(idOf(tokens)))?.lastUsedAt;
    try {
      const usedAt = stage.fluxo.clock.now();
      await Promise.all(Array.from({ length: 50 }, () => stage.acme.callApi(tokens.access_token)));
      await server.flushUsage();
      expect(writesOf()).toHaveLength(1);
      expect(await lastUsedAt()).toBe(usedAt);

      later(59 * SECOND);
      await stage.acme.callApi(tokens.access_token);
      await server.flushUsage();
      expect(writesOf()).toHaveLength(1);

      later(SECOND);
      await stage.acme.callApi(tokens.access_token);
      await server.flushUsage();
      expect(writesOf()).toHaveLength(2);
      expect(await lastUsedAt()).toBe(usedAt + MINUTE);
    } finally {
      record.mockRestore();
    }
  });

  test('a use that could not be written yet still counts', async () => {
    const { services } = stage.fluxo.server;
    const app = await stage.acme.application();
    const tokens = await connectAs(await signedIn(stage.acme), app);
    await stage.acme.callApi(tokens.access_token);
    await stage.fluxo.server.flushUsage();
    const record = vi.spyOn(services.storage, 'recordUsage').mockRejectedValue(new Error('away'));
    later(7 * HOUR);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    await expect(stage.fluxo.server.flushUsage()).rejects.toThrow('away');
    later(7 * HOUR);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    record.mockRestore();
    later(7 * HOUR);
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });
});

describe('a browser’s session', () => {
  test('ends after 8 hours without use, and at 7 days', async () => {
    const idle = await signedIn(stage.acme);
    later(8 * HOUR - 1);
    expect(pageOf(await idle.get('/account')).page).toBe('account');
    later(8 * HOUR);
    expect(pageOf(await idle.get('/account')).page).toBe('sign-in-username');

    const busy = await signedIn(stage.acme);
    for (let hours = 0; hours < 7 * 24 - 7; hours += 7) {
      later(7 * HOUR);
      expect(pageOf(await busy.get('/account')).page).toBe('account');
    }
    later(7 * HOUR);
    expect(pageOf(await busy.get('/account')).page).toBe('sign-in-username');
  });

  test('its end, sign-out and sign-out everywhere leave what applications hold', async () => {
    const app = await stage.acme.application();
    const visitor = await signedIn(stage.acme);
    const tokens = await connectAs(visitor, app);
    const formToken = /name="form_token" value="([0-9a-f]+)"|value="([0-9a-f]+)" name="form_token"/.exec(
      (await visitor.get('/account')).body,
    );
    const form_token = formToken?.[1] ?? formToken?.[2] ?? '';
    const elsewhere = await signedIn(stage.acme);
    const answer = await visitor.post('/account/sign-out-everywhere', { form_token });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/signed-out']);
    for (const browser of [visitor, elsewhere]) {
      expect(pageOf(await browser.get('/account')).page).toBe('sign-in-username');
    }
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
  });

  test('does not stand in for an application’s session, nor that one for it', async () => {
    const app = await stage.acme.application();
    const visitor = await signedIn(stage.acme);
    const tokens = await connectAs(visitor, app);
    const cookie = visitor.cookies.get('fluxo-session') ?? '';
    expect((await stage.acme.callApi(cookie)).status).toBe(401);
    const posing = stage.acme.visitor();
    posing.cookies.set('fluxo-session', tokens.access_token);
    expect(pageOf(await posing.get('/account')).page).toBe('sign-in-username');
    expect(pageOf(await posing.authorize(app)).page).toBe('sign-in-username');
  });
});
