import { readFile } from 'node:fs/promises';
import type { Demo } from '@fluxo/example-demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { viewIsThere } from './console-views.js';
import { connect, startFreshDemo } from './demo.js';
import { ask, expectFocus, isFocused, Keyboard } from './keyboard.js';

interface Application {
  readonly description: string;
  readonly redirect_urls: readonly string[];
}
interface Secrets {
  readonly items: readonly { readonly note: string; readonly deleted_at: string | null }[];
}

describe.skipIf(findChromium() === undefined)('with the keyboard alone', { timeout: 120_000 }, () => {
  let browser: Browser;
  let demo: Demo;
  let page: Page;
  let keyboard: Keyboard;
  let path: string;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    path = `/applications/${demo.registration.clientId}`;
    const ana = await newPage(browser);
    await connect(ana, demo);
    await ana.context().close();
  });
  beforeEach(async () => {
    keyboard = await Keyboard.inConsole(browser, demo);
    page = keyboard.page;
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
  const field = (name: string): Locator => page.getByRole('textbox', { name });
  const dialog = (): Locator => page.getByRole('dialog');
  /** From the list into one tab of the application, each of which is an arrow further. */
  const openTab = async (name: string): Promise<void> => {
    await keyboard.enter(page.getByRole('link', { name: 'Lapis' }));
    const tabs = page.getByRole('tablist', { name: 'Lapis' });
    const tab = tabs.getByRole('tab', { name });
    await keyboard.tabTo(tabs.getByRole('tab', { selected: true }));
    while (!(await isFocused(tab))) await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await tabs.getByRole('tab', { name, selected: true }).waitFor();
    await viewIsThere(page);
    await expectFocus(page.getByRole('main'));
  };

  test('an application is opened, changed and saved, and the keyboard stays at Save', async () => {
    await openTab('Settings');
    await keyboard.fill(field('Description'), 'Plans, by keys.');
    await keyboard.enter(button('Save'));
    await page.getByText('Lapis is saved.').waitFor();
    await expectFocus(button('Save'));
    expect(await ask<Application>(page, path)).toMatchObject({ description: 'Plans, by keys.' });
    await keyboard.press('Enter');
    await page.getByText('Nothing was changed').waitFor();
  });

  test('a redirect URL is added where the keyboard is led, and removed', async () => {
    const before = (await ask<Application>(page, path)).redirect_urls;
    await openTab('Settings');
    await keyboard.enter(button('Add another'));
    const added = field(`Redirect URL ${before.length + 1}`);
    await expectFocus(added);
    await keyboard.type('https://keys.example/callback');
    await keyboard.press('Enter');
    await page.getByText('Lapis is saved.').waitFor();
    await expectFocus(added);
    const { redirect_urls: urls } = await ask<Application>(page, path);
    expect(urls).toEqual([...before, 'https://keys.example/callback']);
    await keyboard.enter(button('Remove https://keys.example/callback'));
    await expectFocus(page.getByRole('group', { name: 'Redirect URLs' }));
    await keyboard.enter(button('Save'));
    await expect.poll(async () => (await ask<Application>(page, path)).redirect_urls).toEqual(before);
  });

  test('a secret is made, read where it is shown once, stored, and deleted', async () => {
    await openTab('Secrets');
    await keyboard.fill(field('Note'), 'by keys');
    await keyboard.enter(button('Add a secret'));
    await expectFocus(page.getByRole('region', { name: 'Client secret', exact: true }));
    const secret = await page.getByTestId('secret').innerText();
    await keyboard.enter(button('I have stored it'));
    await expect.poll(() => page.getByTestId('secret').count()).toBe(0);
    await expectFocus(page.getByRole('tabpanel'));
    const secrets = async () => (await ask<Secrets>(page, `${path}/secrets`)).items;
    const mine = async () => (await secrets()).filter(({ note }) => note === 'by keys');
    expect(await mine()).toMatchObject([{ deleted_at: null }]);

    const opener = button(`Delete the secret that ends in ${secret.slice(-2)}`);
    await keyboard.enter(opener);
    await dialog().waitFor();
    await keyboard.press('Escape');
    await expectFocus(opener);
    expect(await mine()).toMatchObject([{ deleted_at: null }]);
    await keyboard.press('Enter');
    await keyboard.enter(dialog().getByRole('button', { name: 'Delete', exact: true }));
    await page.getByText('The secret was deleted.').waitFor();
    await expectFocus(page.getByRole('region', { name: 'Client secrets' }));
    expect(await mine()).toMatchObject([{ deleted_at: expect.any(String) as unknown }]);
  });

  test('a dialog keeps the keyboard in it while it is open', async () => {
    await openTab('Settings');
    await keyboard.enter(button('Delete for good'));
    await dialog().waitFor();
    await expectFocus(dialog().getByLabel(/to confirm/));
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab']) {
      await keyboard.press(key);
      expect(await dialog().evaluate((element) => element.contains(document.activeElement))).toBe(true);
    }
    await keyboard.press('Escape');
    await expectFocus(button('Delete for good'));
  });

  test('a person is disconnected, and the keyboard stays with the list', async () => {
    await openTab('People');
    await keyboard.enter(button('Disconnect Ana Souza'));
    await keyboard.enter(dialog().getByRole('button', { name: 'Disconnect', exact: true }));
    await page.getByText('Nobody is connected.').waitFor();
    await expectFocus(page.getByRole('region', { name: 'People connected' }));
    expect(await ask<{ items: unknown[] }>(page, `${path}/connections`)).toMatchObject({ items: [] });
  });

  test('the activity is filtered, and what was found is downloaded', async () => {
    await keyboard.enter(page.getByRole('link', { name: 'Activity' }));
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    await keyboard.tabTo(page.getByRole('combobox', { name: 'What happened' }));
    await page.keyboard.type('Allowed access');
    await keyboard.press('ArrowDown', 'Enter');
    await page.waitForURL(/type=consent/);
    await viewIsThere(page);
    const downloading = page.waitForEvent('download');
    await keyboard.enter(page.getByRole('link', { name: 'Download as CSV' }), 'Shift+Tab');
    const lines = (await readFile(await (await downloading).path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('consent.given');
    await expectFocus(page.getByRole('link', { name: 'Download as CSV' }));
  });
});
