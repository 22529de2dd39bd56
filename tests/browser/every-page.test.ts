import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { EveryPage } from './every-page.js';
import { misfitsOf } from './misfits.js';
import { bringAxe, violationsOf } from './violations.js';

/** Forty pages in one browser. */
const TIMEOUT_MS = 120_000;

/** Each language, each colour scheme, the widest and the narrowest. */
const LOOKS = [
  { locale: 'en', colorScheme: 'light', width: 1280 },
  { locale: 'pt-BR', colorScheme: 'dark', width: 320 },
] as const;

describe.skipIf(findChromium() === undefined)('every page there is', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let every: EveryPage;
  beforeAll(async () => {
    [browser, every] = await Promise.all([launchChromium(), EveryPage.serve()]);
  });
  afterAll(async () => {
    await browser.close();
    every.close();
  });

  test.each(LOOKS)('is for everybody: $locale, $colorScheme, $width px', async (look) => {
    const { locale, colorScheme, width } = look;
    const viewport = { width, height: 900 };
    const page = await newPage(browser, { locale, colorScheme, viewport });
    await bringAxe(page);
    const found: string[] = [];
    const seen = new Set<string>();
    for (const { name, path } of every.pages) {
      await page.goto(path(locale));
      const { kind, skeleton } = await skeletonOf(page);
      expect(kind).not.toBeNull();
      const violations = seen.has(skeleton) ? [] : await violationsOf(page);
      seen.add(skeleton);
      const problems = [...violations, ...(await misfitsOf(page))];
      found.push(...problems.map((problem) => `${name}: ${problem}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  });
});

/** Pages of the same elements with the same attributes differ in their words alone, about which axe has no opinion. */
function skeletonOf(page: Page): Promise<{ readonly kind: string | null; readonly skeleton: string }> {
  return page.evaluate(() => {
    const words = new Set(['content', 'value', 'href', 'aria-label', 'data-problem']);
    const elements = Array.from(document.querySelectorAll('*'), ({ tagName, attributes }) => {
      // Where a link leads is words; what a stylesheet is called is its colours.
      const isWords = (name: string): boolean => words.has(name) && tagName !== 'LINK';
      const told = Array.from(attributes, ({ name, value }) => (isWords(name) ? name : `${name}=${value}`));
      return [tagName, ...told].join(' ');
    });
    const kind = document.querySelector('main')?.getAttribute('data-page') ?? null;
    return { kind, skeleton: elements.join('\n') };
  });
}
