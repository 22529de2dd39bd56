import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, type FurnishedPeople } from './console-people-views.js';
import { furnishDemo, openConsole, viewIsThere } from './console-views.js';
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
    const page = await newPage(browser);
    await openConsole(page, demo, `/${path}`);
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

  test('a deed on what somebody else changed says so, and the next try is of what is stored now', async () => {
    const path = `applications/${demo.registration.clientId}/settings`;
    const [page, other] = [await arrive(path), await arrive(path)];
    await other.getByLabel('Who makes it').fill('Somebody else');
    await Promise.all([other.waitForResponse(isChange), save(other)]);
    await confirmDeed(page, 'Disable');
    await page.getByRole('alert').getByText('Somebody else changed this meanwhile').waitFor();
    await expect.poll(() => page.getByLabel('Who makes it').inputValue()).toBe('Somebody else');
    await confirmDeed(page, 'Disable');
    await page.getByRole('button', { name: 'Enable', exact: true }).waitFor();
    for (const each of [page, other]) await each.context().close();
  });

  test('what is deleted is left without a question, and whoever else looks at it hears that it is gone', async () => {
    const path = `applications/${(await furnishDemo(demo)).machine}/settings`;
    const [page, other] = [await arrive(path), await arrive(path)];
    await other.getByLabel('Who makes it').fill('typed, and not saved');
    await confirmDeed(other, 'Delete for good', 'Nightly import');
    await other.getByRole('heading', { level: 1, name: 'Applications' }).waitFor();
    await other.goBack();
    await other.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
    await confirmDeed(page, 'Disable');
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
    for (const each of [page, other]) await each.context().close();
  });

  test('a user with changes that are not saved is deleted without a question beside the one', async () => {
    const page = await arrive(`users/${people.users.ana}`);
    await page.getByLabel('Name', { exact: true }).fill('typed, and not saved');
    await confirmDeed(page, 'Delete user', 'ana');
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
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

async function confirmDeed(page: Page, name: string, typed?: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  if (typed !== undefined) await dialog.getByLabel(/to confirm/).fill(typed);
  await dialog.getByRole('button', { name, exact: true }).click();
}
