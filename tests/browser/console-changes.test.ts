import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { openConsole, viewIsThere } from './console-views.js';
import { connect, startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(findChromium() === undefined)('in the console', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  let page: Page;
  const open = (path = ''): Promise<void> =>
    openConsole(page, demo, `/applications/${demo.registration.clientId}${path}`);
  const saving = (): Promise<void> => page.getByRole('button', { name: 'Save', exact: true }).click();
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
  });
  beforeEach(async () => {
    page = await newPage(browser);
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test('what somebody else changed meanwhile stands beside what was typed, and nothing typed is lost', async () => {
    await open('/settings');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await viewIsThere(other);
    await other.getByLabel('Description').fill('Theirs.');
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await other.getByText('Lapis is saved.').waitFor();

    await page.getByLabel('Description').fill('Mine.');
    await page.getByLabel('Who makes it').fill('Me');
    await saving();
    await page.getByRole('alert').getByText('Somebody else changed this meanwhile').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('Theirs.');
    expect(await page.getByLabel('Description').inputValue()).toBe('Mine.');
    await page.getByRole('button', { name: 'Save mine' }).click();
    await page.getByText('Lapis is saved.').waitFor();
    await page.reload();
    await viewIsThere(page);
    expect(await page.getByLabel('Description').inputValue()).toBe('Mine.');
  });

  test('what the server refuses stands at its field, with what was typed', async () => {
    await open('/settings');
    await page.getByLabel('Link to the terms').fill('javascript:alert(1)');
    await saving();
    const field = page.getByLabel('Link to the terms');
    await page.locator('[aria-invalid="true"]').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('javascript:alert(1)');
    await page.getByLabel('Redirect URL 1').fill('http://planner.example/#here');
    await page.getByLabel('Redirect URL 1').and(page.locator('[aria-invalid="true"]')).waitFor();
  });

  test('an SVG is no logo, and the reason stands where it was chosen', async () => {
    await open('/settings');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: svg });
    expect(await page.getByRole('alert').innerText()).toMatch(/SVG above all, can carry scripts/);
  });

  test('the preview is the consent screen with what is typed', async () => {
    await open('/settings');
    await page.getByLabel('Name', { exact: false }).first().fill('Lazuli <b>');
    const preview = page.frameLocator('iframe');
    await preview.getByRole('heading', { name: 'Lazuli <b> wants access to your account' }).waitFor();
    expect(await preview.locator('body').evaluate((body) => getComputedStyle(body).fontFamily)).toContain(
      'system-ui',
    );
  });

  test('a person is disconnected, and the list says so', async () => {
    const ana = await newPage(browser);
    await connect(ana, demo);
    await ana.context().close();
    await open('/people');
    await page.getByRole('button', { name: 'Disconnect Ana Souza' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
    await page.getByText('Ana Souza is disconnected.').waitFor();
    await page.getByText('Nobody is connected.').waitFor();
  });

  test('an application is deleted when its name was typed, and not before', async () => {
    await open('/settings');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    const dialog = page.getByRole('dialog');
    const name = await page.locator('h1').innerText();
    await dialog.getByLabel(/to confirm/).fill('something else');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await dialog.locator('[aria-invalid="true"]').waitFor();
    await dialog.getByLabel(/to confirm/).fill(name.split('\n').at(-1) ?? '');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { level: 1, name: 'Applications' }).waitFor();
    await page.getByText('No applications yet').waitFor();
  });
});
