import type { Demo } from '@fluxo/example-demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, newPage } from './chromium.js';
import { furnishPeople, peopleViews, tryProviders } from './console-people-views.js';
import { consoleViews, furnishDemo, openConsole, viewIsThere, type ConsoleView } from './console-views.js';
import { connect, startFreshDemo } from './demo.js';
import { Keyboard, type Stop } from './keyboard.js';

const TIMEOUT_MS = 300_000;

describe.skipIf(findChromium() === undefined)('in every view of the console', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser;
  let demo: Demo;
  let views: readonly ConsoleView[];
  let page: Page;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startFreshDemo()]);
    const people = await furnishPeople(demo);
    await tryProviders(demo, people);
    views = [...consoleViews(await furnishDemo(demo)), ...peopleViews(people)];
    page = await newPage(browser);
    await connect(page, demo);
    await page.context().clearCookies();
    await openConsole(page, demo);
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test('Tab leads through all that can be used, in the order of the page, seen, and out at its end', async () => {
    const found: string[] = [];
    for (const { name, path } of views) {
      await page.goto(`${demo.origin}${path}`);
      await viewIsThere(page);
      const keyboard = new Keyboard(page);
      const stops = await keyboard.stopsToTheEnd();
      const missed = await missedIn(page);
      const covered = [...stops, ...(await keyboard.stopsBack(stops.length))].filter(
        ({ isInSight }) => !isInSight,
      );
      const faults = [
        ...faultsOf(stops),
        ...missed,
        ...covered.map((stop) => `something lies over ${stop.name}`),
      ];
      found.push(...faults.map((fault) => `${name}: ${fault}`));
    }
    expect(found).toEqual([]);
  });
});

function faultsOf(stops: readonly Stop[]): readonly string[] {
  return stops.flatMap(({ name, isVisible, isInOrder }) => [
    ...(isVisible ? [] : [`the focus is not seen on ${name}`]),
    ...(isInOrder ? [] : [`${name} comes too late`]),
  ]);
}

/** What a mouse could use and Tab did not reach. Of radios and tabs one is a stop, and arrows lead to the others. */
function missedIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea'))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.matches(':disabled, [type="radio"], [role="tab"], [role="radio"]'))
      // Arrows do the one in the field itself; the other leads to steps that were not reached yet, and does nothing.
      .filter((element) => !element.matches('.mantine-NumberInput-control, .mantine-Stepper-step'))
      .filter((element) => !element.hasAttribute('data-stop') && element.closest('[inert]') === null)
      .map((element) => `Tab never reaches ${element.outerHTML.slice(0, 120)}`),
  );
}
