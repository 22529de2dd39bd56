import type { Demo } from '@fluxo/example-demo';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { openConsole, viewIsThere } from './console-views.js';
import { signIn, startFreshDemo } from './demo.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(findChromium() === undefined)('a problem in the console', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  let page: Page;
  let lane: Locator;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
  });
  beforeEach(async () => {
    page = await newPage(browser);
    await openConsole(page, demo, '/lanes');
    lane = page.getByRole('textbox', { name: 'Name of the lane' });
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });
  const create = (): Promise<void> => page.getByRole('button', { name: 'Create lane' }).click();
  const alert = (text: string | RegExp): Locator => page.getByRole('alert').getByText(text);

  const FAULTS = [
    {
      what: 'a fault of the server’s own',
      answer: (route: Route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'urn:fluxo:problem:internal', detail: 'x', request_id: 'r-500' }),
        }),
      said: ['Something went wrong in the server.', 'Request ID r-500'],
    },
    {
      what: 'a fault of something in between',
      answer: (route: Route) =>
        route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad</h1>' }),
      said: ['The server answered something that the console does not understand (status 502).'],
    },
    {
      what: 'no answer',
      answer: (route: Route) => route.abort(),
      said: ['The server could not be reached.'],
    },
  ];

  test.each(FAULTS)('says what it is, and what was typed stays: $what', async ({ answer, said }) => {
    await page.route('**/api/v1/lanes', (route) =>
      route.request().method() === 'POST' ? answer(route) : route.continue(),
    );
    await lane.fill('sb07');
    await create();
    for (const sentence of said) await alert(sentence).waitFor();
    expect(await lane.inputValue()).toBe('sb07');
  });

  test('of a session that ended is said above the view, and what was typed stays', async () => {
    await lane.fill('sb08');
    await page.context().clearCookies();
    await create();
    await alert('You are not signed in any more').first().waitFor();
    await page.getByRole('link', { name: /^Sign in/ }).waitFor();
    expect(await lane.inputValue()).toBe('sb08');
  });

  test('of a session that another took the place of passes: the next try is of the new one', async () => {
    await lane.fill('sb09');
    await page.context().clearCookies();
    const other = await page.context().newPage();
    await other.goto(`${demo.origin}/console`);
    await signIn(other, 'ben');
    await viewIsThere(other);
    const [me] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/v1/me')),
      create(),
      alert('The session of this page is no longer the one that is signed in.').waitFor(),
    ]);
    await me.finished();
    await create();
    await page.getByRole('heading', { name: 'Your way into sb09' }).waitFor();
  });

  test('is asked for in the language that was chosen in the console, not in the browser’s', async () => {
    const languageOf = async (act: () => Promise<unknown>): Promise<string | undefined> => {
      const [request] = await Promise.all([page.waitForRequest('**/api/v1/lanes'), act()]);
      await viewIsThere(page);
      return (await request.allHeaders())['accept-language'];
    };
    expect(await languageOf(() => page.reload())).toBe('en');
    await page.getByRole('button', { name: 'Ben' }).click();
    await page.getByRole('menu').getByText('Português (Brasil)').click();
    await page.getByRole('heading', { level: 1, name: 'Cópias' }).waitFor();
    expect(await languageOf(() => page.reload())).toBe('pt-BR');
  });
});
