import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresServer } from '../../packages/storage/src/contract/postgres-server.js';
import { startClient } from '../faults/application-client.js';
import { findLosses } from '../faults/check-remembered.js';
import { driveThroughHangUps, isHungUp } from '../faults/load.js';
import type { Connection } from '../faults/remembered.js';
import { SeededRandom } from '../soak/random.js';
import { Crew, furnishOn, isRunning } from './crew.js';
import { FluxoHouse, PASSWORD, readAnswer, runAnywhere, type Answer } from './fluxo-process.js';
import { authorizePath, Person } from './person.js';

const HOST = 'acme.my.localhost';
const METADATA = '/.well-known/oauth-authorization-server';

const house = new FluxoHouse();
let postgres: PostgresServer;
let credentials: { readonly clientId: string; readonly clientSecret: string };
let crew: Crew;

beforeAll(async () => {
  postgres = await PostgresServer.start();
  credentials = await furnishOn(house, postgres);
});
afterAll(async () => {
  await house.remove();
  await postgres.stop();
});

/** Over a connection of its own, so that the next worker gets it. */
function askAnew(path: string): Promise<Answer> {
  return crew.server.ask(path, { host: HOST, headers: { connection: 'close' } });
}

async function stop(): Promise<void> {
  crew.server.process.kill('SIGTERM');
  expect(await crew.server.exitCode()).toBe(0);
}

describe('two workers on one port', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    crew = await Crew.start(house, 2);
  });
  afterAll(stop);

  it('are announced once, when both listen, in the words of a server without workers', async () => {
    await crew.logs('worker listens', 2);
    expect(crew.server.said).toMatch(
      /^Fluxo listens on http:\/\/127\.0\.0\.1:\d+ \(data in postgres:[^\n]+\)\. Ctrl\+C stops it\.\n$/,
    );
    expect(await crew.health()).toEqual({
      status: 200,
      body: { status: 'ready', workers: { ready: 2, of: 2 } },
    });
  });

  it('both answer, and the operations port counts the answers of both together', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => askAnew(METADATA)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const lines = await Promise.all(answers.map((answer) => crew.workerOf(answer)));
    expect(new Set(lines.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
    expect(new Set(lines.map(({ pid }) => pid))).toEqual(new Set(crew.pids()));
    expect(await crew.answered()).toBe(crew.logged('answered').length);
  });

  it('a code from one is exchanged at the other', async () => {
    const client = await startClient(house, crew.server, credentials);
    for (let round = 0; round < 4; round += 1) {
      crew.server.agent.destroy();
      const connection = await client.authorize();
      const issued = crew.logged('answered').at(-1);
      // Hanging up leads to the next worker.
      crew.server.agent.destroy();
      const answer = await client.redeem(connection);
      expect(answer.status).toBe(200);
      expect((await crew.workerOf(answer)).worker).not.toBe(issued?.worker);
    }
  });

  it('one that is killed under load is replaced, nothing acknowledged is lost, and no counter falls', async () => {
    const client = await startClient(house, crew.server, credentials);
    const random = new SeededRandom(91);
    const connections: Connection[] = [];
    let over = false;
    const load = driveThroughHangUps(client, random, { connections, isOver: () => over });
    const enough = async (): Promise<unknown> => {
      const more = crew.logs('answered', crew.logged('answered').length + 60);
      return Promise.race([more, load]);
    };
    for (let kill = 1; kill <= 3; kill += 1) {
      await enough();
      const counted = await crew.answered();
      const [victim] = crew.pids();
      process.kill(victim!, 'SIGKILL');
      const lost = (await crew.logs('worker lost', kill)).at(-1);
      expect(lost).toMatchObject({ pid: victim, exit: 'killed by SIGKILL', listened: true });
      expect(await crew.answered()).toBeGreaterThanOrEqual(counted);
      await crew.logs('worker listens', 2 + kill);
      expect(crew.pids()).toHaveLength(2);
    }
    await enough();
    over = true;
    await load;
    expect(await findLosses(client, random, connections)).toEqual([]);
    expect(connections.length).toBeGreaterThan(10);
    expect((await crew.metrics()).get('fluxo_workers_lost_total')).toBe(3);
    expect(await crew.health()).toMatchObject({ body: { workers: { ready: 2, of: 2 } } });
  });

  it('one that hangs is not ready; when it is killed, a connection that it never took is closed', async () => {
    // Connections that were kept open have their worker already.
    crew.server.agent.destroy();
    const [hanging] = crew.pids();
    process.kill(hanging!, 'SIGSTOP');
    const listening = crew.logged('worker listens').length;
    let answered = 0;
    const asked = Array.from({ length: 4 }, async () => {
      const answer = await askAnew(METADATA);
      answered += 1;
      return answer.status;
    });
    const settled = Promise.allSettled(asked);
    expect(await crew.health()).toEqual({
      status: 200,
      body: { status: 'ready', workers: { ready: 1, of: 2 } },
    });
    expect(answered).toBe(3);
    // Asking the hanging one how it is must not make forgotten what was handed to it before.
    await crew.health();
    process.kill(hanging!, 'SIGKILL');
    const ends = await settled;
    const [refused, ...more] = ends.flatMap((end) =>
      end.status === 'rejected' ? [end.reason as unknown] : [],
    );
    expect([isHungUp(refused), more]).toEqual([true, []]);
    await crew.logs('worker listens', listening + 1);
  });

  it('one that is replaced while the database is away waits for it, and serves when it is back', async () => {
    await postgres.kill();
    const { status, body } = await crew.health();
    expect([status, body]).toEqual([503, { status: 'database away', workers: { ready: 0, of: 2 } }]);
    const listening = crew.logged('worker listens').length;
    process.kill(crew.pids()[0]!, 'SIGKILL');
    await crew.logs('worker waits for the database', 1);
    await postgres.run();
    await crew.logs('worker listens', listening + 1);
    expect((await askAnew(METADATA)).status).toBe(200);
    expect(await crew.health()).toMatchObject({ status: 200, body: { workers: { ready: 2, of: 2 } } });
  });
});

