import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse, PASSWORD, REDIRECT_URL } from './fluxo-process.js';

type Row = Record<string, unknown>;

const ID = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;
const SECRET = expect.stringMatching(/^fxk[A-Za-z0-9]{30,}$/) as unknown;

const house = new FluxoHouse();
const file = (): string => join(house.data, 'applications.yaml');
beforeAll(async () => {
  await house.json(['environment', 'create', 'acme.my', '--name', 'Acme']);
  const env = { FLUXO_PASSWORD: PASSWORD };
  await house.json(['user', 'create', 'acme.my', 'ana', '--name', 'Ana', '--administrator'], { env });
  const create = ['application', 'create', 'acme.my', '--kind', 'web', '--name', 'Reports'];
  await house.json([...create, '--redirect-url', REDIRECT_URL, '--description', 'Says "yes": # or no']);
});
afterAll(() => house.remove());

describe('applications as code', () => {
  it('what export prints is what apply takes: nothing to change, exit 0', async () => {
    const { stdout } = await house.run(['application', 'export', 'acme.my']);
    writeFileSync(file(), stdout);
    const dry = await house.run(['application', 'apply', 'acme.my', file(), '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stdout: 'Nothing to change: 1 as the file says.\n', stderr: '' });
  });

  it('--dry-run tells each difference and exits with 2, then apply makes it so, once', async () => {
    const text = `applications:
  - name: Reports
    description: null
  - name: Board
    kind: web
    redirect_urls: [https://board.example/cb]
`;
    writeFileSync(file(), text);
    const apply = ['application', 'apply', 'acme.my', file()];
    const dry = await house.run([...apply, '--dry-run']);
    expect(dry.code).toBe(2);
    expect(dry.stdout).toContain(`-   description: "Says \\"yes\\": # or no"\n+   description: none\n`);
    expect(dry.stdout).toContain('1 to register, 1 to change, 0 as the file says. Nothing was written.');
    expect(dry.stdout).not.toMatch(/fxk/);

    const applied = await house.json(apply);

    expect(applied).toMatchObject({
      changed: true,
      applications: [
        { action: 'update', name: 'Reports', client_secret: null },
        { action: 'create', name: 'Board', client_id: ID, client_secret: SECRET },
      ],
    });
    expect(await house.json(apply)).toMatchObject({ changed: false });
  });

  it('a member that is none is named with its line, and nothing is written', async () => {
    writeFileSync(file(), 'applications:\n  - name: Reports\n    colour: red\n');
    const { code, stdout, stderr } = await house.run(['application', 'apply', 'acme.my', file()]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: line 3: "colour" is no member/);
  });
});

describe('lanes', () => {
  it('are created with an invitation, listed, compared and filled', async () => {
    const created = await house.json(['lane', 'create', 'acme.my', 'preview', '--administrator', 'ana']);
    const origin = 'http://acme.preview.localhost:3000';
    const link: unknown = expect.stringMatching(
      /^http:\/\/acme\.preview\.localhost:3000\/new-password\?link=fxp\w+$/,
    );
    expect(created).toEqual({ lane: 'preview', environment_id: ID, origin, link });
    expect(await house.json<Row[]>(['lane', 'list', 'acme.my'])).toMatchObject([
      { lane: 'my', current: true, applications: 2 },
      { lane: 'preview', current: false, applications: 0 },
    ]);
    const copied = await house.json<Row[]>(['lane', 'copy', 'acme.my', 'preview', '--all']);
    expect(copied).toMatchObject([
      { name: 'Board', action: 'created', client_secret: SECRET, target_client_id: ID },
      { name: 'Reports', action: 'created', client_secret: SECRET, target_client_id: ID },
    ]);
    expect(await house.json<Row[]>(['lane', 'compare', 'acme.my', 'preview'])).toMatchObject([
      { name: 'Board', state: 'same', differences: [] },
      { name: 'Reports', state: 'same', differences: [] },
    ]);
  });
});

describe('operator keys', () => {
  it('are shown once, listed by their last characters, and deleted with a tombstone', async () => {
    const key = await house.json(['operator-key', 'create', '--note', 'provisioning']);
    expect(key).toEqual({ key_id: ID, operator_key: expect.stringMatching(/^fxo[A-Za-z0-9]+$/) as unknown });
    const remove = ['operator-key', 'delete', String(key['key_id'])];
    expect(await house.json(remove)).toEqual({ key_id: key['key_id'], deleted: true });
    const { stdout } = await house.run(['operator-key', 'list', '--json']);
    expect(stdout).not.toContain(key['operator_key']);
    expect(JSON.parse(stdout)).toMatchObject([
      { note: 'provisioning', deleted_at: expect.any(String) as unknown },
    ]);
    expect((await house.run(remove)).code).toBe(1);
  });
});
