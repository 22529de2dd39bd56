import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, newPage } from './chromium.js';
import { furnishPeople, peopleViews, tryProviders } from './console-people-views.js';
import { consoleViews, furnishDemo, openConsole, viewIsThere, type ConsoleView } from './console-views.js';
import { goToConsent, startFreshDemo } from './demo.js';
import { EveryPage } from './every-page.js';

/** Every page at both widths, light and dark: to be looked at. `npm run screenshots -- FOLDER [console]` */
const [, , folder = 'docs/images', only] = process.argv;
const WIDTHS = [1280, 390] as const;
const SCHEMES = ['light', 'dark'] as const;

type Demo = Awaited<ReturnType<typeof startFreshDemo>>;

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function walk(page: Page, demo: Demo, suffix: string): Promise<void> {
  await page.goto(demo.thirdPartyApp.url);
  await shoot(page, `app-home-${suffix}`);
  await page.getByRole('link', { name: /^Connect/ }).click();
  await shoot(page, `sign-in-${suffix}`);
  await page.locator('input[name="username"]').fill('ana');
  await page.keyboard.press('Enter');
  await page.locator('input[name="password"]').fill('wrong on purpose');
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid="true"]').waitFor();
  await shoot(page, `password-${suffix}`);
  await page.context().clearCookies();
  await goToConsent(page, demo);
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running'),
  );
  await shoot(page, `consent-${suffix}`);
  await page.locator('button[value="allow"]').click();
  await page.locator('[data-page="projects"]').waitFor();
  await shoot(page, `app-projects-${suffix}`);
  await page.goto(`${demo.origin}/account`);
  await shoot(page, `account-${suffix}`);
  const query = `client_id=${demo.registration.clientId}&response_type=code`;
  await page.goto(`${demo.origin}/oauth2/authorize?${query}&redirect_uri=http://127.0.0.1:4000/callback/`);
  await shoot(page, `error-${suffix}`);
}

/** Also those that a healthy server never shows, in a folder of their own. */
async function shootEvery(page: Page, every: EveryPage, suffix: string): Promise<void> {
  for (const { name, path } of every.pages) {
    await page.goto(path('en'));
    await shoot(page, `every/${name}-${suffix}`);
  }
}

async function shootConsole(
  page: Page,
  demo: Demo,
  { views, suffix }: { readonly views: readonly ConsoleView[]; readonly suffix: string },
): Promise<void> {
  await page.context().clearCookies();
  await openConsole(page, demo);
  for (const { name, path } of views) {
    await page.goto(`${demo.origin}${path}`);
    await viewIsThere(page);
    // Pictures in it, too.
    await page.waitForLoadState('networkidle');
    await shoot(page, `console/${name}-${suffix}`);
  }
}

async function main(browser: Browser): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const [demo, every] = [await startFreshDemo(4000), await EveryPage.serve()];
  const people = await furnishPeople(demo);
  await tryProviders(demo, people);
  const views = [...consoleViews(await furnishDemo(demo)), ...peopleViews(people)];
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const page = await newPage(browser, { viewport: { width, height: 900 }, colorScheme });
      const suffix = `${width}-${colorScheme}`;
      if (only !== 'console') {
        await walk(page, demo, suffix);
        await shootEvery(page, every, suffix);
      }
      await shootConsole(page, demo, { views, suffix });
      await page.context().close();
    }
  }
  await demo.close();
  every.close();
}

const browser = await launchChromium();
await main(browser);
await browser.close();