describe('the end of the workers', { timeout: 60_000 }, () => {
  it('SIGTERM under load: whatever was accepted is answered by either worker, exit 0', async () => {
    crew = await Crew.start(house, 2);
    const { server } = crew;
    const heard = new Set<unknown>();
    const hear = ({ headers }: Answer): void => void heard.add(headers['x-request-id']);
    const load = Array.from({ length: 6 }, async (): Promise<unknown> => {
      for (;;) {
        try {
          hear(await server.ask(METADATA, { host: HOST }));
        } catch (error) {
          return error;
        }
      }
    });
    const signIns = await Promise.all(Array.from({ length: 4 }, () => beginSignIn()));
    const before = crew.logged('answered').length;
    await crew.logs('answered', before + 50);
    // As a terminal and systemd do: every process of the group gets it.
    for (const pid of crew.pids()) process.kill(pid, 'SIGTERM');
    server.process.kill('SIGTERM');
    await server.says(/Fluxo stops/);
    expect((await crew.health()).body).toMatchObject({ status: 'stopping' });
    const answers = signIns.map(({ post }) => readAnswer(post));
    for (const { post, body } of signIns) post.end(body);
    for (const answer of await Promise.all(answers)) {
      hear(answer);
      expect([answer.status, answer.headers.location]).toEqual([303, expect.stringMatching(/^\/consent/)]);
    }
    for (const error of await Promise.all(load)) expect([error, isHungUp(error)]).toEqual([error, true]);
    await closed();
    expect(server.process.exitCode).toBe(0);
    const signingIn = new Set(['/sign-in', '/sign-in/password', authorizePath('').split('?')[0]]);
    const answered = crew.logged('answered').filter(({ req }) => !signingIn.has(req?.path));
    expect(answered.length).toBeGreaterThan(50);
    expect(answered.filter(({ reqId }) => !heard.has(reqId))).toEqual([]);
    expect(crew.logged('worker stopped')).toMatchObject([{ exit: 'exit code 0' }, { exit: 'exit code 0' }]);
  });

  it('a second signal ends them at once', async () => {
    crew = await Crew.start(house, 2);
    const { post } = await beginSignIn();
    post.on('error', () => undefined);
    crew.server.process.kill('SIGTERM');
    await crew.server.says(/Fluxo stops/);
    crew.server.process.kill('SIGTERM');
    await closed();
    expect(crew.server.process.exitCode).toBe(143);
  });

  it('a primary that is killed leaves no worker behind', async () => {
    crew = await Crew.start(house, 2);
    await crew.logs('worker listens', 2);
    const pids = crew.pids();
    expect(pids.map(isRunning)).toEqual([true, true]);
    crew.server.process.kill('SIGKILL');
    await closed();
    expect(pids.map(isRunning)).toEqual([false, false]);
  });

  it('workers that end before they listen, again and again, end the server, which says so', async () => {
    const fatal = join(house.data, '..', 'fatal.cjs');
    writeFileSync(fatal, `if (require('node:cluster').isWorker) process.kill(process.pid, 'SIGKILL');`);
    const env = { NODE_OPTIONS: `--require ${fatal}` };
    const { code, stdout, stderr } = await house.launch(['serve', '--port', '0', '--workers', '2'], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: 5 workers ended within 10 s before they listened[^\n]+SIGKILL[^\n]+\n$/);
    expect(stdout.match(/"msg":"worker lost"/g)).toHaveLength(5);
  });
});

