import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse, PASSWORD, REDIRECT_URL, runAnywhere } from './fluxo-process.js';

type Row = Record<string, unknown>;

const ID = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;
const SECRET = expect.stringMatching(/^[A-Za-z0-9]{30,}$/) as unknown;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const house = new FluxoHouse();
afterAll(() => house.remove());

describe('the issue’s commands, as they are written there', () => {
  it('environment create answers with exactly four fields', async () => {
    expect(await house.json(['environment', 'create', 'acme.my', '--name', 'Acme'])).toEqual({
      environment_id: ID,
      domain: 'acme',
      lane: 'my',
      origin: 'http://acme.my.localhost:3000',
    });
  });

  it('user create takes the password from standard input', async () => {
    const args = ['user', 'create', 'acme.my', 'ana', '--name', 'Ana Souza', '--administrator'];
    expect(await house.json(args, { input: `${PASSWORD}\n` })).toEqual({ wid: ID, username: 'ana' });
  });

  it('user create takes the password from FLUXO_PASSWORD', async () => {
    const env = { FLUXO_PASSWORD: PASSWORD };
    expect(await house.json(['user', 'create', 'acme.my', 'bob', '--name', 'Bob'], { env })).toEqual({
      wid: ID,
      username: 'bob',
    });
  });

  it('application create takes all its options and answers with exactly two fields', async () => {
    const created = await house.json([
      ...['application', 'create', 'acme.my', '--kind', 'web', '--name', 'Reports'],
      ...[
        '--redirect-url',
        REDIRECT_URL,
        'https://reports.example/two',
        '--redirect-url',
        'https://three.example/',
      ],
      ...['--refresh-rotation', 'on', '--refresh-absolute-days', '90', '--refresh-inactivity-days', 'none'],
      ...['--token-type', 'Bearer', '--remember-consent', 'on'],
    ]);
    expect(created).toEqual({ client_id: ID, client_secret: SECRET });
    const shown = await house.launch([
      'application',
      'show',
      'acme.my',
      String(created['client_id']),
      '--json',
    ]);
    expect(shown.stdout).not.toContain(created['client_secret']);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      redirect_urls: [REDIRECT_URL, 'https://reports.example/two', 'https://three.example/'],
      refresh_rotation: true,
      refresh_absolute_days: 90,
      refresh_inactivity_days: null,
      token_type: 'Bearer',
      remember_consent: true,
      enabled: true,
      created_at: TIME,
    });
  });

  it('a spa has no secret, and client_secret says so', async () => {
    const args = ['application', 'create', 'acme.my', '--kind', 'spa', '--name', 'Board'];
    expect(await house.json([...args, '--redirect-url', 'http://localhost:4000/cb'])).toEqual({
      client_id: ID,
      client_secret: null,
    });
  });
});

