import type { Demo } from '@fluxo/example-demo';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { startFreshDemo } from './demo.js';

/** What `npm start` offers beside its password. */
describe.skipIf(findChromium() === undefined)('the demo’s second organization, in a real browser', () => {
  let browser: Browser;
  let demo: Demo;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo(0, {}, { companyPort: 0 })]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test('one link in the app, a name at the company, Allow: the projects, of somebody new to Fluxo', async () => {
    const page = await newPage(browser);
    await page.goto(demo.thirdPartyApp.url);
    await page.getByRole('link', { name: 'Connect by your company’s own sign-in' }).click();
    await page.waitForURL(`${demo.company?.identityProvider.url ?? ''}/**`);
    await page.getByRole('button', { name: 'Nora Lind' }).click();
    await page.locator('main[data-page="consent"]').waitFor();
    const consent = await page.locator('main').innerText();
    expect(consent).toContain('Nora Lind');
    expect(consent).toContain('Borealis Labs');
    await page.locator('button[value="allow"]').click();
    await page.locator('[data-page="projects"]').waitFor();
    expect(await page.locator('[data-project]').count()).toBe(8);
    expect(await page.locator('.connection').innerText()).toContain('borealis');
    await page.context().close();
  });
});
