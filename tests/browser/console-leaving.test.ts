import type { Demo } from '@fluxo/example-demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, type FurnishedPeople } from './console-people-views.js';
import { furnishDemo, openConsole } from './console-views.js';
import { startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(findChromium() === undefined)('leaving a console view', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  let people: FurnishedPeople;
  let applications: Awaited<ReturnType<typeof furnishDemo>>;
  let page: Page;
  const open = (path: string): Promise<void> => openConsole(page, demo, `/${path}`);
  const goToActivity = (): Promise<void> =>
    page.getByRole('navigation').getByRole('link', { name: 'Activity' }).click();
  const isAtActivity = (): Promise<void> =>
    page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const answer = (name: string): Promise<void> =>
    page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    people = await furnishPeople(demo);
    applications = await furnishDemo(demo);
  });
  beforeEach(async () => {
    page = await newPage(browser);
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  const FORMS = [
    ['an application’s settings', () => `applications/${demo.registration.clientId}/settings`, 'Description'],
    ['a user', () => `users/${people.users.ana}`, 'E-mail address'],
  ] as const;

  test.each(FORMS)('with Leave saves nothing of what was typed: %s', async (_of, path, label) => {
    await open(path());
    const sent = changesSentBy(page);
    await page.getByLabel(label, { exact: true }).fill('typed@acme.example');
    await goToActivity();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await answer('Leave');
    await isAtActivity();
    await page.waitForLoadState('networkidle');
    expect(sent).toEqual([]);
  });

  test.each(FORMS)('is not done with Cancel, and Save saves then: %s', async (_of, path, label) => {
    await open(path());
    const sent = changesSentBy(page);
    await page.getByLabel(label, { exact: true }).fill('kept@acme.example');
    await goToActivity();
    await answer('Cancel');
    expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe('kept@acme.example');
    await button('Save').click();
    await page
      .getByRole('status')
      .getByText(/^(Lapis is saved|Saved)\.$/)
      .waitFor();
    await goToActivity();
    await isAtActivity();
    expect(sent).toEqual(['PATCH']);
  });

  /** Where something is shown this once, how it comes there, and how it looks. */
  const SHOWN_ONCE = [
    {
      what: 'a private key that was made here',
      path: () => `applications/${applications.machine}/secrets`,
      make: async () => {
        await button('Add a key').click();
        await button('Add a key').click();
      },
      shown: () => page.getByText('BEGIN PRIVATE KEY'),
    },
    {
      what: 'a new client secret',
      path: () => `applications/${applications.web}/secrets`,
      make: () => button('Add a secret').click(),
      shown: () => page.getByTestId('secret'),
    },
    {
      what: 'the way into a new lane',
      path: () => 'lanes',
      make: async () => {
        await page.getByRole('textbox', { name: 'Name of the lane' }).fill('sb01');
        await button('Create lane').click();
      },
      shown: () => page.getByText(/sb01.*\/new-password/),
    },
    {
      what: 'the invitation of a new user',
      path: () => 'users/new',
      make: async () => {
        await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Cora Lind');
        await page.getByRole('textbox', { name: 'Username' }).fill('cora');
        await button('Create user').click();
      },
      shown: () => page.getByText(/\/new-password/),
    },
    {
      what: 'a link to choose another password',
      path: () => `users/${people.users.ana}`,
      make: () => button('Send password link').click(),
      shown: () => page.getByText(/\/new-password/),
    },
  ];

  test.each(SHOWN_ONCE)('asks first while it is shown, and not once it is stored: $what', async (each) => {
    await open(each.path());
    await each.make();
    const text = await each.shown().textContent();
    await goToActivity();
    await page.getByRole('dialog', { name: 'Leave without storing it?' }).waitFor();
    await answer('Cancel');
    expect(await each.shown().textContent()).toBe(text);
    const asked = page.waitForEvent('dialog');
    await page.evaluate(() => setTimeout(() => window.location.reload()));
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    expect(await each.shown().textContent()).toBe(text);
    await button('I have stored it').click();
    await each.shown().waitFor({ state: 'detached' });
    await goToActivity();
    await isAtActivity();
  });

  test('for another tab of its application doesn’t ask: there a client secret is still shown', async () => {
    await open(`applications/${applications.web}/secrets`);
    await button('Add a secret').click();
    const secret = await page.getByTestId('secret').textContent();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('Description', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Connect' }).click();
    expect(await page.getByTestId('secret').textContent()).toBe(secret);
    await page.getByRole('tab', { name: 'Settings' }).click();
    await goToActivity();
    await page.getByRole('dialog', { name: 'Leave without storing it?' }).waitFor();
    await answer('Leave');
    await isAtActivity();
  });
});

/** The methods of what is sent to the API and changes something there, as it is sent. */
function changesSentBy(page: Page): readonly string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && request.url().includes('/api/')) sent.push(request.method());
  });
  return sent;
}
