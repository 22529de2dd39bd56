import type { Demo } from '@fluxo/example-demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium } from './chromium.js';
import { viewIsThere } from './console-views.js';
import { startFreshDemo } from './demo.js';
import { ask, expectFocus, isFocused, Keyboard } from './keyboard.js';

interface Listed {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

describe.skipIf(findChromium() === undefined)('with the keyboard alone', { timeout: 120_000 }, () => {
  let browser: Browser;
  let demo: Demo;
  let page: Page;
  let keyboard: Keyboard;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    return async () => {
      await browser.close();
      await demo.close();
    };
  });
  beforeEach(async () => {
    keyboard = await Keyboard.inConsole(browser, demo);
    page = keyboard.page;
    return () => page.context().close();
  });

  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const field = (name: string): Locator => page.getByRole('textbox', { name, exact: true });
  const region = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const isAt = (heading: string): Promise<void> =>
    page.getByRole('heading', { level: 1, name: heading }).waitFor();
  /** By the navigation beside every view. */
  const goTo = async (room: string): Promise<void> => {
    const navigation = page.getByRole('navigation');
    await keyboard.enter(navigation.getByRole('link', { name: room, exact: true }));
    await isAt(room);
    await viewIsThere(page);
    await expectFocus(page.getByRole('main'));
  };

  test('the link at the beginning leads past the navigation', async () => {
    await keyboard.press('Tab');
    await expectFocus(page.getByRole('link', { name: 'Skip to the content' }));
    await keyboard.press('Enter', 'Tab');
    await expectFocus(page.getByRole('link', { name: 'New application' }));
  });

  test('a user is made, and the link that is shown once is where the keyboard is led', async () => {
    await goTo('Users');
    await keyboard.enter(page.getByRole('link', { name: 'New user' }));
    await isAt('New user');
    await keyboard.fill(field('Name'), 'Cora Lind');
    await keyboard.fill(field('Username'), 'cora');
    const way = page.getByRole('radio', { name: 'Invite' });
    await keyboard.tabTo(way);
    await keyboard.press('ArrowDown', 'ArrowUp');
    await expectFocus(way);
    await keyboard.enter(button('Create user'));
    await expectFocus(page.getByRole('region', { name: /Cora Lind/ }));
    expect((await ask<Listed>(page, '/users?q=cora')).items).toMatchObject([
      { name: 'Cora Lind', username: 'cora', administrator: false, enabled: true },
    ]);
    await keyboard.enter(button('I have stored it'));
    await isAt('Cora Lind');
    await expectFocus(page.getByRole('main'));
  });

  test('a user is disabled and enabled again, and the keyboard stays where that was done', async () => {
    const ana = async () => (await ask<Listed>(page, '/users?q=ana')).items;
    await goTo('Users');
    await keyboard.enter(page.getByRole('link', { name: 'Ana Souza' }));
    await isAt('Ana Souza');
    await keyboard.enter(button('Disable'));
    const dialog = page.getByRole('dialog');
    await keyboard.enter(dialog.getByRole('button', { name: 'Cancel' }));
    await expectFocus(button('Disable'));
    expect(await ana()).toMatchObject([{ enabled: true }]);
    await keyboard.press('Space');
    await keyboard.enter(dialog.getByRole('button', { name: 'Disable', exact: true }));
    await button('Enable').waitFor();
    await expectFocus(region('Signing in'));
    expect(await ana()).toMatchObject([{ enabled: false }]);
    await keyboard.enter(button('Enable'));
    await button('Disable').waitFor();
    await expectFocus(region('Signing in'));
    expect(await ana()).toMatchObject([{ enabled: true }]);
  });

  test('the length of sessions is changed, in another unit', async () => {
    await goTo('Environment');
    const sessions = region('Sessions');
    const unit = sessions.getByRole('combobox', { name: /Ends without use after/ });
    await keyboard.tabTo(unit);
    await page.keyboard.type('hours');
    expect(await unit.inputValue()).toBe('hours');
    await keyboard.tabTo(sessions.getByRole('textbox', { name: 'Ends without use after' }), 'Shift+Tab');
    await keyboard.type('3');
    await keyboard.enter(sessions.getByRole('button', { name: 'Save' }));
    await page.getByText('The length of sessions was saved.').waitFor();
    expect(await ask(page, '/environment')).toMatchObject({ session_idle_timeout_minutes: 180 });
    await expectFocus(sessions.getByRole('button', { name: 'Save' }));
  });

  test('an identity provider is set up and turned on', async () => {
    await goTo('Identity providers');
    await keyboard.enter(page.getByRole('link', { name: 'New identity provider' }));
    await isAt('New identity provider');
    const kind = page.getByRole('radio', { name: /OpenID Connect/ });
    await keyboard.tabTo(kind);
    await keyboard.press('ArrowDown', 'ArrowUp');
    expect(await kind.isChecked()).toBe(true);
    await keyboard.fill(field('Name'), 'By keys');
    await keyboard.fill(field('Issuer'), 'https://id.keys.example');
    await keyboard.enter(button('Create and go on'));
    await isAt('By keys');
    await expectFocus(page.getByRole('main'));
    await keyboard.fill(field('Client ID'), 'fluxo');
    await keyboard.fill(page.getByLabel('Client secret').first(), 'a secret of theirs');
    const settings = region('2. Say what the provider is');
    await keyboard.enter(settings.getByRole('button', { name: 'Save' }));
    await page.getByText('By keys was saved.').waitFor();
    await expectFocus(settings.getByRole('button', { name: 'Save' }));
    await keyboard.enter(button('Enable'));
    await button('Disable').waitFor();
    await expectFocus(region('5. Turn it on'));
    expect((await ask<Listed>(page, '/identity-providers')).items).toMatchObject([
      {
        ...{ name: 'By keys', kind: 'oidc', issuer: 'https://id.keys.example', client_id: 'fluxo' },
        ...{ has_client_secret: true, enabled: true },
      },
    ]);
  });

  test('a lane is made, and the keyboard is led to the way into it', async () => {
    await goTo('Lanes');
    await keyboard.fill(page.getByRole('textbox', { name: 'Name of the lane' }), 'sb01');
    await keyboard.press('Enter');
    await expectFocus(page.getByRole('region', { name: /sb01/ }));
    const lanes = (await ask<Listed>(page, '/lanes')).items.map(({ lane }) => lane);
    expect(lanes).toContain('sb01');
    await keyboard.enter(button('I have stored it'));
    await page.getByRole('textbox', { name: 'Name of the lane' }).waitFor();
    await expectFocus(page.getByRole('main'));
  });

  test('the language is switched, the menu closes where it opened, and somebody signs out', async () => {
    const menu = button('Ben Carter');
    await keyboard.enter(menu);
    const language = page.getByRole('menuitemradio', { name: 'Português (Brasil)' });
    await language.waitFor();
    while (!(await isFocused(language))) await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Aplicativos' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    await expectFocus(language);
    await keyboard.press('Escape');
    await expectFocus(menu);
    expect(await ask(page, '/me')).toMatchObject({ user: { username: 'ben' } });
    await keyboard.press('Enter');
    const signOut = page.getByRole('menuitem', { name: 'Sair' });
    await signOut.waitFor();
    while (!(await isFocused(signOut))) await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await page.locator('main[data-page="signed-out"]').waitFor();
    const me = await page.goto(`${demo.origin}/api/v1/me`);
    expect(me?.status()).toBe(401);
  });
});
