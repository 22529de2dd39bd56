import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FluxoHouse, PASSWORD } from './fluxo-process.js';

const house = new FluxoHouse();
afterAll(() => house.remove());

const OIDC = ['--kind', 'oidc', '--name', 'Acme', '--issuer', 'https://id.acme.example'];
let providerId: string;

beforeAll(async () => {
  await house.json(['environment', 'create', 'acme.my', '--name', 'Acme']);
  await house.json(['user', 'create', 'acme.my', 'ana', '--name', 'Ana'], {
    env: { FLUXO_PASSWORD: PASSWORD },
  });
});

describe('fluxo identity-provider', () => {
  it('create answers with the URL that the provider needs, before there is a client ID', async () => {
    const created = await house.json(['identity-provider', 'create', 'acme.my', ...OIDC]);
    providerId = String(created['provider_id']);
    expect(created).toEqual({
      provider_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      enabled: false,
      post_logout_redirect_url: 'http://acme.my.localhost:3000/signed-out',
      callback_url: `http://acme.my.localhost:3000/sign-in/oidc/${providerId}/callback`,
    });
  });

  it('update takes the secret from standard input or a setting, and shows it never', async () => {
    const args = [
      'identity-provider',
      'update',
      'acme.my',
      providerId,
      '--client-id',
      'fluxo',
      '--client-secret',
    ];
    await house.json(args, { env: { FLUXO_CLIENT_SECRET: 'first-secret' } });
    const domains = ['--enabled', 'on', '--email-domain', 'acme.example', 'b.example'];
    expect(await house.json([...args, ...domains], { input: 'very-secret-indeed\n' })).toMatchObject({
      ...{ enabled: true, client_id: 'fluxo', has_client_secret: true },
      email_domains: ['acme.example', 'b.example'],
    });
    const shown = await house.run(['identity-provider', 'show', 'acme.my', providerId, '--json']);
    expect(shown.stdout).not.toContain('very-secret');
    const listed = await house.json<unknown[]>(['identity-provider', 'list', 'acme.my']);
    expect(listed).toEqual([JSON.parse(shown.stdout)]);
    // Nor does it stand in the file.
    expect(readFileSync(join(house.data, 'fluxo.sqlite')).includes('very-secret')).toBe(false);
    expect(
      await house.json(['identity-provider', 'update', 'acme.my', providerId, '--email-domain', 'none']),
    ).toMatchObject({ email_domains: [] });
  });

  it('test prints a link to this environment', async () => {
    const { url } = await house.json(['identity-provider', 'test', 'acme.my', providerId]);
    expect(url).toMatch(/^http:\/\/acme\.my\.localhost:3000\/identity-provider-test\?ticket=[0-9a-f]{108}$/);
  });

  it.each([
    ['an issuer in the clear', [...OIDC.slice(0, 4), '--issuer', 'http://id.acme.example'], /https address/],
    ['an option of the other kind', [...OIDC, '--entity-id', 'x'], /--entity-id is not for .* oidc/],
    ['enabled without what it needs', [...OIDC, '--enabled', 'on'], /needs a client ID/],
    ['a domain that is none', [...OIDC, '--email-domain', 'acme'], /not an e-mail domain/],
    [
      'a file that isn’t there',
      ['--kind', 'saml', '--name', 'S', '--certificate', '/nowhere'],
      /can’t be read/,
    ],
  ])('create says what is wrong: %s', async (_name, options, message) => {
    const failed = await house.run(['identity-provider', 'create', 'acme.my', ...options]);
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(message)]);
  });

  it('an unknown kind is wrong usage', async () => {
    const args = ['identity-provider', 'create', 'acme.my', '--kind', 'ldap', '--name', 'x'];
    expect((await house.run(args)).code).toBe(2);
  });
});

describe('the environment’s rule and its users', () => {
  it('single sign-on is required only where a provider is ready', async () => {
    await house.json(['environment', 'create', 'bare.my', '--name', 'Bare']);
    const refused = await house.run(['environment', 'update', 'bare.my', '--single-sign-on', 'required']);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      'error: No identity provider is enabled here, so nobody could sign in. Make and enable one first.\n',
    ]);
    const options = ['--single-sign-on', 'required', '--administrators-exempt', 'on'];
    expect(await house.json(['environment', 'update', 'acme.my', ...options])).toMatchObject({
      single_sign_on: 'required',
      administrators_exempt: true,
    });
  });

  it('a user has a federation ID at a provider, and may have nothing else', async () => {
    const update = (...options: string[]) => house.json(['user', 'update', 'acme.my', 'ana', ...options]);
    const linked = await update('--only-single-sign-on', 'on', '--federation-id', `${providerId}=e-1`);
    expect(linked).toMatchObject({ only_single_sign_on: true, federation_ids: [`${providerId}=e-1`] });
    const eva = ['user', 'create', 'acme.my', 'eva', '--name', 'Eva', '--only-single-sign-on'];
    expect(await house.json(eva)).toMatchObject({ username: 'eva' });
    const taken = ['user', 'update', 'acme.my', 'eva', '--federation-id', `${providerId}=e-1`];
    expect((await house.run(taken)).stderr).toContain('Somebody else is "e-1"');
    expect(await update('--federation-id', `${providerId}=`)).toMatchObject({ federation_ids: [] });
    const nowhere = await house.run(['user', 'update', 'acme.my', 'ana', '--federation-id', 'e-1']);
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('<provider_id>=<ID>')]);
  });

  it('the last provider is neither disabled nor deleted while single sign-on is required', async () => {
    const disable = ['identity-provider', 'update', 'acme.my', providerId, '--enabled', 'off'];
    const refusal =
      'error: Single sign-on is required here, and this is the only provider that is enabled: nobody could sign in.\n';
    for (const closing of [disable, ['identity-provider', 'delete', 'acme.my', providerId]]) {
      const { code, stderr } = await house.run(closing);
      expect([code, stderr]).toEqual([1, refusal]);
    }
    await house.json(['environment', 'update', 'acme.my', '--single-sign-on', 'offered']);
    expect(await house.json(disable)).toMatchObject({ enabled: false });
  });

  it('a deleted provider is gone', async () => {
    expect(await house.json(['identity-provider', 'delete', 'acme.my', providerId])).toEqual({
      ...{ provider_id: providerId, deleted: true },
    });
    expect((await house.run(['identity-provider', 'show', 'acme.my', providerId])).code).toBe(1);
  });
});
