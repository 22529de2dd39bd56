import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type IdentityProvider } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseSettingsOf } from '../support/database.js';
import { ForgingProvider } from '../support/forging-provider.js';
import { bringBack, forwardOf, LOOPBACK_PROVIDERS } from '../support/identity.js';
import { mailsIn } from '../support/mailbox.js';
import { bringResponse, SamlCompany } from '../support/saml/company.js';
import { useStage } from '../support/stage.js';
import { PASSWORD } from '../support/tenant.js';
import { pageOf, type Visitor } from '../support/visitor.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const stage = useStage({ settings: LOOPBACK_PROVIDERS });
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxo-guide-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The shell blocks of a page, in order: what people read is what is run. */
function blocksOf(page: string): readonly string[] {
  const text = readFileSync(join(root, 'docs/guide', `${page}.md`), 'utf8');
  return Array.from(text.matchAll(/```sh\n([^]*?)```/g), (match) => match[1] ?? '');
}

/** As somebody types it who follows the page, with what they know by then in the place of its placeholders. */
async function follow(block: string, known: Readonly<Record<string, string>> = {}): Promise<string> {
  let text = block;
  for (const [placeholder, value] of Object.entries(known)) text = text.replaceAll(placeholder, value);
  const left = /<[a-z_]+>/.exec(text)?.[0];
  if (left !== undefined) throw new Error(`Nobody knows ${left} by then: ${text}`);
  const fluxo = `fluxo() { ${process.execPath} ${join(root, 'packages/server/bin/fluxo.js')} "$@"; }`;
  const { folder: data } = stage.fluxo;
  const database = await databaseSettingsOf(data);
  const { stdout } = await run('bash', ['-euc', `${fluxo}\n${text}`], {
    cwd: folder,
    env: { ...process.env, ...LOOPBACK_PROVIDERS, ...database, FLUXO_DATA: data, PORT: '3000' },
  });
  return stdout;
}

const printed = (output: string, name: string): string =>
  new RegExp(`^${name}: +(\\S+)`, 'm').exec(output)?.[1] ?? '';

/** The server hears of another process's change within a moment. */
async function provided(visitor: Visitor, id: string): Promise<string> {
  const link = async (): Promise<string | undefined> =>
    new RegExp(`href="(/sign-in/with/${id}[^"]*)"`).exec((await visitor.get('/account')).body)?.[1];
  await expect.poll(link).toBeDefined();
  return forwardOf(await visitor.get((await link())?.replaceAll('&amp;', '&') ?? ''));
}

describe('the guides to other ways of signing in, followed to the letter', () => {
  test('single-sign-on-oidc.md: from the first command to somebody who is signed in', async () => {
    const company = await ForgingProvider.start();
    try {
      const [create = '', update = '', tryIt = '', link = '', offer = ''] = blocksOf('single-sign-on-oidc');
      const created = await follow(create, { 'https://id.acme.example': company.issuer });
      const id = printed(created, 'provider_id');
      expect(printed(created, 'callback_url')).toBe(`${stage.acme.origin}/sign-in/oidc/${id}/callback`);
      expect(printed(created, 'post_logout_redirect_url')).toBe(`${stage.acme.origin}/signed-out`);
      writeFileSync(join(folder, 'secret-file'), company.clientSecret);
      const known = { '<provider_id>': id, '<client_id>': company.clientId, '<sub>': 'e-1' };
      expect(await follow(update, known)).toMatch(/enabled: +yes/);
      expect(printed(await follow(tryIt, known), 'url')).toContain(`${stage.acme.origin}/`);
      await follow(link, known);
      await follow(offer.split('\n')[0] ?? '', known);
      const visitor = stage.acme.visitor();
      const location = await provided(visitor, id);
      await bringBack(visitor, company.approve(location, 'e-1'));
      expect(pageOf(await visitor.get('/account')).page).toBe('account');
      expect(await follow(offer.split('\n')[1] ?? '', known)).toMatch(/required/);
    } finally {
      await company.close();
    }
  });

  test('single-sign-on-saml.md: the same', async () => {
    const company = await SamlCompany.create();
    const metadata = join(folder, 'metadata.xml');
    writeFileSync(metadata, company.metadata);
    const [create = '', tryIt = '', offer = ''] = blocksOf('single-sign-on-saml');
    const created = await follow(create, { 'https://id.acme.example/metadata': metadata });
    const id = printed(created, 'provider_id');
    for (const [name, path] of [
      ['acs_url', 'acs'],
      ['slo_url', 'slo'],
      ['metadata_url', 'metadata'],
      ['service_provider_entity_id', 'metadata'],
    ] as const)
      expect(printed(created, name)).toBe(`${stage.acme.origin}/sign-in/saml/${id}/${path}`);
    const known = { '<provider_id>': id, '<name_id>': 'e-1' };
    expect(printed(await follow(tryIt, known), 'url')).toContain(`${stage.acme.origin}/`);
    await follow(offer, known);
    const visitor = stage.acme.visitor();
    const location = await provided(visitor, id);
    const provider = { id, settings: { kind: 'saml' } } as IdentityProvider;
    await bringResponse(visitor, provider, company.answer(location, 'e-1'));
    expect(pageOf(await visitor.get('/account')).page).toBe('account');
    await follow('fluxo environment update acme.my --single-sign-on off');
  });

  test('passwords.md: invited, once more, and to another address; the link sets a password', async () => {
    const [invite = ''] = blocksOf('passwords');
    const lines = invite.trim().split('\n');
    await follow(lines.slice(0, 2).join('\n'));
    const mails = mailsIn(stage.fluxo.folder).filter(({ to }) => to === 'ben@acme.example');
    expect(mails).toHaveLength(2);
    const pages = mails.map(async ({ link }) =>
      pageOf(await stage.acme.visitor().get(link.pathname + link.search)),
    );
    expect((await Promise.all(pages)).map(({ page }) => page).sort()).toEqual(['error', 'new-password']);
    await follow(lines[2] ?? '');
    const shown = await follow('fluxo user show acme.my ben');
    expect(printed(shown, 'email')).toBe('ben@new.example');
  });

  test('second-factor.md: required, shown, and removed', async () => {
    const [operator = ''] = blocksOf('second-factor');
    const [require = '', ...rest] = operator.trim().split('\n');
    await follow(require);
    const signIn = async (): Promise<string | undefined> =>
      (await stage.acme.visitor().signIn('ana', PASSWORD)).headers['location']?.split('?', 1)[0];
    await expect.poll(signIn).toBe('/sign-in/second-factor/set-up');
    const shown = await follow(rest.join('\n'));
    expect(shown).toMatch(/second_factor/);
  });
});
