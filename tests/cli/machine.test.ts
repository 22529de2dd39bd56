import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse, PASSWORD } from './fluxo-process.js';

type Row = Record<string, unknown>;

const ID = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;
const house = new FluxoHouse();
let clientId: string;
let clientSecret: string;
let wid: string;
let environmentId: string;

beforeAll(async () => {
  environmentId = String(
    (await house.json(['environment', 'create', 'acme.my', '--name', 'Acme']))['environment_id'],
  );
  const user = ['user', 'create', 'acme.my', 'ana', '--name', 'Ana'];
  wid = String((await house.json(user, { input: `${PASSWORD}\n` }))['wid']);
  const create = [
    'application',
    'create',
    'acme.my',
    '--kind',
    'machine',
    '--name',
    'Import',
    '--admin-api',
    'on',
  ];
  const application = await house.json(create);
  clientId = String(application['client_id']);
  clientSecret = String(application['client_secret']);
});
afterAll(() => house.remove());

const key = (verb: string, ...more: string[]): string[] => [
  ...['application', 'key', verb, 'acme.my', clientId, ...more],
];

describe('machine applications, from the shell', () => {
  it('have a secret, no redirect URL, and may use the administrators’ API where they are let', async () => {
    expect(clientSecret).toMatch(/^[A-Za-z0-9]{30,}$/);
    expect(await house.json(['application', 'show', 'acme.my', clientId])).toMatchObject({
      ...{ kind: 'machine', redirect_urls: [], admin_api: true, introspect_environment: false },
    });
    const update = ['application', 'update', 'acme.my', clientId];
    expect(
      await house.json([...update, '--introspect-environment', 'on', '--admin-api', 'off']),
    ).toMatchObject({
      ...{ admin_api: false, introspect_environment: true },
    });
    const redirect = await house.run([...update, '--redirect-url', 'https://import.example/cb']);
    expect([redirect.code, redirect.stderr]).toEqual([1, expect.stringContaining('no redirect URLs')]);
  });

  it('other kinds have neither: each refusal says why', async () => {
    const create = [
      'application',
      'create',
      'acme.my',
      '--name',
      'X',
      '--redirect-url',
      'https://x.example/',
    ];
    const refusals = [
      [['--kind', 'web', '--admin-api', 'on'], 'Only a machine application'],
      [['--kind', 'spa', '--introspect-environment', 'on'], 'no secret'],
      [['--kind', 'machine'], 'no redirect URLs'],
    ] as const;
    for (const [options, reason] of refusals) {
      const { code, stdout, stderr } = await house.run([...create, ...options, '--json']);
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(reason)]);
    }
    const without = await house.run(['application', 'create', 'acme.my', '--kind', 'web', '--name', 'X']);
    expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('At least one redirect URL')]);
  });

  it('a pair that is made here signs a JWT that a running server takes, until the key is deleted', async () => {
    const made = await house.json(key('create', '--user', 'ana', '--generate', 'ES256', '--note', 'nightly'));
    expect(made).toMatchObject({ key_id: ID, algorithm: 'ES256', wid });
    const privateKey = createPrivateKey(String(made['private_key']));
    const server = await house.serve();
    const exchange = async (): Promise<number> => {
      const jwt = await new SignJWT({ iss: environmentId, sub: wid })
        .setProtectedHeader({ alg: 'ES256' })
        .setExpirationTime('5 minutes')
        .sign(privateKey);
      const { status } = await server.ask('/integrations/oauth2/api/v1/jwt/exchange', {
        host: 'acme.my.localhost',
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          client_id: clientId,
          client_secret: clientSecret,
          jwt_token: jwt,
        }).toString(),
      });
      return status;
    };
    expect(await exchange()).toBe(200);
    const listed = await house.run([...key('list'), '--json']);
    expect(listed.stdout).not.toContain('PRIVATE');
    expect(JSON.parse(listed.stdout)).toMatchObject([
      {
        key_id: made['key_id'],
        username: 'ana',
        note: 'nightly',
        last_used_at: expect.any(String) as string,
      },
    ]);
    const remove = key('delete', String(made['key_id']));
    expect(await house.json(remove)).toEqual({ key_id: made['key_id'], deleted: true });
    expect(await exchange()).toBe(400);
    expect((await house.run(remove)).code).toBe(1);
    expect(await house.json<Row[]>(key('list'))).toMatchObject([
      { deleted_at: expect.any(String) as string },
    ]);
  });

  it('a public key is read from a file; a private one there is refused and not repeated', async () => {
    const pair = generateKeyPairSync('ed25519');
    const [publicFile, privateFile] = [join(house.data, 'public.pem'), join(house.data, 'private.pem')];
    writeFileSync(publicFile, pair.publicKey.export({ format: 'pem', type: 'spki' }));
    const privatePem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    writeFileSync(privateFile, privatePem);
    const add = (file: string) =>
      house.run([...key('create', '--user', wid, '--public-key', file), '--json']);
    expect(JSON.parse((await add(publicFile)).stdout)).toMatchObject({
      algorithm: 'EdDSA',
      private_key: null,
    });
    const refused = await add(privateFile);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('leaked');
    expect(refused.stderr).not.toContain(privatePem.split('\n')[1]);
    expect((await add(join(house.data, 'nothing.pem'))).stderr).toContain('can’t be read');
  });

  it('for people the private key stands whole on lines of its own, marked as shown once', async () => {
    const { stdout } = await house.run(key('create', '--user', 'ana', '--generate', 'EdDSA'));
    expect(stdout).toMatch(/^private_key: {3}\(shown once: keep it now\)\n-----BEGIN PRIVATE KEY-----\n/m);
    expect(stdout).toMatch(/\n-----END PRIVATE KEY-----\n$/);
  });

  it.each([
    ['neither a key nor an algorithm', []],
    ['both', ['--generate', 'ES256', '--public-key', 'x.pem']],
    ['an algorithm that is none', ['--generate', 'HS256']],
  ])('wrong usage: %s', async (_what, more) => {
    expect((await house.run(key('create', '--user', 'ana', ...more))).code).toBe(2);
  });

  it('as many applications as the environment may have, and no more', async () => {
    const limit = ['environment', 'update', 'acme.my', '--max-applications'];
    expect(await house.json([...limit, '2'])).toMatchObject({ max_applications: 2 });
    const create = ['application', 'create', 'acme.my', '--kind', 'machine', '--name', 'More'];
    await house.json(create);
    const refused = await house.run(create);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--max-applications')]);
    for (const wrong of ['0', '1001']) expect((await house.run([...limit, wrong])).code).toBe(1);
    await house.json([...limit, '3']);
    await house.json(create);
  });
});
