import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, type FurnishedPeople } from './console-people-views.js';
import { openConsole, viewIsThere } from './console-views.js';
import { startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(findChromium() === undefined)(
  'leaving a view of the console',
  { timeout: TIMEOUT_MS },
  () => {
    let browser: Browser;
    let demo: Demo;
    let people: FurnishedPeople;
    let page: Page;
    const open = async (path: string): Promise<void> => {
      await page.goto(`${demo.origin}/console/${path}`);
      await viewIsThere(page);
    };
    const goToLanes = (): Promise<void> =>
      page.getByRole('navigation').getByRole('link', { name: 'Lanes' }).click();
    const isAtLanes = (): Promise<void> => page.getByRole('heading', { level: 1, name: 'Lanes' }).waitFor();
    const answer = (name: string): Promise<void> =>
      page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    beforeAll(async () => {
      [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
      people = await furnishPeople(demo);
    });
    beforeEach(async () => {
      page = await newPage(browser, { reducedMotion: 'reduce' });
      await openConsole(page, demo);
    });
    afterEach(() => page.context().close());
    afterAll(async () => {
      await browser.close();
      await demo.close();
    });

    const FORMS = [
      [
        'an application’s settings',
        () => `applications/${demo.registration.clientId}/settings`,
        'Description',
      ],
      ['a user', () => `users/${people.users.ana}`, 'E-mail address'],
    ] as const;

    test.each(FORMS)('with Leave saves nothing of what was typed: %s', async (_of, path, label) => {
      await open(path());
      const sent = changesSentBy(page);
      await page.getByLabel(label, { exact: true }).fill('typed@acme.example');
      await goToLanes();
      await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
      await answer('Leave');
      await isAtLanes();
      await page.waitForLoadState('networkidle');
      expect(sent).toEqual([]);
    });

    test.each(FORMS)('is not done with Cancel, and Save saves then: %s', async (_of, path, label) => {
      await open(path());
      const sent = changesSentBy(page);
      await page.getByLabel(label, { exact: true }).fill('kept@acme.example');
      await goToLanes();
      await answer('Cancel');
      expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe('kept@acme.example');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page
        .getByRole('status')
        .getByText(/^(Lapis is saved|Saved)\.$/)
        .waitFor();
      await goToLanes();
      await isAtLanes();
      expect(sent).toEqual(['PATCH']);
    });
  },
);

/** The methods of what is sent to the API and changes something there, as it is sent. */
function changesSentBy(page: Page): readonly string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && request.url().includes('/api/')) sent.push(request.method());
  });
  return sent;
}
