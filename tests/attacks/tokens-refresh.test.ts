import { formatRefreshToken, parseRefreshToken, RingKey } from '@fluxo/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  connectAs,
  DAY,
  revokeToken,
  SECOND,
  signedIn,
  statusOf,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { TestApplication, Tokens } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const stage = useStage();
let web: TestApplication;
let spa: TestApplication;
let other: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  web = await stage.acme.application({ refreshPolicy: { rotation: true } });
  spa = await stage.acme.application({ kind: 'spa', name: 'Browser app' });
  other = await stage.acme.application({ name: 'Other', refreshPolicy: { rotation: true } });
});

/** The clock has moved a lot in the tests before: a browser session may be over. */
async function connect(app: TestApplication): Promise<Tokens> {
  ana = await signedIn(stage.acme);
  return connectAs(ana, app);
}

const refresh = async (app: TestApplication, token: string): Promise<Tokens> =>
  tokensOf(await stage.acme.refresh(app, token));
const verdict = async (app: TestApplication, token: string): Promise<string> =>
  verdictOf(await stage.acme.refresh(app, token));

/** The same grant, generation and secret, with a tag of a key that is not this server's. */
function tagAnew(token: string): string {
  const { essentials } = stage.fluxo.server.services;
  const parsed = parseRefreshToken(token, essentials.keyRing);
  return formatRefreshToken(parsed!, new RingKey(essentials.random.bytes(32)));
}

/** With another last character: everything genuine but the tag. */
function forge(token: string): string {
  return token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
}

async function expectTheft(app: TestApplication, superseded: string, newest: Tokens): Promise<void> {
  const administrator = new Administrator(stage.acme);
  const bystander = await connect(app);
  const before = await administrator.eventsOf('grant.refresh-token-reused');
  expect(await verdict(app, superseded)).toBe('400 invalid_grant');
  expect(await statusOf(stage.acme, newest)).toBe('dead');
  expect(await verdict(app, newest.refresh_token)).toBe('400 invalid_grant');
  expect(await verdict(app, superseded)).toBe('400 invalid_grant');
  const events = await administrator.eventsOf('grant.refresh-token-reused');
  expect(events.length - before.length).toBe(1);
  expect(events[0]).toMatchObject({ clientId: app.clientId, userId: newest.wid });
  expect(JSON.stringify(events)).not.toContain(superseded);
  expect(await statusOf(stage.acme, bystander)).toBe('alive');
  expect(await verdict(app, bystander.refresh_token)).toBe('200');
}

describe('24 · a refresh token of another client', () => {
  test('invalid_grant for the thief; the owner’s stays usable, a superseded one too revokes nothing', async () => {
    const tokens = await connect(web);
    expect(await verdict(other, tokens.refresh_token)).toBe('400 invalid_grant');
    expect(await verdict(spa, tokens.refresh_token)).toBe('400 invalid_grant');
    const successor = await refresh(web, tokens.refresh_token);
    const newest = await refresh(web, successor.refresh_token);
    expect(await verdict(other, tokens.refresh_token)).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, newest)).toBe('alive');
    expect(await verdict(web, newest.refresh_token)).toBe('200');
  });
});

