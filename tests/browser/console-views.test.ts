import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, peopleViews, tryProviders } from './console-people-views.js';
import { consoleViews, furnishDemo, openConsole, viewIsThere, type ConsoleView } from './console-views.js';
import { connect, startFreshDemo } from './demo.js';
import { misfitsOf } from './misfits.js';
import { bringAxe, violationsOf } from './violations.js';

const TIMEOUT_MS = 180_000;

/** Each language, each colour scheme, the widest and the narrowest. */
const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', width: 1280 },
  { locale: 'pt-BR', colorScheme: 'dark', width: 390 },
] as const;

describe.skipIf(findChromium() === undefined)('every view of the console', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  let views: readonly ConsoleView[];
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    const people = await furnishPeople(demo);
    await tryProviders(demo, people);
    views = [...consoleViews(await furnishDemo(demo)), ...peopleViews(people)];
    const page = await newPage(browser);
    await connect(page, demo);
    await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test.each(LOOKS)('is for everybody: $locale, $colorScheme, $width px', async (look) => {
    const { locale, colorScheme, width } = look;
    const page = await newPage(browser, {
      ...{ locale, colorScheme, viewport: { width, height: 900 } },
    });
    await bringAxe(page);
    const complaints = listen(page);
    await openConsole(page, demo);
    const found: string[] = [];
    for (const { name, path } of views) {
      await page.goto(`${demo.origin}${path}`);
      await viewIsThere(page);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale === 'en-US' ? 'en' : locale);
      const problems = [...(await violationsOf(page)), ...(await misfitsOf(page))];
      found.push(...problems.map((problem) => `${name}: ${problem}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** What the browser itself says: scripts that failed, and everything that the policy had to stop. */
function listen(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Where nobody has tried a provider yet there is no last test, and the API says so with a 404.
    if (!message.location().url.endsWith('/last-test')) {
      complaints.push(`${message.text()} ${message.location().url}`);
    }
  });
  return complaints;
}
