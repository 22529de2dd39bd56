import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import {
  codeForm,
  DAY,
  refreshForm,
  signedIn,
  STANDARD_TOKEN,
  statusOf,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { RaceClients } from '../support/race-clients.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { HttpAnswer, TestApplication, TestTenant, Tokens } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const AT_ONCE = 16;
const ROUNDS = 4;

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;
let ana: Visitor;
let clients: RaceClients;

beforeAll(async () => {
  fluxo = await startFluxo({ settings: { PORT: '0' } });
  await fluxo.server.listen();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
  app = await acme.application({ refreshPolicy: { rotation: true } });
  ana = await signedIn(acme);
  clients = await RaceClients.start(AT_ONCE);
});

afterAll(async () => {
  clients.close();
  await fluxo.close();
});

const parse = ({ body }: Pick<HttpAnswer, 'body'>): Tokens & { readonly error?: string } =>
  JSON.parse(body) as Tokens & { readonly error?: string };

describe('23 · one code, 16 at once from 16 processes, over sockets', () => {
  test('once alone, over the same sockets, it succeeds', async () => {
    const [first] = await clients.postAtOnce(acme, app, { path: '/oauth2/introspect', form: { token: 'x' } });
    expect(first).toEqual({ status: 200, body: '{"active":false}' });
    expect(verdictOf(await acme.exchange(app, await ana.allow(app)))).toBe('200');
  });

  test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'round %i: exactly one 200, the others invalid_grant, no 5xx; the winner’s tokens are dead too',
    async () => {
      const code = await ana.allow(app);
      const answers = await clients.postAtOnce(acme, app, { path: STANDARD_TOKEN, form: codeForm(code) });
      const won = answers.filter(({ status }) => status === 200);
      const lost = answers.filter(({ status }) => status !== 200);
      expect(won).toHaveLength(1);
      expect(lost.map((answer) => `${answer.status} ${parse(answer).error ?? ''}`)).toEqual(
        Array.from({ length: AT_ONCE - 1 }, () => '400 invalid_grant'),
      );
      const tokens = parse(won[0]!);
      expect(await statusOf(acme, tokens)).toBe('dead');
      expect(verdictOf(await acme.refresh(app, tokens.refresh_token))).toBe('400 invalid_grant');
    },
  );
});

describe('35 · 16 refreshes at once from 16 processes, over sockets', () => {
  test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'round %i: one successor, the same for all, and no 5xx',
    async () => {
      const before = tokensOf(await acme.exchange(app, await ana.allow(app)));
      const form = refreshForm(before.refresh_token);
      const answers = await clients.postAtOnce(acme, app, { path: STANDARD_TOKEN, form });
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: AT_ONCE }, () => 200));
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      const after = parse(answers[0]!);
      expect(after.refresh_token).not.toBe(before.refresh_token);
      expect(await statusOf(acme, after)).toBe('alive');
    },
  );

  test('without rotation: every refresh succeeds, and the token stays', async () => {
    const steady = await acme.application({ name: 'Steady' });
    const before = tokensOf(await acme.exchange(steady, await ana.allow(steady)));
    const form = refreshForm(before.refresh_token);
    const answers = await clients.postAtOnce(acme, steady, { path: STANDARD_TOKEN, form });
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: AT_ONCE }, () => 200));
    expect(new Set(answers.map((answer) => parse(answer).refresh_token))).toEqual(
      new Set([before.refresh_token]),
    );
    expect(new Set(answers.map((answer) => parse(answer).access_token)).size).toBe(AT_ONCE);
  });

  test('after the window, 16 at once with the superseded token: all invalid_grant, one theft recorded', async () => {
    const administrator = new Administrator(acme);
    const first = tokensOf(await acme.exchange(app, await ana.allow(app)));
    const second = tokensOf(await acme.refresh(app, first.refresh_token));
    fluxo.clock.advance(DAY);
    const before = (await administrator.eventsOf('grant.refresh-token-reused')).length;
    const form = refreshForm(first.refresh_token);
    const answers = await clients.postAtOnce(acme, app, { path: STANDARD_TOKEN, form });
    expect(answers.map((answer) => `${answer.status} ${parse(answer).error ?? ''}`)).toEqual(
      Array.from({ length: AT_ONCE }, () => '400 invalid_grant'),
    );
    expect(await administrator.eventsOf('grant.refresh-token-reused')).toHaveLength(before + 1);
    expect(verdictOf(await acme.refresh(app, second.refresh_token))).toBe('400 invalid_grant');
  });

  test('then an older generation with a forged tag revokes nothing', async () => {
    ana = await signedIn(acme);
    const tokens = tokensOf(await acme.exchange(app, await ana.allow(app)));
    const second = tokensOf(await acme.refresh(app, tokens.refresh_token));
    const third = tokensOf(await acme.refresh(app, second.refresh_token));
    const forged = tokens.refresh_token.slice(0, -1) + (tokens.refresh_token.endsWith('0') ? '1' : '0');
    const answers = await clients.postAtOnce(acme, app, { path: STANDARD_TOKEN, form: refreshForm(forged) });
    expect(answers.map((answer) => `${answer.status} ${parse(answer).error ?? ''}`)).toEqual(
      Array.from({ length: AT_ONCE }, () => '400 invalid_grant'),
    );
    expect(await statusOf(acme, third)).toBe('alive');
    expect(verdictOf(await acme.refresh(app, third.refresh_token))).toBe('200');
  });
});
