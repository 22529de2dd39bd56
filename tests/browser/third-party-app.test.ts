import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { connect, goToConsent, signIn, signInAndAllow, startFreshDemo } from './demo.js';

let browser: Browser;
let demo: Demo;

/** What a browser shows as its own problem: a page of ours has none. */
function collectProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}

describe.skipIf(findChromium() === undefined)('a person and a third-party app, in a real browser', () => {
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
  });

  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test('connects, lists projects, refreshes, disconnects at the app: the access is gone', async () => {
    const page = await newPage(browser);
    const problems = collectProblems(page);
    await connect(page, demo);
    expect(await page.locator('[data-project]').count()).toBeGreaterThan(3);

    const refreshed = page.locator('time[data-session="refreshed"]');
    const before = await refreshed.getAttribute('datetime');
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.waitForFunction(
      (text) => document.querySelector('time[data-session="refreshed"]')?.getAttribute('datetime') !== text,
      before,
    );
    expect(await page.locator('[data-project]').count()).toBeGreaterThan(3);

    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.locator('[data-page="home"]').waitFor();
    const account = await newPageInSameBrowser(page, `${demo.origin}/account`);
    expect(await account.locator('input[name="consent_id"]').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('disconnected at /account, the next call of the app is refused and the app says so', async () => {
    const page = await newPage(browser);
    await connect(page, demo);
    const account = await newPageInSameBrowser(page, `${demo.origin}/account`);
    await account.getByRole('button', { name: /Disconnect/ }).click();
    await account.locator('main[data-page="account"]').waitFor();
    expect(await account.locator('input[name="consent_id"]').count()).toBe(0);

    await page.goto(`${demo.thirdPartyApp.url}projects`);
    await page.locator('[data-problem="connection_ended"]').waitFor();
    await page.context().close();
  });

  test('works without JavaScript, in Brazilian Portuguese', async () => {
    const page = await newPage(browser, { javaScriptEnabled: false, locale: 'pt-BR' });
    await page.goto(demo.thirdPartyApp.url);
    await page.getByRole('link', { name: /^Connect/ }).click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('pt-BR');
    await signIn(page);
    await page.locator('button[value="allow"]').click();
    await page.locator('[data-page="projects"]').waitFor();
    await page.context().close();
  });

  test('Cancel brings the person back, and the app explains', async () => {
    const page = await newPage(browser);
    await goToConsent(page, demo);
    await page.locator('button[value="cancel"]').click();
    await page.locator('[data-problem="access_denied"]').waitFor();
    await page.context().close();
  });

  test('another account can be chosen on the consent screen', async () => {
    const page = await newPage(browser);
    await goToConsent(page, demo);
    expect(await page.locator('main').innerText()).toContain('Ana Souza');
    await page.getByRole('button', { name: 'Use another account' }).click();
    expect(await signInAndAllow(page, 'ben')).toContain('Ben Carter');
    await page.context().close();
  });
});

async function newPageInSameBrowser(page: Page, url: string): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(url);
  return other;
}
