import { createUser, type UserId } from '@fluxo/core';
import { DEMO_PASSWORD, type Demo } from '@fluxo/example-demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authenticator } from '../support/authenticator.js';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, type FurnishedPeople } from './console-people-views.js';
import { openConsole } from './console-views.js';
import { demoTenant, signIn, startFreshDemo } from './demo.js';
import { ask } from './keyboard.js';

/** What can't be taken back, or lets somebody in again: done in the console, and true for whom it is about. */
describe.skipIf(findChromium() === undefined)('in the console', { timeout: 120_000 }, () => {
  let browser: Browser;
  let demo: Demo;
  let people: FurnishedPeople;
  let page: Page;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    people = await furnishPeople(demo);
    return async () => {
      await browser.close();
      await demo.close();
    };
  });
  beforeEach(async () => {
    page = await newPage(browser);
    return () => page.context().close();
  });

  const open = (path: string): Promise<void> => openConsole(page, demo, `/${path}`);
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const dialog = (): Locator => page.getByRole('dialog');
  const confirm = (name: string): Promise<void> =>
    dialog().getByRole('button', { name, exact: true }).click();
  /** Somebody at their own browser, as far as their password brings them. @returns the page that they see then */
  const seenBy = async (username: string, password = DEMO_PASSWORD): Promise<Page> => {
    const other = await newPage(browser);
    await other.goto(`${demo.origin}/account`);
    await other.locator('input[name="username"]').fill(username);
    await other.keyboard.press('Enter');
    await other.locator('input[name="password"]').fill(password);
    await other.keyboard.press('Enter');
    await other.locator('main:not([data-page="sign-in-password"]), [aria-invalid="true"]').first().waitFor();
    return other;
  };
  const pageOf = async (other: Page): Promise<string | null> => {
    const name = await other.locator('main').getAttribute('data-page');
    await other.context().close();
    return name;
  };
  const statusOf = (path: string): Promise<unknown> =>
    page.evaluate(async (url) => (await fetch(url)).status, `/api/v1${path}`);

  test('a lost second factor is removed, and the password alone is enough again', async () => {
    const ana = await newPage(browser);
    await ana.goto(`${demo.origin}/account`);
    await signIn(ana);
    await ana.getByRole('link', { name: 'Set up' }).click();
    await ana.getByText('I can’t scan it').click();
    const phone = new Authenticator(await ana.locator('.secret').innerText(), Date.now);
    await ana.locator('input[name="code"]').fill(phone.code());
    await ana.getByRole('button', { name: 'Turn on' }).click();
    await ana.locator('.recovery-codes').waitFor();
    await ana.context().close();
    expect(await pageOf(await seenBy('ana'))).toBe('second-factor-code');

    const path = `/users/${people.users.ana}`;
    await open(`users/${people.users.ana}`);
    expect(await ask(page, path)).toMatchObject({ second_factor: true });
    await button('Remove second factor').click();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await ask(page, path)).toMatchObject({ second_factor: true });
    await button('Remove second factor').click();
    await confirm('Remove second factor');
    await page.getByText('The second factor of Ana Souza was removed.').waitFor();
    await page.getByText('None is set up.').waitFor();
    expect(await ask(page, path)).toMatchObject({ second_factor: false });
    expect(await pageOf(await seenBy('ana'))).toBe('account');
  });

  test('a password is set anew by the link that is shown once, and the old one opens nothing', async () => {
    const wid = await makeUser(demo, 'dora');
    await open(`users/${wid}`);
    await button('Send password link').click();
    const shown = page.locator('.secret-once');
    const link = await shown.locator('code').innerText();
    await button('I have stored it').click();
    await shown.waitFor({ state: 'detached' });
    expect(await page.getByText(link).count()).toBe(0);
    // The link is no change of its own: the present one counts until then.
    expect(await pageOf(await seenBy('dora'))).toBe('account');

    const dora = await newPage(browser);
    await dora.goto(link);
    await dora.locator('input[name="password"]').fill('a new one, of her own');
    await dora.getByRole('button', { name: 'Set the password' }).click();
    await dora.locator('main[data-page="new-password-done"]').waitFor();
    await dora.goto(link);
    expect(await dora.locator('input[name="password"]').count()).toBe(0);
    await dora.context().close();
    expect(await pageOf(await seenBy('dora'))).toBe('sign-in-password');
    expect(await pageOf(await seenBy('dora', 'a new one, of her own'))).toBe('account');
  });

  test('a user is deleted when the username was typed, and not before', async () => {
    const wid = await makeUser(demo, 'emil');
    await open(`users/${wid}`);
    await button('Delete user').click();
    await dialog()
      .getByLabel(/to confirm/)
      .fill('emi');
    await confirm('Delete user');
    await dialog().locator('[aria-invalid="true"]').waitFor();
    expect(await statusOf(`/users/${wid}`)).toBe(200);
    await dialog()
      .getByLabel(/to confirm/)
      .fill('emil');
    await confirm('Delete user');
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.getByText('emil was deleted.').waitFor();
    await page.getByRole('link', { name: 'Ana Souza' }).waitFor();
    expect(await page.getByRole('link', { name: 'emil' }).count()).toBe(0);
    expect(await statusOf(`/users/${wid}`)).toBe(404);
    expect(await pageOf(await seenBy('emil'))).toBe('sign-in-password');
  });

  test('an identity provider is deleted when its name was typed, and not before', async () => {
    const path = `identity-providers/${people.providers.oidc}`;
    await open(path);
    await button('Delete identity provider').click();
    await dialog()
      .getByLabel(/to confirm/)
      .fill('Acme');
    await confirm('Delete identity provider');
    await dialog().locator('[aria-invalid="true"]').waitFor();
    expect(await statusOf(`/${path}`)).toBe(200);
    await dialog()
      .getByLabel(/to confirm/)
      .fill('Acme Entra ID');
    await confirm('Delete identity provider');
    await page.getByText('Acme Entra ID was deleted.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Identity providers' }).waitFor();
    await page.getByRole('link', { name: 'Northfield ADFS' }).waitFor();
    expect(await page.getByRole('link', { name: 'Acme Entra ID' }).count()).toBe(0);
    expect(await statusOf(`/${path}`)).toBe(404);
    const listed = await ask<{ items: { name: string }[] }>(page, '/identity-providers');
    expect(listed.items.map(({ name }) => name)).toEqual(['Northfield ADFS']);
  });
});

/** Without an address to which a mail could go. */
async function makeUser(demo: Demo, username: string): Promise<UserId> {
  const { environment, essentials, storage } = await demoTenant(demo);
  const { passwordHasher } = demo.server.services;
  const { id } = await createUser(
    { username, name: username, password: DEMO_PASSWORD, administrator: false },
    { environmentId: environment.id, store: storage.users, essentials, passwordHasher },
  );
  return id;
}
