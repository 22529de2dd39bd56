import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse, furnish, REDIRECT_URL, type RunningServer } from './fluxo-process.js';
import { authorizePath, Person } from './person.js';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}
interface KeyRow {
  readonly key_id: string;
  readonly state: string;
}

const HOST = 'acme.my.localhost';
const house = new FluxoHouse();
const keyFile = join(house.data, 'secret-keys');
let credentials: Record<string, string> = {};
let server: RunningServer;

async function token(fields: Readonly<Record<string, string>>): Promise<Tokens> {
  const { status, body } = await server.ask('/oauth2/token', {
    host: HOST,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, ...credentials }).toString(),
  });
  if (status !== 200) throw new Error(`${status} ${body}`);
  return JSON.parse(body) as Tokens;
}

const refresh = ({ refresh_token }: Tokens): Promise<Tokens> =>
  token({ grant_type: 'refresh_token', refresh_token });

async function connect(clientId: string): Promise<Tokens> {
  const code = await new Person(server, HOST).allows(authorizePath(clientId));
  return token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URL });
}

async function restart(): Promise<void> {
  server.process.kill('SIGTERM');
  await server.exitCode();
  server = await house.serve();
}

const states = async (): Promise<readonly string[]> =>
  (await house.json<KeyRow[]>(['keys', 'list'])).map(({ state }) => state);
const idOf = async (state: string): Promise<string> =>
  (await house.json<KeyRow[]>(['keys', 'list'])).find((row) => row.state === state)?.key_id ?? '';

let clientId = '';
beforeAll(async () => {
  const furnished = await furnish(house);
  ({ clientId } = furnished);
  credentials = { client_id: clientId, client_secret: furnished.clientSecret };
  await house.json(['application', 'update', 'acme.my', clientId, '--refresh-rotation', 'on']);
  server = await house.serve();
});
afterAll(() => house.remove());

describe('the keys, from the first to the retired', () => {
  it('the first start records the key; the listing never shows a key', async () => {
    expect(await states()).toEqual(['signing']);
    const { stdout } = await house.run(['keys', 'list']);
    expect(stdout).not.toContain(readFileSync(keyFile, 'utf8').trim());
  });

  it('the key that signs can’t be retired', async () => {
    const { code, stderr } = await house.run(['keys', 'retire', await idOf('signing')]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is the key that signs')]);
  });

  it('a rotation puts a new key first, keeps the old ones, and ends no token; a lost answer is repeated', async () => {
    const first = await connect(clientId);
    const second = await refresh(first);
    const before = readFileSync(keyFile, 'utf8');
    await house.json(['keys', 'rotate']);
    expect(readFileSync(keyFile, 'utf8').endsWith(`\n${before}`)).toBe(true);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    await restart();
    expect(await states()).toEqual(['verifying', 'signing']);
    expect((await refresh(first)).refresh_token).toBe(second.refresh_token);
    const third = await refresh(second);
    expect(await refresh(third)).not.toEqual(third);
  });

  it('until a server has used the new key, the old one is neither retired nor buried under a second rotation', async () => {
    const old = await idOf('signing');
    await house.json(['keys', 'rotate']);
    for (const args of [
      ['keys', 'retire', old],
      ['keys', 'rotate'],
    ]) {
      const { code, stderr } = await house.run(args);
      expect([code, stderr]).toEqual([1, expect.stringContaining('Restart it first')]);
    }
    await restart();
  });

  it('a retired key leaves the file, is missed by nobody, and what only it signed ends', async () => {
    const old = await connect(clientId);
    const oldKey = await idOf('signing');
    await house.json(['keys', 'rotate']);
    await restart();
    const young = await connect(clientId);
    const retired = await house.json(['keys', 'retire', oldKey]);
    expect(retired).toEqual({ key_id: oldKey, retired: true, resealed: 0, dropped_from_file: true });
    await restart();
    expect(await states()).toContain('retired');
    await expect(refresh(old)).rejects.toThrow('invalid_grant');
    await refresh(young);
  });

  it('what a key sealed is sealed anew before it is retired; without the key, nothing is lost unasked', async () => {
    const oldKey = await idOf('signing');
    const provider = await house.json(
      [
        'identity-provider',
        'create',
        'acme.my',
        '--kind',
        'oidc',
        '--name',
        'Acme',
        '--client-id',
        'fluxo',
      ].concat(['--issuer', 'https://id.acme.example', '--client-secret']),
      { env: { FLUXO_CLIENT_SECRET: 'a secret' } },
    );
    await house.json(['keys', 'rotate']);
    await restart();
    const kept = readFileSync(keyFile, 'utf8');
    writeFileSync(keyFile, `${kept.split('\n', 1)[0] ?? ''}\n`);
    const { code, stderr } = await house.run(['keys', 'retire', oldKey]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('the secrets of 1 identity providers')]);
    writeFileSync(keyFile, kept);
    expect(await house.json(['keys', 'retire', oldKey])).toMatchObject({ retired: true, resealed: 1 });
    // Sealed with the key that signs, it goes on being read: the next rotation seals it anew, too.
    const next = await idOf('signing');
    await house.json(['keys', 'rotate']);
    await restart();
    expect(await house.json(['keys', 'retire', next])).toMatchObject({ resealed: 1 });
    await house.json(['identity-provider', 'delete', 'acme.my', String(provider['provider_id'])]);
    await restart();
  });

  it('a key that nobody knows is not retired', async () => {
    const { code, stderr } = await house.run(['keys', 'retire', '0000000000000000']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('No server has used')]);
  });
});

describe('a server whose keys don’t fit its database', () => {
  beforeAll(async () => {
    server.process.kill('SIGTERM');
    await server.exitCode();
  });

  it('does not start, names the missing key and the ways out, and starts when the key is back', async () => {
    const kept = readFileSync(keyFile, 'utf8');
    const missing = await idOf('signing');
    writeFileSync(keyFile, `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const { code, stderr } = await house.launch(['serve', '--port', '0']);
    expect(code).toBe(1);
    for (const part of [missing, 'secret-keys', 'FLUXO_SECRET_KEYS', `fluxo keys retire ${missing}`]) {
      expect(stderr).toContain(part);
    }
    expect(stderr).not.toContain('    at ');
    writeFileSync(keyFile, kept);
    server = await house.serve();
  });

  it('keys from the settings are not changed: the new list is printed to be set', async () => {
    const keys = readFileSync(keyFile, 'utf8').trim().split('\n').join(',');
    const env = { FLUXO_SECRET_KEYS: keys };
    const rotated = await house.json(['keys', 'rotate'], { env });
    expect(rotated).toEqual({
      changed: false,
      FLUXO_SECRET_KEYS: expect.stringContaining(`,${keys}`) as unknown,
    });
    expect(readFileSync(keyFile, 'utf8').trim().split('\n').join(',')).toBe(keys);
    server.process.kill('SIGTERM');
    await server.exitCode();
    server = await house.serve([], { FLUXO_SECRET_KEYS: String(rotated['FLUXO_SECRET_KEYS']) });
  });
});
