/**
 * `visibility.ts ROUNDS`: how long another node goes on as before after a change was acknowledged. Two nodes on a
 * PostgreSQL of their own; the other one is a process of its own and works for eight connections meanwhile. Prints one
 * JSON document.
 */
import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';
import { FluxoHouse } from '../cli/fluxo-process.js';
import { postgresSettings } from '../faults/fault-driver.js';
import { Administrator } from '../support/administrator.js';
import { startFluxo } from '../support/fluxo.js';
import { connectAs, revokeToken, signedIn, STANDARD_TOKEN } from '../support/oauth.js';
import { basic, type TestTenant, type TestApplication, type Tokens } from '../support/tenant.js';
import { authorizePath } from '../support/visitor.js';

const BUSY = 8;
/** Whatever isn't seen by then is a fault, not a delay. */
const GIVE_UP_MS = 10_000;

const [rounds = 200] = process.argv.slice(2).map(Number);

/** One change, as the node that makes it does, and as the other one answers by it. */
interface Change {
  readonly name: string;
  readonly make: () => Promise<unknown>;
  readonly seen: () => Promise<boolean>;
}

const postgres = await PostgresServer.start();
const house = new FluxoHouse();
house.settings = postgresSettings(await postgres.createDatabase());
const here = await startFluxo({ settings: { ...house.settings, PORT: '0', FLUXO_PUBLIC_PORT: '3000' } });
const there = await house.serve();
const acme = await here.environment('acme');
const administrator = new Administrator(acme);
await acme.user('ana');
const ana = await signedIn(acme);

const hostOf = ({ environment }: TestTenant): string => `${environment.domain}.${environment.lane}.localhost`;

/** What the other node says to an authorization request that may not ask anybody: 302 where all is right. */
async function authorizesThere(app: TestApplication, tenant = acme): Promise<number> {
  const path = `${authorizePath(app)}&prompt=none`;
  return (await there.ask(path, { host: hostOf(tenant) })).status;
}

const askTokenThere = (app: TestApplication, form: Readonly<Record<string, string>>) =>
  there.ask(STANDARD_TOKEN, {
    host: hostOf(acme),
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: basic(app) },
    body: new URLSearchParams(form).toString(),
  });

/** One round of changes, each of its own things. */
async function changesOf(round: number): Promise<readonly Change[]> {
  const app = await acme.application({ refreshPolicy: { rotation: true } });
  const moved = { ...app, application: { ...app.application, redirectUrls: ['https://moved.example/cb'] } };
  const second = await administrator.addSecret(app);
  const tokens = await connectAs(ana, app);
  const other = await here.environment(`brief${round}`);
  const brief = await other.application();
  return [
    {
      name: 'redirect URL added',
      make: () =>
        administrator.changeApplication(app, {
          redirectUrls: [...app.application.redirectUrls, ...moved.application.redirectUrls],
        }),
      seen: async () => (await authorizesThere(moved)) === 302,
    },
    {
      name: 'secret deleted',
      make: () => administrator.deleteSecret(app, second.secretId),
      seen: async () =>
        (await askTokenThere(second, { grant_type: 'refresh_token', refresh_token: 'x' })).status === 401,
    },
    {
      name: 'access revoked',
      make: () => revokeToken(acme, app, tokens.refresh_token),
      seen: async () => {
        const headers = { sessionid: tokens.access_token };
        const path = '/attask/api/v14.0/proj/search';
        return (await there.ask(path, { host: hostOf(acme), headers })).status === 401;
      },
    },
    {
      name: 'application switched off',
      make: () => administrator.changeApplication(app, { enabled: false }),
      seen: async () => (await authorizesThere(app)) === 400,
    },
    {
      name: 'environment deleted',
      make: () => here.server.services.storage.environments.delete(other.environment.id),
      seen: async () => (await authorizesThere(brief, other)) === 404,
    },
  ];
}

/** @returns milliseconds from the acknowledgement to the first answer that knew of the change */
async function delayOf({ name, make, seen }: Change): Promise<number> {
  // The other node has it in its cache now, as it was.
  if (await seen()) throw new Error(`The other node knew before: ${name}.`);
  await make();
  const acknowledged = performance.now();
  for (;;) {
    const asked = performance.now();
    if (await seen()) return performance.now() - acknowledged;
    if (asked - acknowledged > GIVE_UP_MS) throw new Error(`The other node never saw: ${name}.`);
  }
}

let over = false;
async function keepBusy(app: TestApplication): Promise<number> {
  let { refresh_token } = await connectAs(ana, app);
  let done = 0;
  for (; !over; done += 1) {
    const { status, body } = await askTokenThere(app, { grant_type: 'refresh_token', refresh_token });
    if (status !== 200) throw new Error(`A refresh was answered ${status}: ${body}`);
    ({ refresh_token } = JSON.parse(body) as Tokens);
  }
  return done;
}

const started = performance.now();
const delays = new Map<string, number[]>();
const busyApp = await acme.application({ refreshPolicy: { rotation: true } });
const busy = Promise.all(Array.from({ length: BUSY }, () => keepBusy(busyApp)));
async function measure(): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    for (const change of await changesOf(round)) {
      const list = delays.get(change.name) ?? [];
      delays.set(change.name, [...list, await delayOf(change)]);
    }
  }
}
let refreshes = 0;
try {
  await Promise.race([measure(), busy]).finally(() => (over = true));
  refreshes = (await busy).reduce((sum, count) => sum + count, 0);
} finally {
  await house.remove();
  await here.close();
  await postgres.stop();
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity);
const changes = [...delays].map(([name, list]) => {
  const sorted = [...list].sort((a, b) => a - b);
  return { name, times: list.length, p50: at(sorted, 0.5), p99: at(sorted, 0.99), max: at(sorted, 1) };
});
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(`${JSON.stringify({ rounds, seconds, refreshes, changes })}\n`);
process.exitCode = changes.every(({ p99 }) => p99 < 1000) ? 0 : 1;
