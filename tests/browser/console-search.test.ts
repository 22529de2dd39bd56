import type { Demo } from '@fluxo/example-demo';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { openConsole } from './console-views.js';
import { startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(findChromium() === undefined)('a search of the console', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test('shows what the address says: after a link, and on the way back', async () => {
    const page = await newPage(browser);
    await openConsole(page, demo, '/users');
    const field = page.getByRole('searchbox');
    const ben = page.getByRole('link', { name: /^Ben/ });
    await field.pressSequentially('ana', { delay: 20 });
    await page.waitForURL(/q=ana$/);
    await ben.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('ana');
    await page.getByRole('navigation').getByRole('link', { name: 'Users' }).click();
    await ben.waitFor();
    expect(await field.inputValue()).toBe('');
    await page.goBack();
    await ben.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('ana');
    await page.context().close();
  });
});
