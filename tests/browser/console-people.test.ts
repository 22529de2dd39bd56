import { changeUser } from '@fluxo/core';
import type { Demo } from '@fluxo/example-demo';
import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, type FurnishedPeople } from './console-people-views.js';
import { openConsole, viewIsThere } from './console-views.js';
import { misfitsOf } from './misfits.js';
import { violationsOf } from './violations.js';
import { connect, demoTenant, startFreshDemo } from './demo.js';

describe.skipIf(findChromium() === undefined)('the console’s people', { timeout: 120_000 }, () => {
  let browser: Browser;
  let demo: Demo;
  let people: FurnishedPeople;
  let page: Page;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    people = await furnishPeople(demo);
    const visitor = await newPage(browser);
    await connect(visitor, demo);
    await visitor.context().close();
  });
  beforeEach(async () => {
    page = await newPage(browser, { acceptDownloads: true });
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  const open = (path: string): Promise<void> => openConsole(page, demo, `/${path}`);
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  /** In whatever state it is now, and on a phone too. */
  const isForEverybody = async (): Promise<void> => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect([...(await violationsOf(page)), ...(await misfitsOf(page))]).toEqual([]);
    }
  };
  const dialog = (): Locator => page.getByRole('dialog');
  const confirm = (name: string): Promise<void> =>
    dialog().getByRole('button', { name, exact: true }).click();

  test('says why a connection was refused, finds it again by a filter, and hands it out as a table', async () => {
    const { storage } = await demoTenant(demo);
    const [application] = await storage.applications.list();
    const query = new URLSearchParams({
      ...{ response_type: 'code', client_id: application?.clientId ?? '', state: 's' },
      redirect_uri: `${application?.redirectUrls[0] ?? ''}x`,
    });
    await fetch(`${demo.origin}/integrations/oauth2/authorize?${query}`);
    const refused = page.getByText(/The redirect URL differs at character \d+/);
    // Refusals are written a moment behind the answer.
    await expect
      .poll(
        async () => {
          await open('activity');
          return refused.count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await page.getByRole('combobox', { name: 'What happened' }).focus();
    await page.keyboard.type('Refused and');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/type=/);
    await viewIsThere(page);
    const allowed = page.getByRole('cell').filter({ hasText: 'Allowed access' });
    await expect.poll(async () => [await refused.count(), await allowed.count()]).toEqual([1, 0]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as CSV' }).click(),
    ]);
    const table = await readFile(await download.path(), 'utf8');
    expect(table).toContain('authorization.refused');
    expect(table).not.toContain('consent.given');
    await page.getByText(/The log is intact/).waitFor();
  });

  test('makes a user with the keyboard alone, and shows the link that no mail carries once', async () => {
    await open('users');
    await page.getByRole('link', { name: 'New user' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
    await page.keyboard.press('Enter');
    // What is missing stands at its field, and the keyboard is led there.
    await page.getByText('This is needed.').first().waitFor();
    await page.keyboard.type('Cora Lind');
    await page.keyboard.press('Tab');
    await page.keyboard.type('cora');
    await page.keyboard.press('Enter');
    const link = await page.getByText(/\/new-password/).textContent();
    expect(link).toContain(demo.origin);
    await button('I have stored it').click();
    await page.getByRole('heading', { level: 1, name: /Cora Lind/ }).waitFor();
    await expect.poll(() => page.getByText(link ?? '').count()).toBe(0);
  });

  test('a username that is taken is said at its field, and nothing typed is lost', async () => {
    await open('users/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Another Ana');
    const username = page.getByRole('textbox', { name: 'Username' });
    await username.fill('ana');
    await button('Create user').click();
    await expect.poll(() => username.getAttribute('aria-invalid')).toBe('true');
    await isForEverybody();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Another Ana');
  });

  test('who saves over somebody else’s change is asked, and what was typed stays', async () => {
    await open(`users/${people.users.ana}`);
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Ana Maria Souza');
    await renameInStorage(demo, people, 'Ana S.');
    await button('Save').click();
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    await page.getByRole('cell', { name: 'Ana S.' }).waitFor();
    await isForEverybody();
    expect(await name.inputValue()).toBe('Ana Maria Souza');
    await button('Save mine').click();
    await page.getByRole('heading', { level: 1, name: /Ana Maria Souza/ }).waitFor();
  });

  test('disconnecting and disabling say what they end, and end it', async () => {
    await open(`users/${people.users.ana}`);
    await button('Disconnect Lapis').click();
    await confirm('Disconnect');
    await page.getByText('Lapis was disconnected.').waitFor();
    await button('Disable').click();
    await dialog()
      .getByText(/Their sessions end and every application/)
      .waitFor();
    await confirm('Disable');
    await page.getByText(/was disabled\. Their sessions and grants have ended/).waitFor();
    const { storage } = await demoTenant(demo);
    expect((await storage.users.find(people.users.ana))?.disabledAt).toEqual(expect.any(Number));
    await button('Enable').click();
    await page.getByText(/was enabled\./).waitFor();
  });

  test('nobody disables themselves, and the reason stands in the dialog', async () => {
    await open(`users/${people.users.ben}`);
    await button('Disable').click();
    await confirm('Disable');
    await dialog().getByRole('alert').waitFor();
    await isForEverybody();
    const { storage } = await demoTenant(demo);
    expect((await storage.users.find(people.users.ben))?.disabledAt).toBeNull();
  });

  test('a colour is in the preview while it is typed, and on the pages once it is saved', async () => {
    await open('environment');
    const primary = (): Promise<string> =>
      page
        .frameLocator('iframe[title="Preview"]')
        .locator('.button-primary')
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    await page.getByRole('textbox', { name: 'Accent colour' }).fill('#7a1fa2');
    await expect.poll(primary).toBe('rgb(122, 31, 162)');
    await page.keyboard.press('Enter');
    await page.getByText('The appearance was saved.').waitFor();
    const { environment } = await demoTenant(demo);
    expect(environment.settings.accentColor).toBe('#7a1fa2');
  });

  test('an identity provider is set up step by step: what is missing is said, and the test opens a tab', async () => {
    await open('identity-providers/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Test IdP');
    await page.getByRole('textbox', { name: 'Issuer' }).fill('http://127.0.0.1:9');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Test IdP/ }).waitFor();
    await page.getByText(/\/callback$/).waitFor();
    await button('Enable').click();
    await page.getByText(/can’t be enabled yet/).waitFor();
    await page.getByRole('textbox', { name: 'Client ID' }).fill('fluxo');
    await page.getByLabel('Client secret').first().fill('a secret of the provider');
    await page.keyboard.press('Enter');
    await page.getByText('Test IdP was saved.').waitFor();
    await expect.poll(() => page.getByLabel('Client secret').first().inputValue()).toBe('');
    await button('Enable').click();
    await page.getByText('Test IdP was enabled.').waitFor();
    const [tab] = await Promise.all([page.waitForEvent('popup'), button('Test in a new tab').click()]);
    await tab.waitForLoadState();
    expect(new URL(tab.url()).origin).toBe(demo.origin);
    expect(await tab.evaluate(() => window.opener as unknown)).toBeNull();
  });

  test('the last test’s values and its refusal are there for who comes back, and so is a certificate that ends', async () => {
    await open(`identity-providers/${people.providers.saml}`);
    await page.getByText(/Certificate 1 ends .* Add the provider’s new one/).waitFor();
    await page.getByText('Nobody has tried it yet.').waitFor();
    const { storage } = await demoTenant(demo);
    await storage.identityProviders.noteTest(people.providers.saml, {
      ...{ at: Date.now(), refusal: { reason: 'not-linked', detail: 'not-linked' } },
      mapped: [{ name: 'federation ID', values: ['<b>6f1c</b>'] }],
      received: [{ name: 'groups', values: ['staff', 'board'] }],
    });
    // As when the tab of the test is left.
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await page.getByText(/Nobody here is known by this federation ID/).waitFor();
    await page.getByRole('cell', { name: '<b>6f1c</b>' }).waitFor();
    await page.getByRole('cell', { name: 'staff, board' }).waitFor();
    await isForEverybody();
  });

  test('an application is copied to another lane, and its new secret is shown once', async () => {
    await open('lanes');
    await page.getByRole('link', { name: 'Compare with preview and copy' }).click();
    await page.getByRole('checkbox', { name: 'Choose Lapis' }).focus();
    await page.keyboard.press('Space');
    await button('Copy to preview').click();
    await dialog()
      .getByText(/created in preview, with a new secret/)
      .waitFor();
    await confirm('Copy to preview');
    await page.getByText('Client secret of Lapis').waitFor();
    await isForEverybody();
    const { storage } = await demoTenant(demo, 'preview');
    expect((await storage.applications.list()).map(({ name }) => name)).toEqual(['Lapis']);
    await button('I have stored them').click();
    await expect.poll(() => page.getByText('Client secret of Lapis').count()).toBe(0);
  });
});

async function renameInStorage(demo: Demo, { users }: FurnishedPeople, name: string): Promise<void> {
  const { environment, essentials, storage } = await demoTenant(demo);
  const { passwordHasher } = demo.server.services;
  await changeUser(
    users.ana,
    { name },
    {
      administration: { environmentId: environment.id, store: storage.users, essentials, passwordHasher },
      ...{ overview: storage.overview, callerId: users.ben, ifRevision: undefined },
    },
  );
}
