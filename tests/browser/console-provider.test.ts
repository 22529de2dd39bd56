import { DEMO_PASSWORD, type Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { viewIsThere } from './console-views.js';
import { startFreshDemo } from './demo.js';
import { ask } from './keyboard.js';

/** The demo's second organization has a provider of its own: a real one, in the same process. */
describe.skipIf(findChromium() === undefined)('the company’s provider', { timeout: 120_000 }, () => {
  let browser: Browser;
  let demo: Demo;
  let page: Page;
  let path: string;
  let origin: string;
  let providerUrl: string;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo(0, {}, { companyPort: 0 })]);
    origin = demo.company?.origin ?? '';
    providerUrl = demo.company?.identityProvider.url ?? '';
    page = await newPage(browser);
    await page.goto(`${origin}/sign-in/with-password`);
    await page.locator('input[name="username"]').fill('olga');
    await page.keyboard.press('Enter');
    await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('main[data-page="account"]').waitFor();
    await page.goto(`${origin}/console/identity-providers`);
    await page.getByRole('link', { name: 'Borealis Labs' }).click();
    await page.getByRole('heading', { level: 1, name: /Borealis Labs/ }).waitFor();
    await viewIsThere(page);
    path = new URL(page.url()).pathname.replace('/console', '');
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test('is tried through its own sign-in: the values that came stand in the console, and nobody was signed in', async () => {
    const users = await ask<{ items: unknown[] }>(page, '/users');
    await page.getByText('Nobody has tried it yet.').waitFor();
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Test in a new tab' }).click(),
    ]);
    await tab.waitForURL(`${providerUrl}/**`);
    await tab.getByRole('button', { name: 'Nora Lind' }).click();
    await tab.waitForURL(`${origin}/**`);
    await tab.getByText('nora@borealis.example').first().waitFor();
    await tab.close();
    // As when the tab of the test is left.
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('The last test went well').waitFor();
    const made = page.getByRole('table', { name: 'What Fluxo makes of it' });
    expect(await made.innerText()).toContain('nora@borealis.example');
    expect(await page.getByRole('table', { name: 'What came' }).innerText()).toContain('Lind');

    const test = await ask<{ mapped: { values: string[] }[] }>(page, `${path}/last-test`);
    expect(test).toMatchObject({ refusal: null });
    expect(test.mapped.flatMap(({ values }) => values)).toEqual([
      ...['nora', 'nora@borealis.example', 'Nora Lind', 'nora@borealis.example'],
    ]);
    expect(await ask(page, '/me')).toMatchObject({ user: { username: 'olga' } });
    expect(await ask(page, '/users')).toEqual(users);
  });

  test('has its addresses for signing out there and here, which are changed, refused and taken away', async () => {
    const signOut = page.getByRole('textbox', { name: 'Sign-out URL' });
    const answer = page.getByRole('textbox', { name: 'Sign-out answer URL' });
    const save = async (): Promise<void> =>
      page
        .getByRole('region', { name: /Say what the provider is/ })
        .getByRole('button', { name: 'Save' })
        .click();
    expect(await signOut.inputValue()).toBe(`${providerUrl}/slo`);
    expect(await answer.inputValue()).toBe('');
    await page
      .getByText(`${origin}/sign-in/saml/${path.split('/').at(-1) ?? ''}/slo`, { exact: true })
      .waitFor();
    await answer.fill('javascript:alert(1)');
    await save();
    await answer.and(page.locator('[aria-invalid="true"]')).waitFor();
    await answer.fill(`${providerUrl}/slo-done`);
    await save();
    await page.getByText('Borealis Labs was saved.').waitFor();
    expect(await ask(page, path)).toMatchObject({
      ...{ sign_out_url: `${providerUrl}/slo`, sign_out_answer_url: `${providerUrl}/slo-done` },
    });
    await signOut.fill('');
    await answer.fill('');
    await save();
    await expect.poll(() => ask(page, path)).toMatchObject({ sign_out_url: null, sign_out_answer_url: null });
  });
});
