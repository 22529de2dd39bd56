import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD, startDemo, type Demo, type DemoOptions } from '@fluxo/example-demo';
import type { Page } from 'playwright-core';

/** The demo of `npm start`, on free ports and a folder of its own. */
export async function startFreshDemo(
  thirdPartyPort = 0,
  more: Readonly<Record<string, string>> = {},
  company: Pick<DemoOptions, 'companyPort'> = {},
): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxo-browser-'));
  const settings = { FLUXO_DATA: folder, PORT: '0', ...more };
  const demo = await startDemo({ settings, thirdPartyPort, ...company });
  return {
    ...demo,
    close: async () => {
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The demo's environment, as the storage and the domain know it. */
export async function demoTenant({ server }: Demo, lane = 'my') {
  const { storage, essentials } = server.services;
  const environment = await storage.environments.findByName({ domain: 'acme', lane });
  if (environment === undefined) throw new Error(`The demo has no lane ${lane}.`);
  return { environment, essentials, storage: storage.forEnvironment(environment.id) };
}

/** From the app's front door to the consent screen. */
export async function goToConsent(page: Page, demo: Demo, username = 'ana'): Promise<void> {
  await page.goto(demo.thirdPartyApp.url);
  await page.getByRole('link', { name: /^Connect/ }).click();
  await signIn(page, username);
  await page.locator('main[data-page="consent"]').waitFor();
}

export async function signIn(page: Page, username = 'ana'): Promise<void> {
  await page.locator('input[name="username"]').fill(username);
  await page.keyboard.press('Enter');
  await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
  await page.keyboard.press('Enter');
}

/** From the sign-in page to the app's projects. @returns what the consent screen said */
export async function signInAndAllow(page: Page, username: string): Promise<string> {
  await signIn(page, username);
  await page.locator('main[data-page="consent"]').waitFor();
  const said = await page.locator('main').innerText();
  await allow(page);
  return said;
}

async function allow(page: Page): Promise<void> {
  await page.locator('button[value="allow"]').click();
  await page.locator('[data-page="projects"]').waitFor();
}

export async function connect(page: Page, demo: Demo): Promise<void> {
  await goToConsent(page, demo);
  await allow(page);
}
