import { randomBytes } from 'node:crypto';
import { verifyAudit } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';
import { Administrator } from '../support/administrator.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { newMachine } from '../support/machine.js';
import {
  codeForm,
  connectAs,
  DAY,
  refreshForm,
  revokeToken,
  signedIn,
  STANDARD_TOKEN,
  statusOf,
  tokensOf,
  verdictOf,
} from '../support/oauth.js';
import { RaceClients } from '../support/race-clients.js';
import { TestTenant, type TestApplication, type Tokens } from '../support/tenant.js';
import type { Visitor } from '../support/visitor.js';

const AT_ONCE = 16;
const ROUNDS = 3;
/** What another node may take to hear of a change of an application; half of it is the limit of its trust. */
const HEARD_WITHIN_MS = 2_000;

let postgres: PostgresServer;
let settings: Readonly<Record<string, string>>;
let nodes: readonly [TestFluxo, TestFluxo];
/** The same environment, as each of the two nodes has it. */
let here: TestTenant;
let there: TestTenant;
let app: TestApplication;
let ana: Visitor;

beforeAll(async () => {
  postgres = await PostgresServer.start();
  const url = await postgres.createDatabase();
  settings = {
    FLUXO_DATABASE_URL: url,
    FLUXO_SECRET_KEYS: randomBytes(32).toString('hex'),
    PORT: '0',
    FLUXO_PUBLIC_PORT: '3000',
  };
  // Both at once on an empty database: one prepares it, the other waits.
  nodes = await Promise.all([startFluxo({ settings }), startFluxo({ settings })]);
  await Promise.all(nodes.map(({ server }) => server.listen()));
  here = await nodes[0].environment('acme');
  there = new TestTenant(nodes[1], here.environment, here.origin);
  await here.user('ana');
  app = await here.application({ refreshPolicy: { rotation: true } });
  ana = await signedIn(here);
});

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await postgres.stop();
});

const connect = (): Promise<Tokens> => connectAs(ana, app);
const refreshAt = async (tenant: TestTenant, { refresh_token }: Tokens): Promise<Tokens> =>
  tokensOf(await tenant.refresh(app, refresh_token));