describe('list, show, update, delete', () => {
  beforeAll(() => house.json(['environment', 'create', 'round.sb01', '--name', 'Round']));

  it('of environments', async () => {
    const listed = await house.json<Row[]>(['environment', 'list']);
    expect(listed.map((row) => `${String(row['domain'])}.${String(row['lane'])}`)).toEqual([
      'acme.my',
      'round.sb01',
    ]);
    const update = [
      'environment',
      'update',
      'round.sb01',
      '--name',
      'Rounder',
      '--session-id-in-query',
      'on',
    ];
    const times = ['--session-idle-minutes', '60', '--session-total-hours', '48'];
    expect(await house.json([...update, ...times])).toMatchObject({
      name: 'Rounder',
      session_idle_minutes: 60,
      session_total_hours: 48,
      session_id_in_query: true,
    });
    expect(await house.json(['environment', 'show', 'round.sb01'])).toMatchObject({ name: 'Rounder' });
    expect(await house.json(['environment', 'delete', 'round.sb01'])).toMatchObject({ deleted: true });
    expect((await house.run(['environment', 'show', 'round.sb01'])).code).toBe(1);
  });

  it('of users, named by username in any case or by wid', async () => {
    const [ana] = await house.json<Row[]>(['user', 'list', 'acme.my']);
    expect(ana).toMatchObject({ username: 'ana', administrator: true, enabled: true });
    const update = ['user', 'update', 'acme.my', 'ANA', '--name', 'Ana S.', '--administrator', 'off'];
    for (const last of [update, ['user', 'delete', 'acme.my', 'ana']]) {
      const { code, stderr } = await house.run(last);
      const refusal =
        'error: "ana" is the last administrator who may sign in: make somebody else one first.\n';
      expect([code, stderr]).toEqual([1, refusal]);
    }
    const cleo = ['user', 'create', 'acme.my', 'cleo', '--name', 'Cleo', '--administrator'];
    await house.json(cleo, { input: 'a-long-enough-one' });
    await house.json([...update, '--enabled', 'off']);
    expect(await house.json(['user', 'show', 'acme.my', String(ana?.['wid'])])).toMatchObject({
      name: 'Ana S.',
      administrator: false,
      enabled: false,
      disabled_at: TIME,
    });
    await house.json(['user', 'update', 'acme.my', 'bob', '--password'], { input: 'another-long-one' });
    expect(await house.json(['user', 'delete', 'acme.my', 'bob'])).toMatchObject({ deleted: true });
    expect((await house.run(['user', 'show', 'acme.my', 'bob'])).code).toBe(1);
  });

  it('of applications, their texts and their logo', async () => {
    const [first] = await house.json<Row[]>(['application', 'list', 'acme.my']);
    const clientId = String(first?.['client_id']);
    const logo = join(house.data, 'logo.png');
    writeFileSync(logo, PNG);
    const update = ['application', 'update', 'acme.my', clientId];
    const texts = ['--description', 'Draws.', '--developer-email', 'dev@board.example', '--logo', logo];
    expect(
      await house.json([...update, ...texts, '--terms-url', 'https://board.example/terms']),
    ).toMatchObject({
      description: 'Draws.',
      developer_email: 'dev@board.example',
      terms_url: 'https://board.example/terms',
      logo: true,
    });
    expect(await house.json([...update, '--description', '', '--no-logo', '--enabled', 'off'])).toMatchObject(
      {
        description: null,
        terms_url: 'https://board.example/terms',
        logo: false,
        enabled: false,
      },
    );
    expect(await house.json(['application', 'delete', 'acme.my', clientId])).toMatchObject({ deleted: true });
    expect((await house.run([...update, '--enabled', 'on'])).code).toBe(1);
  });

  it('of secrets: shown once, a tombstone after', async () => {
    const [web] = await house.json<Row[]>(['application', 'list', 'acme.my']);
    const clientId = String(web?.['client_id']);
    const create = ['application', 'secret', 'create', 'acme.my', clientId, '--note', 'from October'];
    const secret = await house.json(create);
    expect(secret).toEqual({ secret_id: ID, client_secret: SECRET });
    const list = ['application', 'secret', 'list', 'acme.my', clientId];
    expect((await house.run(list)).stdout).not.toContain(secret['client_secret']);
    const remove = ['application', 'secret', 'delete', 'acme.my', clientId, String(secret['secret_id'])];
    expect(await house.json(remove)).toEqual({ secret_id: secret['secret_id'], deleted: true });
    expect(await house.json<Row[]>(list)).toMatchObject([
      { note: null, deleted_at: null },
      { note: 'from October', deleted_at: TIME },
    ]);
    expect((await house.run(remove)).code).toBe(1);
  });
});

