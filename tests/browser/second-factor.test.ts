import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD, startDemo, type Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authenticator } from '../support/authenticator.js';
import { mailsIn } from '../support/mailbox.js';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { signIn } from './demo.js';

const STEP_MS = 30_000;
let browser: Browser;
let demo: Demo;
let folder: string;

/** Waits for nothing: the next step's code is taken early, and no step is used twice. */
let ahead = 0;
const now = (): number => Date.now() + ahead * STEP_MS;

async function signInAgain(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.goto(demo.thirdPartyApp.url);
  await page.getByRole('link', { name: /^Connect/ }).click();
}

describe.skipIf(findChromium() === undefined)('a person with a phone, in a real browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fluxo-browser-'));
    const settings = { FLUXO_DATA: folder, PORT: '0' };
    [browser, demo] = await Promise.all([launchChromium(), startDemo({ settings, thirdPartyPort: 0 })]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('sets up two-step sign-in, and then goes from the app through code and consent to the projects', async () => {
    const page = await newPage(browser, { javaScriptEnabled: false });
    await page.goto(`${demo.origin}/account`);
    await signIn(page);
    await page.getByRole('link', { name: 'Set up' }).click();
    await expect.poll(() => page.getByRole('img', { name: /QR code/ }).count()).toBe(1);
    await page.getByText('I can’t scan it').click();
    const phone = new Authenticator(await page.locator('.secret').innerText(), now);
    const used = phone.code();
    await page.locator('input[name="code"]').fill(used);
    await page.getByRole('button', { name: 'Turn on' }).click();
    expect(await page.locator('.recovery-codes li').count()).toBe(10);
    await page.getByRole('link', { name: 'I have kept them' }).click();
    expect(await page.locator('main').innerText()).toContain('10 recovery codes left');

    await signInAgain(page);
    await signIn(page);
    await page.locator('main[data-page="second-factor-code"]').waitFor();
    await page.locator('input[name="code"]').fill(used);
    await page.keyboard.press('Enter');
    // Used by the setup: only the next one gets in.
    await page.locator('[aria-invalid="true"]').waitFor();
    ahead = 1;
    await page.locator('input[name="code"]').fill(phone.code());
    await page.keyboard.press('Enter');
    await page.locator('button[value="allow"]').click();
    await page.locator('[data-page="projects"]').waitFor();
    expect(await page.locator('[data-project]').count()).toBeGreaterThan(3);
    await page.context().close();
  });

  test('forgot a password: finds the link in the mailbox, and the new password works where the old one did', async () => {
    const page = await newPage(browser);
    await page.goto(`${demo.origin}/account`);
    await page.locator('input[name="username"]').fill('ben');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.locator('main[data-page="forgot-password-sent"]').waitFor();
    await demo.server.services.mails.idle();
    const mail = mailsIn(folder).find(({ to }) => to === 'ben@acme.example');
    await page.goto(mail?.link.href ?? '');
    await page.locator('input[name="password"]').fill('short');
    await page.keyboard.press('Enter');
    await page.locator('[aria-invalid="true"]').waitFor();
    await page.locator('input[name="password"]').fill(`${DEMO_PASSWORD} again`);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.locator('main[data-page="new-password-done"]').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.locator('input[name="username"]').fill('ben');
    await page.keyboard.press('Enter');
    await page.locator('input[name="password"]').fill(`${DEMO_PASSWORD} again`);
    await page.keyboard.press('Enter');
    await page.locator('main[data-page="account"]').waitFor();
    await page.context().close();
  });
});