describe('two nodes on one PostgreSQL are one server', () => {
  test('both seal the activity log at once, and there is one chain over all of it', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await connect();
      await Promise.all(nodes.map(({ server }) => server.sealAudit()));
    }
    await nodes[0].server.sealAudit();
    const { essentials } = nodes[1].server.services;
    const { keyRing } = essentials;
    const environmentId = here.environment.id;
    const verdict = await verifyAudit({ store: there.storage.auditSeals, environmentId, keyRing });
    expect(verdict).toMatchObject({ unsealed: 0, broken: null });
    expect(verdict.checked).toBeGreaterThan(ROUNDS * 2);
  });

  test('a code from one is exchanged at the other, and the session is good at both', async () => {
    const tokens = tokensOf(await there.exchange(app, await ana.allow(app)));
    expect([await statusOf(here, tokens), await statusOf(there, tokens)]).toEqual(['alive', 'alive']);
  });

  test('a sign-in at one is known at the other: the same browser goes on there', async () => {
    const visitor = there.visitor();
    for (const [name, value] of ana.cookies) visitor.cookies.set(name, value);
    expect(verdictOf(await here.exchange(app, await visitor.allow(app)))).toBe('200');
  });

  test('34 · a refresh whose answer was lost is answered by the other node identically', async () => {
    const first = await connect();
    const second = await refreshAt(here, first);
    const repeated = await refreshAt(there, first);
    expect([repeated.refresh_token, repeated.access_token]).toEqual([
      second.refresh_token,
      second.access_token,
    ]);
    expect(await statusOf(there, second)).toBe('alive');
  });

  test('33 · what was superseded at one node is theft at the other', async () => {
    const first = await connect();
    const second = await refreshAt(here, first);
    for (const node of nodes) node.clock.advance(DAY);
    ana = await signedIn(here);
    expect(verdictOf(await there.refresh(app, first.refresh_token))).toBe('400 invalid_grant');
    expect(verdictOf(await here.refresh(app, second.refresh_token))).toBe('400 invalid_grant');
  });

  test('90 · what is revoked at one node is dead at the other with its very next request', async () => {
    const tokens = await connect();
    expect(await statusOf(there, tokens)).toBe('alive');
    await revokeToken(here, app, tokens.refresh_token);
    expect(await statusOf(there, tokens)).toBe('dead');
    expect(verdictOf(await there.refresh(app, tokens.refresh_token))).toBe('400 invalid_grant');
  });

  test('90 · an application that is switched off at one node is refused at the other', async () => {
    const other = await here.application({ refreshPolicy: { rotation: true } });
    const tokens = await connectAs(ana, other);
    expect(verdictOf(await there.refresh(other, 'x'))).toBe('400 invalid_grant');
    await new Administrator(here).changeApplication(other, { enabled: false });
    expect(await statusOf(there, tokens)).toBe('dead');
    await vi.waitFor(
      async () => {
        const page = await there.visitor().authorize(other);
        expect(page.body).toContain('client-disabled');
      },
      { timeout: HEARD_WITHIN_MS, interval: 20 },
    );
  });

  test('77 · a JWT that was used at one node is refused at the other, whichever is asked, also at once', async () => {
    const machine = await newMachine(here, await here.user('machine-owner'));
    const elsewhere = machine.at(there);
    const jwt = await machine.sign();
    expect(verdictOf(await elsewhere.exchange(jwt))).toBe('200');
    expect(verdictOf(await machine.exchange(jwt))).toBe('400 invalid_grant');
    const another = await machine.sign();
    const asked = Array.from({ length: AT_ONCE }, (_, n) =>
      (n % 2 === 0 ? machine : elsewhere).exchange(another),
    );
    const verdicts = (await Promise.all(asked)).map(verdictOf).sort();
    expect(verdicts).toEqual(['200', ...Array<string>(AT_ONCE - 1).fill('400 invalid_grant')]);
  });

  test('80 · a key that is deleted at one node makes nothing at the other, at once, and its sessions are dead', async () => {
    const machine = await newMachine(here, await here.user('key-owner'));
    const elsewhere = machine.at(there);
    const tokens = tokensOf(await elsewhere.exchange(await machine.sign()));
    expect(await statusOf(there, tokens)).toBe('alive');
    await new Administrator(here).deleteKey(machine.app, machine.key.id);
    expect(verdictOf(await elsewhere.exchange(await machine.sign()))).toBe('400 invalid_grant');
    expect(await statusOf(there, tokens)).toBe('dead');
  });

  test('80 · a secret that is deleted at one node is refused at the other as soon as that has heard', async () => {
    const machine = await newMachine(here, await here.user('secret-owner'));
    const elsewhere = machine.at(there);
    expect(verdictOf(await elsewhere.exchange(await machine.sign()))).toBe('200');
    const administrator = new Administrator(here);
    const [secret] = await administrator.listSecrets(machine.app);
    await administrator.deleteSecret(machine.app, secret!.id);
    expect(verdictOf(await machine.exchange(await machine.sign()))).toBe('401 invalid_client');
    await vi.waitFor(
      async () =>
        expect(verdictOf(await elsewhere.exchange(await machine.sign()))).toBe('401 invalid_client'),
      { timeout: HEARD_WITHIN_MS, interval: 20 },
    );
  });

  test('58 · guesses at one node slow the other', async () => {
    await here.user('bea');
    const attempts = Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? here : there));
    const statuses: number[] = [];
    for (const tenant of attempts) statuses.push((await tenant.visitor().signIn('bea', 'guess')).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await there.visitor().signIn('bea', 'guess')).status).toBe(429);
    expect((await here.visitor().signIn('bea', 'guess')).status).toBe(429);
  });

  test('a node that has other secret keys does not start, and says so', async () => {
    const FLUXO_SECRET_KEYS = randomBytes(32).toString('hex');
    await expect(startFluxo({ settings: { ...settings, FLUXO_SECRET_KEYS } })).rejects.toThrow(/key/i);
  });
});

describe('two nodes, asked at once by 16 processes over sockets', () => {
  let clients: RaceClients;
  let ports: readonly number[];
  beforeAll(async () => {
    clients = await RaceClients.start(AT_ONCE);
    ports = nodes.map(({ server }) => (server.app.server.address() as { port: number }).port);
  });
  afterAll(() => clients.close());

  const rounds = Array.from({ length: ROUNDS }, (_, round) => round + 1);

  test.each(rounds)(
    '23 · round %i: of one code’s exchanges one wins, and its tokens are dead too',
    async () => {
      const form = codeForm(await ana.allow(app));
      const answers = await clients.postAtOnce(here, app, { path: STANDARD_TOKEN, form, ports });
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, ...Array.from({ length: AT_ONCE - 1 }, () => 400)]);
      const winner = answers.find(({ status }) => status === 200);
      expect(await statusOf(there, JSON.parse(winner!.body) as Tokens)).toBe('dead');
    },
  );

  test.each(rounds)(
    '35 · round %i: of one token’s refreshes one makes the successor, all say the same',
    async () => {
      const tokens = await connect();
      const form = refreshForm(tokens.refresh_token);
      const answers = await clients.postAtOnce(here, app, { path: STANDARD_TOKEN, form, ports });
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: AT_ONCE }, () => 200));
      const all = answers.map(({ body }) => JSON.parse(body) as Tokens);
      expect(new Set(all.map(({ refresh_token }) => refresh_token)).size).toBe(1);
      expect(new Set(all.map(({ access_token }) => access_token)).size).toBe(1);
      expect(await statusOf(there, all[0]!)).toBe('alive');
    },
  );
});
