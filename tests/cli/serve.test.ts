import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  FluxoHouse,
  furnish,
  PASSWORD,
  readAnswer,
  REDIRECT_URL,
  type RunningServer,
} from './fluxo-process.js';
import { authorizePath, Person } from './person.js';

const house = new FluxoHouse();
let clientId = '';
let clientSecret = '';
beforeAll(async () => {
  ({ clientId, clientSecret } = await furnish(house));
});
afterAll(() => house.remove());

describe('beside a running server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await house.serve();
  });
  afterAll(async () => {
    server.process.kill('SIGTERM');
    expect(await server.exitCode()).toBe(0);
  });

  it('a new environment answers at the origin that the command said', async () => {
    const { origin } = await house.json<{ origin: string }>([
      'environment',
      'create',
      'new.preview',
      '--name',
      'New',
    ]);
    expect(origin).toBe(`http://new.preview.localhost:${server.port}`);
    const answer = await server.ask('/.well-known/oauth-authorization-server', {
      host: 'new.preview.localhost',
    });
    expect(JSON.parse(answer.body)).toMatchObject({ issuer: origin });
  });

  it('a deleted environment is nobody’s host at once', async () => {
    await house.json(['environment', 'create', 'gone.my', '--name', 'Gone']);
    const host = { host: 'gone.my.localhost' };
    expect((await server.ask('/oauth2/authorize', host)).status).toBe(400);
    await house.json(['environment', 'delete', 'gone.my']);
    expect((await server.ask('/oauth2/authorize', host)).status).toBe(404);
  });

  it('an application that is switched off gets the error page, and its flow again when switched on', async () => {
    const ask = () => server.ask(authorizePath(clientId), { host: 'acme.my.localhost' });
    expect((await ask()).status).toBe(200);
    await house.json(['application', 'update', 'acme.my', clientId, '--enabled', 'off']);
    expect((await ask()).status).toBe(400);
    await house.json(['application', 'update', 'acme.my', clientId, '--enabled', 'on']);
    expect((await ask()).status).toBe(200);
  });

  it('a deleted secret is refused at once, the new one works', async () => {
    const args = ['application', 'secret', 'create', 'acme.my', clientId];
    const added = await house.json<{ secret_id: string; client_secret: string }>(args);
    expect(await refusalOf(server, added.client_secret)).toBe('invalid_grant');
    await house.json(['application', 'secret', 'delete', 'acme.my', clientId, added.secret_id]);
    expect(await refusalOf(server, added.client_secret)).toBe('invalid_client');
  });

  it('a revoked grant ends its session at the API, and is shown as revoked', async () => {
    const code = await new Person(server, 'acme.my.localhost').allows(authorizePath(clientId));
    const sessionId = await exchange(server, code);
    const projects = () =>
      server.ask('/attask/api/v14.0/proj/search', {
        host: 'acme.my.localhost',
        headers: { sessionID: sessionId },
      });
    expect((await projects()).status).toBe(200);
    const list = ['grant', 'list', 'acme.my', '--user', 'ana', '--application', clientId];
    const [grant] = await house.json<{ grant_id: string; state: string; application: string }[]>(list);
    expect(grant).toMatchObject({ state: 'active', application: 'Reports', username: 'ana' });
    const revoke = ['grant', 'revoke', 'acme.my', grant!.grant_id];
    expect(await house.json(revoke)).toMatchObject({
      state: 'revoked',
      revoked_reason: 'revoked-by-administrator',
    });
    expect((await projects()).status).toBe(401);
    expect(await house.json(revoke)).toMatchObject({ state: 'revoked' });
  });

  it('a grant of a user who was disabled and enabled again is never shown as active', async () => {
    const code = await new Person(server, 'acme.my.localhost').allows(authorizePath(clientId));
    await exchange(server, code);
    await house.json(['user', 'update', 'acme.my', 'ana', '--enabled', 'off']);
    await house.json(['user', 'update', 'acme.my', 'ana', '--enabled', 'on']);
    const [grant] = await house.json<{ grant_id: string }[]>(['grant', 'list', 'acme.my']);
    expect(await house.json(['grant', 'show', 'acme.my', grant!.grant_id])).toMatchObject({
      state: 'blocked',
    });
  });

  it('a second server on the same data is refused', async () => {
    const { code, stdout, stderr } = await house.launch(['serve', '--port', '0']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: Another Fluxo server is running on [^\n]+\n$/);
  });
});

describe('start and stop', () => {
  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const { code, stderr } = await house.launch(['serve', '--port', port]);
    other.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: Something else listens on 127\\.0\\.0\\.1 port ${port} [^\\n]+\\n$`),
    );
  });

  it('flags win over settings, and settings over defaults', async () => {
    const server = await house.serve(['--host', '127.0.0.1'], { HOST: '10.255.255.1', PORT: '1' });
    expect(server.port).not.toBe(1);
    await server.kill();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('%s: a sign-in that has begun is answered', async (signal) => {
    const server = await house.serve();
    const person = new Person(server, 'acme.my.localhost');
    const flow = await person.comesToPassword(authorizePath(clientId));
    const body = new URLSearchParams({ flow, password: PASSWORD }).toString();
    const headers = { expect: '100-continue', 'content-length': String(body.length) };
    const post = person.beginPost('/sign-in/password', headers);
    post.flushHeaders();
    await once(post, 'continue');
    server.process.kill(signal);
    await server.says(/Fluxo stops/);
    const answer = readAnswer(post);
    post.end(body);
    expect((await answer).status).toBe(303);
    expect((await answer).headers.location).toMatch(/^\/consent\?flow=/);
    expect(await server.exitCode()).toBe(0);
  });

  it('a second signal ends at once', async () => {
    const server = await house.serve();
    const person = new Person(server, 'acme.my.localhost');
    const post = person.beginPost('/sign-in', { expect: '100-continue', 'content-length': '10' });
    post.on('error', () => undefined);
    post.flushHeaders();
    await once(post, 'continue');
    server.process.kill('SIGTERM');
    await server.says(/Fluxo stops/);
    server.process.kill('SIGTERM');
    expect(await server.exitCode()).toBe(143);
  });
});

const TOKEN_PATH = '/integrations/oauth2/api/v1/token';

async function token(server: RunningServer, code: string, secret: string): Promise<Record<string, string>> {
  const answer = await server.ask(TOKEN_PATH, {
    host: 'acme.my.localhost',
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URL }),
  });
  return JSON.parse(answer.body) as Record<string, string>;
}

async function refusalOf(server: RunningServer, secret: string): Promise<string | undefined> {
  return (await token(server, 'unknown', secret))['error'];
}

async function exchange(server: RunningServer, code: string): Promise<string> {
  return (await token(server, code, clientSecret))['access_token'] ?? '';
}
