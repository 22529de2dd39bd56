import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { openConsole } from './console-views.js';
import { startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(findChromium() === undefined)('the console', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  /** The application's own address: it only has to be there. */
  let application: Server;
  let redirectUrl: string;
  beforeAll(async () => {
    application = createServer((_request, response) => response.end('Back at the application'));
    await once(application.listen(0, '127.0.0.1'), 'listening');
    redirectUrl = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`;
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
    application.close();
    application.closeAllConnections();
  });

  test('a new administrator, from npm start’s demo, registers an application and connects with it by a pasted snippet', async () => {
    const page = await newPage(browser);
    await openConsole(page, demo);
    await create(page, { name: 'Planner', redirectUrl });
    await page.getByRole('tab', { name: 'Node.js' }).click();
    const program = await page.locator('figure pre').innerText();
    expect(program).toContain(await page.getByTestId('secret').innerText());
    const said = await runSnippet(program, (link) => allow(page, link));
    expect(said).toMatch(/Connected as [0-9a-f]{32}/);
    expect(said).toContain('Annual report');
    await page.context().close();
  });

  test('the keyboard alone creates an application', async () => {
    const page = await newPage(browser);
    await openConsole(page, demo, '/applications');
    await tabTo(page, 'New application');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What kind of application is it?' }).waitFor();
    await tabTo(page, 'Web application');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'Next');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What is it called?' }).waitFor();
    await tabTo(page, 'Name');
    await page.keyboard.type('Made by keys');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Where do people come back to?' }).waitFor();
    await tabTo(page, 'Redirect URL 1');
    await page.keyboard.type('https://keys.example/callback');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Made by keys' }).waitFor();
    expect(await page.locator('#content').innerText()).toContain('Browser or mobile app');
    await page.context().close();
  });

  test('Try it trades a real code, and what is typed wrongly says so at its field', async () => {
    const page = await newPage(browser);
    await openConsole(page, demo);
    await create(page, { name: 'Tried', redirectUrl });
    const secret = await page.getByTestId('secret').innerText();
    await page.getByRole('tab', { name: 'Try it' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByRole('link', { name: /^Open the link/ }).getAttribute('href');
    const other = await page.context().newPage();
    const cameBackTo = await allow(other, link ?? '');
    const pasted = page.getByLabel('The whole address');
    await pasted.fill(cameBackTo.replace(/state=[^&]*/, 'state=forged'));
    await page.getByText(/this address belongs to another attempt/).waitFor();
    await pasted.fill(cameBackTo);
    await page.getByLabel('Client secret').fill(secret);
    await page.getByRole('button', { name: 'Exchange the code' }).click();
    await page.getByText('Answered: 200').waitFor();
    expect(await page.locator('#content').innerText()).not.toContain(secret);
    await page.getByRole('button', { name: 'Search projects' }).click();
    await page.getByText('Annual report').waitFor();
    await page.context().close();
  });
});

async function create(page: Page, values: { readonly name: string; readonly redirectUrl: string }) {
  await page.getByRole('link', { name: 'New application' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Name').fill(values.name);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Redirect URL 1').fill(values.redirectUrl);
  await page.getByText('This one is fine.').waitFor();
  await page.getByRole('button', { name: 'Create the application' }).click();
  await page.getByTestId('secret').waitFor();
}

/** A person at the authorization link. @returns the address that they come back to */
async function allow(page: Page, link: string): Promise<string> {
  await page.goto(link);
  await page.locator('button[value="allow"]').click();
  await page.waitForURL(/code=/);
  return page.url();
}

/** The program as it was copied, in a folder where `@fluxo/client` is found, fed as a person would. */
async function runSnippet(program: string, answer: (link: string) => Promise<string>): Promise<string> {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  const folder = mkdtempSync(join(modules, '.fluxo-snippet-'));
  writeFileSync(join(folder, 'connect.mjs'), program);
  const child = spawn(process.execPath, ['connect.mjs'], { cwd: folder });
  // Also when the test runs out of time while the program waits for an answer.
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  let said = '';
  const asked = new Promise<string>((resolve) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const [link] = /https?:\/\/\S+/.exec(said) ?? [];
      if (link !== undefined && said.includes('Paste the address')) resolve(link);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
  const closed = once(child, 'close');
  const answered = asked.then(async (link) => {
    child.stdin.end(`${await answer(link)}\n`);
    await closed;
  });
  // A program that ends without asking has said why.
  await Promise.race([closed, answered]);
  return said;
}

/** As somebody without a mouse gets there. @throws Error when Tab never does */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate(() => {
      const { activeElement } = document;
      if (activeElement === null) return '';
      const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : null;
      return `${activeElement.getAttribute('aria-label') ?? ''} ${label ?? activeElement.textContent}`.trim();
    });
    if (focused.startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${name}.`);
}