describe('what can’t be', () => {
  it.each(['0', '-1', '33', '1.5', 'two', ''])('--workers "%s" is wrong usage', async (workers) => {
    const { code, stderr } = await runAnywhere(['serve', `--workers=${workers}`]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('from 1 to 32, or auto') as unknown]);
  });

  it('FLUXO_WORKERS that is no number is refused by its name', async () => {
    const { code, stderr } = await runAnywhere(['serve'], { FLUXO_WORKERS: 'many' });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: FLUXO_WORKERS: "many"/) as unknown]);
  });

  it.each([
    [['--workers', '2'], {}],
    [['--workers', 'auto'], {}],
    [[], { FLUXO_WORKERS: '1' }],
  ] as const)('SQLite with workers is refused, and says why (%j %j)', async (args, env) => {
    const elsewhere = new FluxoHouse();
    const { code, stderr } = await elsewhere.launch(['serve', '--port', '0', ...args], { env });
    await elsewhere.remove();
    expect([code, stderr]).toEqual([1, expect.stringContaining('FLUXO_DATABASE_URL') as unknown]);
    expect(stderr).toMatch(/SQLite[^\n]+\n$/);
  });

  it('a port that is taken is said in one line, by the primary', async () => {
    crew = await Crew.start(house, 1);
    const { port } = crew.server;
    const { code, stderr } = await house.launch(['serve', '--port', String(port), '--workers', '2']);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        new RegExp(`^error: Something else listens on 127.0.0.1 port ${port} [^\\n]+\\n$`),
      ),
    ]);
    await stop();
  });
});

/** Accepted by a worker, which waits for the password. */
async function beginSignIn() {
  const person = new Person(crew.server, HOST);
  const flow = await person.comesToPassword(authorizePath(credentials.clientId));
  const body = new URLSearchParams({ flow, password: PASSWORD }).toString();
  const headers = { expect: '100-continue', 'content-length': String(body.length) };
  const post = person.beginPost('/sign-in/password', headers);
  post.flushHeaders();
  await once(post, 'continue');
  return { post, body };
}

/** Standard output is closed when nobody has it any more: neither the primary nor a worker. */
async function closed(): Promise<void> {
  await once(crew.server.process, 'close');
}