describe('what people read', () => {
  it('marks a secret as shown once', async () => {
    const create = ['application', 'create', 'acme.my', '--kind', 'web', '--name', 'Human'];
    const { stdout } = await house.launch([...create, '--redirect-url', REDIRECT_URL]);
    expect(stdout).toMatch(/^client_secret: \w+ {3}\(shown once: keep it now\)$/m);
  });

  it('aligns a table', async () => {
    const lines = (await house.run(['application', 'list', 'acme.my'])).stdout.split('\n');
    expect(lines[0]).toMatch(/^NAME +KIND +ENABLED +CLIENT_ID$/);
    expect(lines[1]?.indexOf('web')).toBe(lines[0]?.indexOf('KIND'));
  });

  it('has examples in the help', async () => {
    const { code, stdout } = await house.launch(['application', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('--data <DIR>');
  });
});

describe('--data', () => {
  it('may stand before the command', async () => {
    expect((await runAnywhere(['--data', house.data, 'user', 'list', 'acme.my'])).code).toBe(0);
  });

  it('may come from FLUXO_DATA', async () => {
    const { code, stdout } = await runAnywhere(['environment', 'list', '--json'], { FLUXO_DATA: house.data });
    expect({ code, rows: (JSON.parse(stdout) as Row[]).length }).toEqual({ code: 0, rows: 1 });
  });
});

describe('failures', () => {
  const anywhere = ['--redirect-url', 'https://x.example/'];
  it.each([
    [
      'a name that is taken',
      ['environment', 'create', 'acme.my', '--name', 'Again'],
      /acme\.my exists already/,
    ],
    ['a reserved domain', ['environment', 'create', 'oauth.my', '--name', 'X'], /reserved/],
    ['an environment that isn’t there', ['user', 'list', 'nobody.my'], /no environment nobody\.my/],
    ['a user that isn’t there', ['user', 'show', 'acme.my', 'nobody'], /no user "nobody"/],
    ['a grant that isn’t there', ['grant', 'revoke', 'acme.my', '0'.repeat(32)], /no grant/],
    ['an id that is none', ['application', 'show', 'acme.my', 'x'], /"x" is not a client_id/],
    [
      'a redirect URL on plain http',
      [
        'application',
        'create',
        'acme.my',
        '--kind',
        'web',
        '--name',
        'X',
        '--redirect-url',
        'http://x.example/',
      ],
      /use https/,
    ],
    ['no password', ['user', 'create', 'acme.my', 'eve', '--name', 'Eve'], /FLUXO_PASSWORD/],
  ])('%s: exit 1, one line on standard error, nothing on standard output', async (_what, args, text) => {
    const { code, stdout, stderr } = await house.run([...args, '--json'], { input: '' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(text);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
  });

  it.each([
    ['an unknown command', ['bogus']],
    ['an unknown subcommand', ['user', 'bogus']],
    ['a missing subcommand', ['user']],
    ['an unknown option', ['user', 'list', 'acme.my', '--bogus']],
    ['a missing argument', ['user', 'list']],
    ['a missing option', ['environment', 'create', 'new.my']],
    ['a kind that is none', ['application', 'create', 'acme.my', '--kind', 'x', '--name', 'X', ...anywhere]],
    ['days that are no number', ['application', 'update', 'acme.my', 'x', '--refresh-absolute-days', 'many']],
    ['a switch that is neither on nor off', ['user', 'update', 'acme.my', 'ana', '--enabled', 'yes']],
    ['an update of nothing', ['user', 'update', 'acme.my', 'ana']],
    [
      'a password as an option',
      ['user', 'create', 'acme.my', 'eve', '--name', 'Eve', '--password', PASSWORD],
    ],
    ['a password behind --password', ['user', 'update', 'acme.my', 'ana', '--password', PASSWORD]],
    ['a port that is none', ['serve', '--port', '70000']],
  ])('%s: exit 2, nothing on standard output', async (_what, args) => {
    const { code, stdout, stderr } = await house.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toContain(PASSWORD);
    expect(stderr).not.toBe('');
  });

  it('a data directory that isn’t there is an error, not an empty database', async () => {
    const elsewhere = new FluxoHouse();
    const { code, stderr } = await elsewhere.launch(['environment', 'list']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no Fluxo database in .*--data/);
    await elsewhere.remove();
  });

  it('a wrong setting is named', async () => {
    const { code, stderr } = await house.launch(['environment', 'list'], {
      env: { FLUXO_PUBLIC_SCHEME: 'gopher' },
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'error: FLUXO_PUBLIC_SCHEME: "gopher" is neither http nor https.\n',
    });
  });
});