describe('33 · a superseded refresh token', () => {
  const kinds = [
    ['web, window of 24 hours', { app: () => web, windowMs: DAY }],
    ['spa, window of 30 seconds', { app: () => spa, windowMs: 30 * SECOND }],
  ] as const;
  test.each(kinds)(
    '%s: after it, theft; the grant dies, the user’s others live',
    async (_kind, { app, windowMs }) => {
      const first = await connect(app());
      const second = await refresh(app(), first.refresh_token);
      stage.fluxo.clock.advance(windowMs - 1);
      expect((await refresh(app(), first.refresh_token)).refresh_token).toBe(second.refresh_token);
      stage.fluxo.clock.advance(1);
      const alive = await connect(app());
      expect(await statusOf(stage.acme, alive)).toBe('alive');
      await expectTheft(app(), first.refresh_token, second);
    },
  );

  test.each(kinds)('%s, after its successor was refreshed in turn', async (_kind, { app }) => {
    const first = await connect(app());
    const second = await refresh(app(), first.refresh_token);
    const third = await refresh(app(), second.refresh_token);
    expect(await statusOf(stage.acme, third)).toBe('alive');
    await expectTheft(app(), first.refresh_token, third);
  });

  test.each(kinds)('%s, after the successor’s session was used at the API', async (_kind, { app }) => {
    const first = await connect(app());
    const second = await refresh(app(), first.refresh_token);
    expect(await verdict(app(), first.refresh_token)).toBe('200');
    expect(await statusOf(stage.acme, second)).toBe('alive');
    await stage.fluxo.server.flushUsage();
    await expectTheft(app(), first.refresh_token, second);
  });

  test('after the application revoked the successor’s session', async () => {
    const first = await connect(web);
    const second = await refresh(web, first.refresh_token);
    await revokeToken(stage.acme, web, second.access_token);
    await expectTheft(web, first.refresh_token, second);
  });

  test('an old session of the same grant may still be used within the window', async () => {
    const first = await connect(web);
    const second = await refresh(web, first.refresh_token);
    expect(await statusOf(stage.acme, first)).toBe('alive');
    await stage.fluxo.server.flushUsage();
    expect((await refresh(web, first.refresh_token)).refresh_token).toBe(second.refresh_token);
  });
});

describe('34 · the same refresh twice inside the window', () => {
  test('the same refresh token and session, whoever of the two tabs asked first', async () => {
    for (const app of [web, spa]) {
      const first = await connect(app);
      const [one, two] = await Promise.all([
        refresh(app, first.refresh_token),
        refresh(app, first.refresh_token),
      ]);
      expect(two).toEqual(one);
      stage.fluxo.clock.advance(29 * SECOND);
      const late = await refresh(app, first.refresh_token);
      expect(late).toEqual({ ...one, expires_in: one.expires_in - 29 });
      expect(await statusOf(stage.acme, one)).toBe('alive');
    }
  });

  test('a repeat touches nothing: it does not make the window longer', async () => {
    const first = await connect(spa);
    const second = await refresh(spa, first.refresh_token);
    for (let repeat = 0; repeat < 3; repeat += 1) {
      stage.fluxo.clock.advance(9 * SECOND);
      expect(await verdict(spa, first.refresh_token)).toBe('200');
    }
    stage.fluxo.clock.advance(3 * SECOND);
    await expectTheft(spa, first.refresh_token, second);
  });

  test('never two live chains: of two successors’ users one is enough to close the other’s way', async () => {
    const first = await connect(web);
    const owner = await refresh(web, first.refresh_token);
    const thief = await refresh(web, first.refresh_token);
    const ownerNext = await refresh(web, owner.refresh_token);
    const thiefNext = await refresh(web, thief.refresh_token);
    expect(thiefNext).toEqual(ownerNext);
    expect(await statusOf(stage.acme, ownerNext)).toBe('alive');
    await stage.fluxo.server.flushUsage();
    await expectTheft(web, thief.refresh_token, ownerNext);
  });

  test('an older generation with a forged tag or of another key revokes nothing', async () => {
    const first = await connect(web);
    const second = await refresh(web, first.refresh_token);
    const third = await refresh(web, second.refresh_token);
    const generations = [first.refresh_token, second.refresh_token, third.refresh_token];
    for (const token of [...generations.map(forge), ...generations.map(tagAnew)]) {
      expect(await verdict(web, token)).toBe('400 invalid_grant');
      expect((await revokeToken(stage.acme, web, token)).status).toBe(200);
    }
    expect(await statusOf(stage.acme, third)).toBe('alive');
    expect(await verdict(web, third.refresh_token)).toBe('200');
  });

  test('the successor told twice is nowhere in the answer’s public parts: each refresh has fresh secrets', async () => {
    const first = await connect(web);
    const second = await refresh(web, first.refresh_token);
    const third = await refresh(web, second.refresh_token);
    const values = [first, second, third].flatMap((tokens) => [tokens.access_token, tokens.refresh_token]);
    expect(new Set(values).size).toBe(6);
  });
});
