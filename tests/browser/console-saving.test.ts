import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, type FurnishedPeople } from './console-people-views.js';
import { openConsole, viewIsThere } from './console-views.js';
import { startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(findChromium() === undefined)('saving in the console', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  let people: FurnishedPeople;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    people = await furnishPeople(demo);
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });
  const arrive = async (path: string): Promise<Page> => {
    const page = await newPage(browser, { reducedMotion: 'reduce' });
    await openConsole(page, demo);
    await page.goto(`${demo.origin}/console/${path}`);
    await viewIsThere(page);
    return page;
  };
  const save = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save', exact: true }).click();

  test.each([
    {
      of: 'an application',
      path: () => `applications/${demo.registration.clientId}/settings`,
      fields: ['Name', 'Description'],
      done: 'Lapis 2 is saved.',
    },
    {
      of: 'a user',
      path: () => `users/${people.users.ana}`,
      fields: ['Name', 'E-mail address'],
      done: 'Saved.',
    },
  ])('keeps what is typed while it runs, and saves it the next time: $of', async ({ path, fields, done }) => {
    const page = await arrive(path());
    const [first, second] = fields.map((label) => page.getByLabel(new RegExp(`^${label}( \\*)?$`)));
    const { hold, release } = await holdChanges(page);
    await first?.fill('Lapis 2');
    await save(page);
    await hold;
    await first?.fill('Lapis 3');
    await second?.fill('typed@acme.example');
    release();
    await page.getByRole('status').getByText(done, { exact: true }).waitFor();
    expect([await first?.inputValue(), await second?.inputValue()]).toEqual([
      'Lapis 3',
      'typed@acme.example',
    ]);
    const [again] = await Promise.all([page.waitForResponse(isChange), save(page)]);
    expect(again.status()).toBe(200);
    await page.reload();
    await viewIsThere(page);
    expect([await first?.inputValue(), await second?.inputValue()]).toEqual([
      'Lapis 3',
      'typed@acme.example',
    ]);
    await page.context().close();
  });
});

const isChange = (response: { request(): { method(): string } }): boolean =>
  response.request().method() === 'PATCH';

/** The next change's answer waits until it is released; `hold` is done when the change was sent. */
async function holdChanges(
  page: Page,
): Promise<{ readonly hold: Promise<void>; readonly release: () => void }> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let arrived = (): void => undefined;
  const hold = new Promise<void>((resolve) => (arrived = resolve));
  await page.route('**/api/v1/**', async (route) => {
    if (route.request().method() === 'PATCH') {
      arrived();
      await released;
    }
    await route.continue();
  });
  return { hold, release };
}
